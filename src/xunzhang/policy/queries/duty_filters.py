"""Duties on desks narrowed by policy, rule, person and customer, and how punctual people were week by week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count as CountRows
from django.db.models import QuerySet
from django.db.models.functions import TruncWeek

from xunzhang.law.calendar import COMPANY_ZONE, company_time, midnight
from xunzhang.lib.pagination import Page
from xunzhang.organisation.models import Person
from xunzhang.policy.access import duties_seen
from xunzhang.policy.choices import Bucket, DutyState
from xunzhang.policy.models import DutyPerson, DutyRow
from xunzhang.policy.queries.counting import Count, count_of
from xunzhang.policy.queries.duties import Owing, _belonging, _in, _order


@dataclass(frozen=True, slots=True)
class DutyFilter:
    """What is asked of a list; empty and None ask nothing."""

    policy: str = ""
    rule: str = ""
    person: str = ""
    customers: tuple[str, ...] | None = None

    def within(self, rows: QuerySet[DutyRow]) -> QuerySet[DutyRow]:
        """Return the rows that the filter lets through."""
        if self.policy:
            rows = rows.filter(policy=self.policy)
        if self.rule:
            rows = rows.filter(rule=self.rule)
        if self.customers is not None:
            rows = rows.filter(customer__in=self.customers)
        if self.person:
            owed = DutyPerson.objects.filter(person=self.person).values("duty")
            rows = rows.filter(pk__in=owed)
        return rows


def narrowed_duties(
    viewer: Person,
    asked: DutyFilter,
    *,
    bucket: Bucket,
    at: datetime,
    of: Owing = None,
    size: int = 50,
    cursor: str | None = None,
) -> Page[DutyRow]:
    """Return a page of the duties that the filter lets through."""
    rows = asked.within(_in(bucket, _belonging(viewer, of), at))
    return _order(bucket).page(rows, size=size, cursor=cursor)


def narrowed_counts(
    viewer: Person, asked: DutyFilter, *, at: datetime, of: Owing = None
) -> dict[Bucket, Count]:
    """Return how many of them there are in each bucket."""
    rows = asked.within(_belonging(viewer, of))
    return {bucket: count_of(_in(bucket, rows, at)) for bucket in Bucket}


def due_by_tonight(viewer: Person, *, at: datetime) -> Count:
    """Return how many of the viewer's own duties are overdue or fall due today; one look into an index."""
    tomorrow = midnight(company_time(at).date() + timedelta(days=1))
    owed = DutyPerson.objects.filter(person=str(viewer.pk), live=True, due_at__lte=tomorrow)
    return count_of(owed.exclude(state=DutyState.WAITING))


def due_within(viewer: Person, *, days: int, at: datetime) -> Count:
    """Return how many of the viewer's own duties fall due after today and within so many days."""
    today = company_time(at).date()
    first, last = midnight(today + timedelta(days=1)), midnight(today + timedelta(days=days + 1))
    rows = _in(Bucket.COMING, _belonging(viewer, viewer), at)
    return count_of(rows.filter(due_at__gt=first, due_at__lte=last))


def overdue_of_others(viewer: Person, *, at: datetime) -> QuerySet[DutyRow]:
    """Return the overdue duties that the viewer may see and does not owe himself."""
    own = DutyPerson.objects.filter(person=str(viewer.pk), live=True).values("duty")
    return _in(Bucket.OVERDUE, duties_seen(viewer), at).exclude(pk__in=own).order_by("due_at", "pk")


@dataclass(frozen=True, slots=True)
class Week:
    """The duties done in one week, which begins on a Monday."""

    starts_on: date
    in_time: int
    late: int


def done_by_week(viewer: Person, *, at: datetime, weeks: int) -> list[Week]:
    """Return how many duties that the viewer may see were done in time and late, in each of the last weeks."""
    today = company_time(at).date()
    first = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    done = duties_seen(viewer).filter(
        closed_at__gte=midnight(first),
        closed_at__lte=at,
        state__in=(DutyState.DONE, DutyState.LATE),
    )
    counted = (
        done.order_by()
        .annotate(week=TruncWeek("closed_at", tzinfo=COMPANY_ZONE))
        .values_list("week", "state")
        .annotate(number=CountRows("pk"))
    )
    found = {(week.date(), state): number for week, state, number in counted}
    starts = [first + timedelta(days=7 * nth) for nth in range(weeks)]
    return [
        Week(one, found.get((one, DutyState.DONE), 0), found.get((one, DutyState.LATE), 0))
        for one in starts
    ]
