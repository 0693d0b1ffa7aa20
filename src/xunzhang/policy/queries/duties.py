"""Duties on desks: mine, my department's, all; due today, overdue, coming, done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from xunzhang.law.calendar import company_time
from xunzhang.lib.pagination import Ordering, Page
from xunzhang.organisation.models import Department, Person
from xunzhang.organisation.queries import directory
from xunzhang.policy import registry
from xunzhang.policy.access import duties_seen, duty_to_see
from xunzhang.policy.book import current_law
from xunzhang.policy.choices import Bucket
from xunzhang.policy.history.breaches import because_of
from xunzhang.policy.models import BreachRow, DutyPerson, DutyRow
from xunzhang.policy.queries.counting import Count, count_of
from xunzhang.policy.queries.why import Why, why_duty
from xunzhang.policy.refusing import citation

Owing = Person | tuple[Person, ...] | Department | None
"""Whose duties: a person's, those of several, of a department with those below, or all."""
BY_DUE = Ordering("due_at", nullable=True)
BY_CLOSING = Ordering("closed_at", descending=True)


@dataclass(frozen=True, slots=True)
class DutyItem:
    """A duty as a list shows it. `who` and `customer` are names beside ids; `late` while or when it was late."""

    row: DutyRow
    citation: dict[str, Any]
    who: list[tuple[str, str]]
    customer: tuple[str, str] | None

    @property
    def late(self) -> bool:
        """Whether it is overdue or was done late."""
        return self.row.state in ("overdue", "late")


def duties_of(
    viewer: Person,
    *,
    bucket: Bucket,
    at: datetime,
    of: Owing = None,
    size: int = 50,
    cursor: str | None = None,
) -> Page[DutyRow]:
    """Return a page of the duties that the viewer may see."""
    rows = _in(bucket, _belonging(viewer, of), at)
    return _order(bucket).page(rows, size=size, cursor=cursor)


def duty_counts(viewer: Person, *, at: datetime, of: Owing = None) -> Mapping[Bucket, Count]:
    """Return how many there are in each bucket."""
    rows = _belonging(viewer, of)
    return {bucket: count_of(_in(bucket, rows, at)) for bucket in Bucket}


def duty_items(rows: Iterable[DutyRow]) -> list[DutyItem]:
    """Return duties with the names and citations that a list shows."""
    listed = list(rows)
    law, staff = current_law(), directory().staff
    names = customer_names(row.customer for row in listed)
    return [
        DutyItem(
            row=row,
            citation=citation(law, because_of(because_values(row))),
            who=[(one, staff[one].name if one in staff else one) for one in row.who],
            customer=(row.customer, names.get(row.customer, "")) if row.customer else None,
        )
        for row in listed
    ]


def duty_page(viewer: Person, duty: int) -> tuple[DutyItem, Why, list[BreachRow]]:
    """Return one duty with its why and its breaches. Raises Refused where it may not be seen."""
    row = duty_to_see(viewer, duty)
    breaches = list(BreachRow.objects.filter(duty=row.pk).order_by("pk"))
    return duty_items([row])[0], why_duty(row), breaches


def duties_of_customer(viewer: Person, customer: int | str) -> list[DutyRow]:
    """Return the open duties about a customer that the viewer may see, the earliest due first."""
    rows = duties_seen(viewer).filter(customer=str(customer), live=True)
    return list(rows.order_by("due_at", "pk")[:200])


def customer_names(ids: Iterable[str | None]) -> dict[str, str]:
    """Return the names of customers by id."""
    wanted = {one for one in ids if one}
    facts = registry.customers().facts_many(wanted) if wanted else {}
    return {one: str(found.get("name", "")) for one, found in facts.items()}


def because_values(row: DutyRow) -> dict[str, Any]:
    """Return why a duty is there, as values of a because."""
    return {
        "policy": row.policy, "version": row.version, "article": row.article, "rule": row.rule,
        "facts": row.fixed["facts"],
    }  # fmt: skip


def _belonging(viewer: Person, of: Owing) -> QuerySet[DutyRow]:
    if of is None:
        return duties_seen(viewer)
    if isinstance(of, Person):
        rows = DutyRow.objects.filter(pk__in=_owed_by([str(of.pk)]))
    elif isinstance(of, tuple):
        rows = DutyRow.objects.filter(pk__in=_owed_by([str(one.pk) for one in of]))
    else:
        people = directory()
        inside = [
            one.id for one in people.staff.values() if of.name in people.above(one.department)
        ]
        rows = DutyRow.objects.filter(pk__in=_owed_by(inside))
    if of == viewer:
        return rows.exclude(state="waiting")
    return rows.filter(pk__in=duties_seen(viewer).values("pk"))


def _owed_by(persons: list[str]) -> QuerySet[DutyPerson, Any]:
    return DutyPerson.objects.filter(person__in=persons).values("duty")


def _in(bucket: Bucket, rows: QuerySet[DutyRow], at: datetime) -> QuerySet[DutyRow]:
    tomorrow = company_time(at).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(
        days=1
    )
    today = Q(due_at__lte=tomorrow)
    open_ = Q(live=True, state__in=("open", "suspended"))
    match bucket:
        case Bucket.OVERDUE:
            return rows.filter(live=True, state="overdue")
        case Bucket.TODAY:
            return rows.filter(open_ & today)
        case Bucket.COMING:
            return rows.filter(open_ & (~today | Q(due_at__isnull=True)))
        case Bucket.DONE:
            return rows.filter(live=False, state__in=("done", "late"))


def _order(bucket: Bucket) -> Ordering:
    return BY_CLOSING if bucket == Bucket.DONE else BY_DUE
