"""What followed from an event: the duties it opened and closed, the breaches and proposals of that moment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from xunzhang.organisation.models import Person
from xunzhang.policy.access import breaches_seen, duties_seen
from xunzhang.policy.models import BreachRow, DutyRow, Event, SanctionRow


@dataclass(slots=True)
class Followed:
    """Everything that came of one event, as far as the reader may see it."""

    opened: list[DutyRow] = field(default_factory=list)
    closed: list[DutyRow] = field(default_factory=list)
    breaches: list[BreachRow] = field(default_factory=list)
    sanctions: list[SanctionRow] = field(default_factory=list)


def followed(event: Event, viewer: Person) -> Followed:
    """Return what came of an event."""
    duties = duties_seen(viewer).filter(_same_subject([event]))
    breaches = list(_breaches([event], viewer).prefetch_related("sanctions"))
    return Followed(
        list(duties.filter(opened_seq=event.seq).order_by("pk")),
        list(duties.filter(closed_seq=event.seq).order_by("pk")),
        breaches,
        [one for breach in breaches for one in breach.sanctions.all()],
    )


def following(events: Iterable[Event], viewer: Person) -> Mapping[int, Mapping[str, int]]:
    """Return for each event how many duties it opened and closed, and how many breaches came with it."""
    rows = list(events)
    found: dict[int, Counter[str]] = defaultdict(Counter)
    if not rows:
        return found
    numbers = [row.seq for row in rows]
    duties = duties_seen(viewer).filter(_same_subject(rows))
    for name in ("opened_seq", "closed_seq"):
        told = duties.filter(**{f"{name}__in": numbers}).values_list(name, flat=True)
        for number in told:
            found[number][name.removesuffix("_seq")] += 1
    moments = {(row.at, row.customer, row.case): row.seq for row in rows}
    for breach in _breaches(rows, viewer):
        number = moments.get((breach.at, breach.customer, breach.case))
        if number is not None:
            found[number]["breaches"] += 1
    return found


def _same_subject(rows: list[Event]) -> Q:
    """Duties about what the events are about; by these columns they are found at once."""
    customers = {row.customer for row in rows if row.customer}
    cases = {row.case for row in rows if row.case}
    about = Q(customer__in=customers) | Q(case__in=cases)
    if any(not row.customer and not row.case for row in rows):
        about |= Q(customer__isnull=True, case__isnull=True)
    return about


def _breaches(rows: list[Event], viewer: Person) -> QuerySet[BreachRow]:
    own = [row for row in rows if row.type != "breach.raised"]
    about = Q(customer__in={row.customer for row in own if row.customer})
    about |= Q(case__in={row.case for row in own if row.case})
    return breaches_seen(viewer).filter(about, at__in={row.at for row in own}).order_by("pk")
