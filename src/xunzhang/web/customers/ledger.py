"""What the policy knows of a customer, in the reader's words: what it asks, what was done, what happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware

from xunzhang.customers.models import Customer
from xunzhang.law.text import say
from xunzhang.law.vocabulary import Kind
from xunzhang.organisation.models import Person
from xunzhang.policy.access import duties_seen
from xunzhang.policy.book import current_law
from xunzhang.policy.choices import DutyState
from xunzhang.policy.models import BreachRow, Event
from xunzhang.policy.queries.doing import asked_for
from xunzhang.policy.queries.ledger import timeline
from xunzhang.web.saying import Owed, Saying
from xunzhang.web.words import listed

MOST = 100


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as a page shows it; `said` are its values in words by the name of the key."""

    type: str
    title: str
    at: datetime
    by: str
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Broken:
    """A breach as a page shows it."""

    title: str
    who: str
    at: datetime
    because: Mapping[str, str]


def kinds_asked_for(at: datetime) -> Mapping[str, Kind]:
    """Return the customer events that a policy in force hears of and that people note by hand."""
    known = current_law().vocabulary.events
    return {
        name: known[name] for name in sorted(asked_for(at.date())) if name.startswith("customer.")
    }


def happened(
    row: Customer, viewer: Person, at: datetime
) -> tuple[list[Happened], list[Owed], list[Broken]]:
    """Return the latest events, duties and breaches of a customer, as far as the viewer may see them."""
    saying = Saying(at)
    found = timeline(viewer, customer=row.pk, size=MOST)
    contacts = {str(pk): name for pk, name in row.contacts.values_list("pk", "name")}
    return (
        [event(one.event, contacts, saying) for one in found if one.event is not None],
        saying.duties(one.duty for one in found if one.duty is not None),
        [broken(one.breach, saying) for one in found if one.breach is not None],
    )


def event(row: Event, contacts: Mapping[str, str], saying: Saying) -> Happened:
    """Return an event as a page shows it; a contact by name."""
    known = saying.keys_of(row.type)
    said = {
        name: saying.value(known.get(name), name, value)
        for name, value in row.keys.items()
        if value not in (None, "", [])
    }
    if "contact" in said:
        said["contact"] = contacts.get(str(row.keys["contact"]), said["contact"])
    return Happened(
        row.type, saying.happened(row.type, row.keys), row.at, saying.person(row.by), said
    )


def broken(row: BreachRow, saying: Saying) -> Broken:
    """Return a breach as a page shows it, named by its article's title."""
    edition = saying.edition(row.policy, row.version)
    article = edition.article(row.article) if edition is not None else None
    title = say(article.title, saying.lang) if article is not None and article.title else row.code
    return Broken(title, listed(saying.people(row.who)), row.at, saying.because(row))


def duties_of(row: Customer, viewer: Person, at: datetime) -> list[Owed]:
    """Return the duties about the customer that the viewer may see: the live ones by due time, then the others."""
    rows = duties_seen(viewer).filter(customer=str(row.pk)).order_by("-live", "-pk")[:MOST]
    far = at + timedelta(days=36_500)
    return sorted(
        Saying(at).duties(rows), key=lambda each: (not each.live, moment_of(each.due) or far)
    )


def closed_since(row: Customer, viewer: Person, at: datetime) -> Iterable[str]:
    """Return the titles of the duties that have been done since."""
    done = duties_seen(viewer).filter(
        customer=str(row.pk), closed_at__gte=at, state__in=(DutyState.DONE, DutyState.LATE)
    )
    return [each.title for each in Saying(at).duties(done.order_by("pk"))]


def moment_of(due: datetime | date | None) -> datetime | None:
    """Return a due time or day as the moment by which rows are ordered."""
    if due is None or isinstance(due, datetime):
        return due
    return make_aware(datetime.combine(due, time.max))
