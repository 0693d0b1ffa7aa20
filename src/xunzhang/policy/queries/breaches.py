"""Breaches with their evidence, and the sanctions proposed for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from xunzhang.lib.pagination import Ordering, Page
from xunzhang.organisation.models import Person
from xunzhang.policy.access import breach_to_see, breaches_seen, sanction_to_see, sanctions_seen
from xunzhang.policy.choices import SanctionState
from xunzhang.policy.history.breaches import law_breach, law_sanction
from xunzhang.policy.models import BreachRow, DutyRow, Event, SanctionPerson, SanctionRow
from xunzhang.policy.queries.counting import Count, count_of
from xunzhang.policy.queries.why import Why, why

LATEST = Ordering("at", descending=True)
NEWEST = Ordering("id", descending=True)
MOST_EVIDENCE = 50


@dataclass(frozen=True, slots=True)
class BreachPage:
    """A breach with its why, the duty that was missed, the events that show it, and what is proposed."""

    row: BreachRow
    why: Why
    duty: DutyRow | None
    evidence: list[Event]
    sanctions: list[SanctionRow]


def breaches_of(
    viewer: Person,
    *,
    person: int | None = None,
    code: str = "",
    customer: int | None = None,
    since: date | None = None,
    size: int = 50,
    cursor: str | None = None,
) -> Page[BreachRow]:
    """Return a page of the breaches that the viewer may see, the latest first."""
    rows = breaches_seen(viewer)
    if person is not None:
        rows = rows.filter(people__person=str(person))
    if code:
        rows = rows.filter(code=code)
    if customer is not None:
        rows = rows.filter(customer=str(customer))
    if since is not None:
        rows = rows.filter(on__gte=since)
    return LATEST.page(rows, size=size, cursor=cursor)


def breach_page(viewer: Person, breach: int) -> BreachPage:
    """Return one breach with all that shows it. Raises Refused where it may not be seen."""
    row = breach_to_see(viewer, breach)
    duty = DutyRow.objects.filter(pk=row.duty).first() if row.duty is not None else None
    return BreachPage(
        row, why(law_breach(row).because), duty, evidence(row, duty), list(row.sanctions.all())
    )


def evidence(row: BreachRow, duty: DutyRow | None) -> list[Event]:
    """Return the events that show a breach: what opened the duty, and what happened about the same thing until then."""
    wanted = Q()
    if duty is not None and duty.opened_seq:
        wanted |= Q(seq=duty.opened_seq)
    if duty is not None and duty.closed_seq:
        wanted |= Q(seq=duty.closed_seq)
    since = duty.opened_at if duty is not None else row.at
    if row.case is not None:
        wanted |= Q(case=row.case, at__gte=since, at__lte=row.at)
    elif row.customer is not None:
        wanted |= Q(customer=row.customer, at__gte=since, at__lte=row.at)
    if not wanted:
        return []
    return list(Event.objects.filter(wanted).order_by("seq")[:MOST_EVIDENCE])


def sanctions_of(
    viewer: Person,
    *,
    state: SanctionState | None = None,
    to_decide: bool = False,
    size: int = 50,
    cursor: str | None = None,
) -> Page[SanctionRow]:
    """Return a page of sanctions that the viewer may see; `to_decide`: only those that wait for the viewer."""
    rows = sanctions_seen(viewer).select_related("breach")
    if state is not None:
        rows = rows.filter(state=state)
    if to_decide:
        rows = rows.filter(state=SanctionState.PROPOSED, pk__in=_for_decision_by(viewer))
    return NEWEST.page(rows, size=size, cursor=cursor)


def sanctions_to_decide(viewer: Person) -> Count:
    """Return how many proposals wait for the viewer."""
    return count_of(
        SanctionRow.objects.filter(state=SanctionState.PROPOSED, pk__in=_for_decision_by(viewer))
    )


def sanction_page(viewer: Person, sanction: int) -> tuple[SanctionRow, Why, Why]:
    """Return one sanction with its why and that of its breach. Raises Refused where it may not be seen."""
    row = sanction_to_see(viewer, sanction)
    found = law_sanction(row)
    return row, why(found.because), why(found.breach_because)


def _for_decision_by(viewer: Person) -> QuerySet[SanctionPerson, Any]:
    return SanctionPerson.objects.filter(person=str(viewer.pk), decides=True).values("sanction")
