"""The company of these tests: a dealer with its complaint policy, its people and one customer."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Permission

from xunzhang.cases import actions
from xunzhang.cases.models import Case
from xunzhang.customers.models import Customer
from xunzhang.law.loader import pack_file
from xunzhang.organisation.models import Account, Department, Person, Role, RoleHolding
from xunzhang.policy.actions.adopting import adopt_edition

PEOPLE = (
    ("gao", "高远", "总经办", ("总经理",)),
    ("mei", "梅芳", "客户关系部", ("客户关系经理",)),
    ("gu", "顾晓", "客户关系部", ("客户关系顾问",)),
    ("zhu", "朱丹", "客户关系部", ("客户关系专员",)),
    ("wang", "王强", "销售部", ("业务部门经理",)),
    ("li", "李娜", "销售部", ()),
    ("fang", "方正", "售后服务部", ("业务部门经理",)),
    ("sun", "孙浩", "售后服务部", ()),
    ("qian", "钱伟", "财务部", ()),
)
HEADS = {"总经办": "gao", "客户关系部": "mei", "销售部": "wang", "售后服务部": "fang"}


@pytest.fixture
def noon() -> datetime:
    return datetime(2026, 4, 14, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def cast(db: None, noon: datetime) -> SimpleNamespace:
    """Everybody of the dealer, and 钱伟 of the finance department, who has nothing to do with complaints.

    Customer relations may see every customer.
    """
    before = noon.replace(month=1)
    top = Department.objects.create(name="总经办")
    rooms = {"总经办": top}
    people = {}
    for code, name, room, roles in PEOPLE:
        if room not in rooms:
            rooms[room] = Department.objects.create(name=room, parent=top)
        account = Account.objects.create(username=code)
        person = Person.objects.create(
            code=code, name=name, department=rooms[room], account=account
        )
        for role in roles:
            held = Role.objects.get_or_create(name=role)[0]
            RoleHolding.objects.create(person=person, role=held, since=before)
        people[code] = person
    for room, head in HEADS.items():
        Department.objects.filter(name=room).update(head=people[head])
    everybody = Permission.objects.get(content_type__app_label="customers", codename="see_all")
    for code in ("mei", "gu", "zhu"):
        Account.objects.get(username=code).user_permissions.add(everybody)
    return SimpleNamespace(**people)


@pytest.fixture
def customer(cast: SimpleNamespace, noon: datetime) -> Customer:
    """陈立 bought a car from 李娜."""
    return Customer.objects.create(
        kind="person",
        name="陈立",
        code="C0000001",
        owner=cast.li,
        owner_since=noon,
        filed_at=noon,
        created_at=noon,
    )


@pytest.fixture
def company(cast: SimpleNamespace, noon: datetime) -> None:
    """The complaint policy is in force."""
    file = pack_file("dealer-complaints")
    assert file is not None
    before = noon.replace(month=1, day=5)
    adopt_edition(
        source=file.read_text("utf-8"),
        file=file.name,
        by=cast.gao.pk,
        at=before,
    )


@pytest.fixture
def record_of() -> Callable[..., dict[str, Any]]:
    """What an adviser writes down of a complaint."""

    def make(noon: datetime, **more: Any) -> dict[str, Any]:
        return {
            "happened_at": noon,
            "category": "维修质量",
            "content": "更换零件后仍有异响",
            "complainant": "陈立",
            "plate": "陕C12345",
            **more,
        }

    return make


@pytest.fixture
def complaint(
    company: None,
    cast: SimpleNamespace,
    customer: Customer,
    noon: datetime,
    record_of: Callable[..., dict[str, Any]],
) -> Case:
    """顾晓 has taken in an ordinary complaint of 陈立's."""
    return actions.take_in(
        form="complaint-record",
        values=record_of(noon),
        customer=customer.pk,
        by=cast.gu.pk,
        at=noon,
    )
