"""Which column means what: guessed from the heading, or remembered from the last time."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from xunzhang.customers.models import ColumnMapping
from xunzhang.lib.text import tidy

SYNONYMS: dict[str, tuple[str, ...]] = {
    "name": (
        "客户名称",
        "客户",
        "名称",
        "公司名称",
        "企业名称",
        "单位名称",
        "客户姓名",
        "name",
        "customer",
        "company",
    ),
    "kind": ("客户类型", "类型", "性质", "客户性质", "kind", "type"),
    "code": ("客户编号", "编号", "客户编码", "客户代码", "code", "customer number", "number"),
    "uscc": ("统一社会信用代码", "社会信用代码", "信用代码", "税号", "uscc", "credit code"),
    "phone": ("电话", "联系电话", "公司电话", "电话号码", "座机", "phone", "telephone"),
    "region": ("地区", "区域", "所在地区", "省市", "城市", "region", "city", "area"),
    "industry": ("行业", "所属行业", "industry"),
    "address": ("地址", "详细地址", "公司地址", "通讯地址", "address"),
    "grade": ("等级", "级别", "客户等级", "客户级别", "分级", "grade", "class"),
    "status": ("状态", "客户状态", "status"),
    "source": ("来源", "客户来源", "source"),
    "birthday": ("生日", "出生日期", "birthday"),
    "note": ("备注", "说明", "note", "notes", "remark", "remarks"),
    "owner": (
        "负责人",
        "客户经理",
        "业务员",
        "销售",
        "销售员",
        "归属人",
        "跟进人",
        "owner",
        "sales",
    ),
    "created_at": (
        "创建时间",
        "创建日期",
        "录入时间",
        "建档日期",
        "建档时间",
        "created",
        "created at",
        "created on",
    ),
    "created_by": ("创建人", "录入人", "建档人", "created by", "author"),
    "filed_at": ("备案时间", "备案日期", "filed", "filed at"),
    "contact.name": ("联系人", "联系人姓名", "contact", "contact name"),
    "contact.title": ("职务", "联系人职务", "职位", "title", "contact title"),
    "contact.department": ("部门", "联系人部门", "contact department"),
    "contact.mobile": (
        "手机",
        "手机号",
        "手机号码",
        "联系人电话",
        "联系人手机",
        "mobile",
        "contact phone",
        "contact mobile",
    ),
    "contact.email": ("邮箱", "电子邮箱", "联系人邮箱", "email", "e-mail"),
    "contact.wechat": ("微信", "微信号", "wechat"),
}
KNOWN_HEADINGS = tuple(
    spelling
    for headings in SYNONYMS.values()
    for heading in headings
    for spelling in dict.fromkeys((heading, heading.capitalize(), heading.title()))
)
FIELD_OF = {heading: field for field, headings in SYNONYMS.items() for heading in headings}


def signature(headings: Sequence[str]) -> str:
    """Return what equal headings share, whatever their spacing and case."""
    return hashlib.sha256("\x1f".join(map(normal, headings)).encode()).hexdigest()


def normal(heading: str) -> str:
    """Return a heading without spacing, case and the mark of a required column."""
    return tidy(heading).casefold().strip("*: ")


def mapping_for(headings: Sequence[str]) -> dict[str, str]:
    """Return column index (as text) → field: as it was the last time, else by what the headings say."""
    remembered = ColumnMapping.objects.filter(signature=signature(headings)).first()
    return dict(remembered.mapping) if remembered else guessed(headings)


def guessed(headings: Sequence[str]) -> dict[str, str]:
    """Return the columns whose heading is known; the first of two with one meaning is taken."""
    found: dict[str, str] = {}
    for column, heading in enumerate(headings):
        field = FIELD_OF.get(normal(heading))
        if field and field not in found.values():
            found[str(column)] = field
    return found


def remember(headings: Sequence[str], mapping: Mapping[str, str], *, at: datetime) -> None:
    """These headings mean this from now on."""
    ColumnMapping.objects.update_or_create(
        signature=signature(headings), defaults={"mapping": dict(mapping), "used_at": at}
    )
