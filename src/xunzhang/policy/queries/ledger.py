"""Questions about the ledger: its pages, the line of a customer or case, and whether its chain is whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from xunzhang.law.calendar import midnight
from xunzhang.lib.pagination import Ordering, Page
from xunzhang.organisation.models import Person
from xunzhang.policy.access import breaches_seen, duties_seen, events_seen
from xunzhang.policy.codec import encode
from xunzhang.policy.history.events import seal
from xunzhang.policy.models import BreachRow, DutyRow, Event, LedgerHead

LATEST = Ordering("seq", descending=True)
ENGINES_OWN = ("breach.raised", "duty.claimed", "duty.handed_over", "duty.excused")


def ledger(
    viewer: Person,
    *,
    type: str = "",
    by: int | None = None,
    customer: int | None = None,
    case: str = "",
    first: date | None = None,
    last: date | None = None,
    size: int = 50,
    cursor: str | None = None,
) -> Page[Event]:
    """Return a page of events that the viewer may see, the latest first; days are the company's, `last` included."""
    rows = events_seen(viewer)
    wanted = {
        "type": type or None,
        "by": str(by) if by is not None else None,
        "customer": str(customer) if customer is not None else None,
        "case": case or None,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    if first is not None:
        rows = rows.filter(at__gte=midnight(first))
    if last is not None:
        rows = rows.filter(at__lt=midnight(date.fromordinal(last.toordinal() + 1)))
    return LATEST.page(rows, size=size, cursor=cursor)


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a timeline: exactly one of `event`, `duty` (as it opened) and `breach` is there."""

    at: datetime
    kind: Literal["event", "duty", "breach"]
    event: Event | None = None
    duty: DutyRow | None = None
    breach: BreachRow | None = None


def timeline(
    viewer: Person,
    *,
    customer: int | None = None,
    case: str = "",
    before: datetime | None = None,
    size: int = 50,
) -> list[Moment]:
    """Return what happened about a customer or a case before a moment, the latest first, as one line.

    Whoever may see the subject sees its events; duties and breaches only so far as they are his to see.
    """
    about = {"case": case} if case else {"customer": str(customer)}
    earlier = {} if before is None else {"at__lt": before}
    opened = {} if before is None else {"opened_at__lt": before}
    events = Event.objects.filter(**about, **earlier).exclude(type__in=ENGINES_OWN).order_by("-seq")
    duties = duties_seen(viewer).filter(**about, **opened).order_by("-opened_at", "-pk")
    breaches = breaches_seen(viewer).filter(**about, **earlier).order_by("-at", "-pk")
    lines: list[Iterable[Moment]] = [
        [Moment(row.at, "event", event=row) for row in events[:size]],
        [Moment(row.opened_at, "duty", duty=row) for row in duties[:size]],
        [Moment(row.at, "breach", breach=row) for row in breaches[:size]],
    ]
    found = sorted((one for line in lines for one in line), key=lambda one: one.at, reverse=True)
    return found[:size]


def verify_chain() -> int | None:
    """Return the number of the first event at which the chain is broken; None when it is whole."""
    previous, expected = "", 1
    for row in Event.objects.order_by("seq").iterator(chunk_size=2_000):
        sealed = seal(previous, row.seq, row.type, row.at, encode(row.keys))
        if row.seq != expected or row.previous != previous or row.digest != sealed:
            return expected
        previous, expected = row.digest, row.seq + 1
    head = LedgerHead.objects.first()
    if head is not None and (head.seq, head.digest) != (expected - 1, previous):
        return expected
    return None
