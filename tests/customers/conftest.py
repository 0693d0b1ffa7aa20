"""The constant cast of these tests, and a policy that allows everything and remembers what it was told."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Permission

from xunzhang.customers.actions import create_customer
from xunzhang.customers.models import Customer
from xunzhang.organisation.models import Account, Department, Person


@dataclass
class Told:
    """What the policy was asked and told, in order."""

    asked: list[str] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)

    def types(self) -> list[str]:
        """Return the types of the events."""
        return [event["type"] for event in self.events]


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """The policy allows everything and remembers."""
    told = Told()

    def require(*, action: str, by: int | None, at: datetime, keys: Mapping[str, Any]) -> None:
        told.asked.append(action)

    def record(*, type: str, by: int | None, at: datetime, keys: Mapping[str, Any]) -> None:
        told.events.append({"type": type, "by": by, "at": at, "keys": dict(keys)})

    def record_many(events: Iterable[dict[str, Any]]) -> None:
        told.events.extend(events)

    monkeypatch.setattr("xunzhang.policy.actions.require", require)
    monkeypatch.setattr("xunzhang.policy.actions.record", record)
    monkeypatch.setattr("xunzhang.policy.actions.record_many", record_many)
    return told


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    """Li owns, Wang works beside Li, Zhao heads both, Chen sits elsewhere, Qian sees everything."""
    company = Department.objects.create(name="公司")
    sales = Department.objects.create(name="销售部", parent=company)
    shop = Department.objects.create(name="一店", parent=sales)
    other = Department.objects.create(name="财务部", parent=company)

    def person(code: str, name: str, department: Department) -> Person:
        account = Account.objects.create(username=code)
        return Person.objects.create(code=code, name=name, department=department, account=account)

    people = SimpleNamespace(
        owner=person("li", "李娜", shop),
        teammate=person("wang", "王强", shop),
        manager=person("zhao", "赵敏", sales),
        stranger=person("chen", "陈静", other),
        overseer=person("qian", "钱伟", other),
    )
    Department.objects.filter(pk=sales.pk).update(head=people.manager)
    rights = Permission.objects.filter(
        content_type__app_label="customers", codename__in=["see_all", "reveal", "assign"]
    )
    assert people.overseer.account is not None
    people.overseer.account.user_permissions.set(rights)
    return people


@pytest.fixture
def customer_named(cast: SimpleNamespace, noon: datetime) -> Callable[..., Customer]:
    """Make a customer of Li's, unless told otherwise."""

    def make(name: str, *, owner: Person | None = cast.owner, **values: Any) -> Customer:
        return create_customer(
            values={"name": name, **values},
            owner=owner.pk if owner else None,
            by=cast.owner.pk,
            at=noon,
        )

    return make
