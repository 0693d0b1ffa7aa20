"""A small company: 总经办 above 销售部 and 客服部, five people, and what its listeners heard."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from xunzhang.organisation import actions, registry
from xunzhang.organisation.models import Department, Person


@dataclass
class Company:
    office: Department
    sales: Department
    boss: Person
    wang: Person
    li: Person
    zhou: Person


@pytest.fixture
def company(db, noon: datetime) -> Company:
    office = actions.add_department(name="总经办", by=None, at=noon)
    sales = actions.add_department(name="销售部", parent=office.pk, by=None, at=noon)
    boss = join("001", "陈总", office, noon, roles=["总经理"])
    wang = join("002", "王强", sales, noon, roles=["销售经理"])
    li = join("003", "李娜", sales, noon, roles=["销售顾问"])
    zhou = join("004", "周敏", office, noon, roles=["档案管理员"])
    head(office, boss, noon)
    head(sales, wang, noon, parent=office)
    return Company(office, sales, boss, wang, li, zhou)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    monkeypatch.setattr(registry, "_listeners", [])
    registry.on_change(lambda **event: events.append(event))
    return events


def join(code: str, name: str, department: Department, at: datetime, *, roles: list[str]) -> Person:
    return actions.add_person(
        code=code, name=name, department=department.pk, roles=roles, by=None, at=at
    )


def head(
    department: Department, person: Person, at: datetime, *, parent: Department | None = None
) -> None:
    actions.change_department(
        department=department.pk,
        revision=0,
        head=person.pk,
        parent=parent.pk if parent else None,
        region="",
        by=None,
        at=at,
    )
