"""One line of everything: events, duties, breaches and changes of a customer, the newest first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from xunzhang.customers.models import Customer
from xunzhang.customers.queries.history import changes_of
from xunzhang.organisation.models import Person
from xunzhang.web.customers.history import Changed, say_changes
from xunzhang.web.customers.ledger import Broken, Happened, happened
from xunzhang.web.saying import Owed

MOST = 100
# What the changes below tell better than the event does
TOLD_BY_CHANGES = ("customer.changed", "customer.assigned", "customer.released", "customer.claimed")
# And the changes that an event tells better
TOLD_BY_EVENTS = ("filed_at", "archived_at", "merged_into_id")
BESIDE = ("channel", "contact", "purpose", "grade")
QUOTED = ("summary", "content", "note", "reason", "why", "cause", "measure", "subject", "answer")
TONES = {
    "customer.created": "green",
    "customer.filed": "green",
    "customer.visited": "blue",
    "customer.contacted": "blue",
    "customer.lost": "amber",
    "customer.blacklisted": "red",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """What the part `timeline` shows."""

    at: datetime
    title: str
    tone: str = ""
    facts: tuple[str, ...] = ()
    quote: str = ""
    because: Any = None
    href: str = ""


def timeline_of(row: Customer, viewer: Person, at: datetime) -> list[Moment]:
    """Return what happened at the customer, the latest MOST of it."""
    changes = say_changes(changes_of(row).exclude(key__in=TOLD_BY_EVENTS)[:MOST])
    changed = by_moment(changes)
    events, duties, breaches = happened(row, viewer, at)
    found = [
        *from_events(events, changed),
        *from_changes(changed),
        *from_duties(duties),
        *from_breaches(breaches),
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)[:MOST]


def by_moment(changes: Iterable[Changed]) -> dict[datetime, list[Changed]]:
    """Return the changes that one act made, together."""
    found: dict[datetime, list[Changed]] = defaultdict(list)
    for each in changes:
        found[each.at].append(each)
    return found


def from_events(
    events: Iterable[Happened], changed: dict[datetime, list[Changed]]
) -> Iterator[Moment]:
    """Yield the events; one that only says that something changed is told by the change."""
    for each in events:
        if each.type in TOLD_BY_CHANGES and each.at in changed:
            continue
        yield Moment(
            each.at,
            each.title,
            TONES.get(each.type, ""),
            tuple(filter(None, [each.by, *beside(each)])),
            quote_of(each),
        )


def beside(event: Happened) -> list[str]:
    """Return the short words that belong to an event: by which way, with whom."""
    return [event.said[name] for name in BESIDE if event.said.get(name)]


def quote_of(event: Happened) -> str:
    """Return the words that somebody wrote."""
    said = [event.said[name] for name in QUOTED if event.said.get(name)]
    return "\n".join(said)


def from_changes(changed: dict[datetime, list[Changed]]) -> Iterator[Moment]:
    """Yield each act that changed something, with what was and what is."""
    for moment, rows in changed.items():
        who = str(rows[0].by or _("by the policy"))
        told = "; ".join(f"{each.name}: {each.old} → {each.new}" for each in rows)
        if len(rows) == 1:
            yield Moment(moment, told, "", tuple(filter(None, [who, rows[0].why])))
            continue
        title = _("%(count)d things changed") % {"count": len(rows)}
        yield Moment(moment, title, "", tuple(filter(None, [who, rows[0].why])), told)


def from_duties(duties: Iterable[Owed]) -> Iterator[Moment]:
    """Yield the opening of each duty, and how it ended."""
    for each in duties:
        yield Moment(
            each.opened_at,
            _("The policy asks: %(duty)s") % {"duty": each.title},
            "red",
            each.people,
            because=each.because,
            href=each.href,
        )
        if each.closed_at is not None:
            yield Moment(
                each.closed_at + timedelta(microseconds=1),
                f"{each.title}: {each.state}",
                each.tone,
                each.people,
                because=each.because,
                href=each.href,
            )


def from_breaches(breaches: Iterable[Broken]) -> Iterator[Moment]:
    """Yield the breaches."""
    for each in breaches:
        title = _("Breach: %(what)s") % {"what": each.title}
        yield Moment(each.at, title, "red", tuple(filter(None, [each.who])), because=each.because)
