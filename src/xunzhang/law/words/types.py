"""The types of keys and fields in words."""

from __future__ import annotations

from collections.abc import Mapping

TYPES: Mapping[str, tuple[str, str]] = {
    "text": ("文字", "text"),
    "long": ("长文字", "long text"),
    "boolean": ("是否", "yes or no"),
    "integer": ("整数", "whole number"),
    "decimal": ("小数", "number"),
    "money": ("金额", "amount"),
    "date": ("日期", "date"),
    "time": ("时刻", "time of day"),
    "datetime": ("日期和时间", "date and time"),
    "choice": ("单选", "one choice"),
    "choices": ("多选", "several choices"),
    "staff": ("人员", "person"),
    "staffs": ("多名人员", "several people"),
    "customer": ("客户", "customer"),
    "department": ("部门", "department"),
    "file": ("附件", "file"),
    "signature": ("签名", "signature"),
    "phone": ("电话", "telephone"),
    "table": ("表格", "table"),
}


def say_type(type_: str, lang: str = "zh") -> str:
    """A type in words."""
    return TYPES[type_][1 if lang == "en" else 0]
