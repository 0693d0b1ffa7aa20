"""Duties: mine, my department's, all; by when they are due; and a single one with its why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xunzhang.organisation.models import Person
from xunzhang.organisation.queries import acts_for, directory
from xunzhang.policy.access import duty_to_see, is_above, may, people_seen
from xunzhang.policy.choices import Bucket, DutyState
from xunzhang.policy.models import BreachRow, DutyRow, Event
from xunzhang.policy.queries.counting import Count
from xunzhang.policy.queries.duties import Owing, duty_page
from xunzhang.policy.queries.duty_filters import DutyFilter, narrowed_counts, narrowed_duties
from xunzhang.policy.queries.duty_lives import acts_on
from xunzhang.web.htmx import page
from xunzhang.web.ledger.asked import narrowed, people_of, policies_of
from xunzhang.web.ledger.shown import broken, happened
from xunzhang.web.paging import CURSOR, pager_of
from xunzhang.web.request import Request
from xunzhang.web.saying import DUTY_TONES, Saying
from xunzhang.web.views import reads
from xunzhang.web.why import days_of, why_of
from xunzhang.web.words import listed
from xunzhang.web.work.reaching import seen, somebody
from xunzhang.web.work.ways import ways_of

_PAGE = 30
MINE, STANDING, DEPARTMENT, ALL = "mine", "standing-in", "department", "all"
OPENING = (Bucket.OVERDUE, Bucket.TODAY, Bucket.COMING)


@dataclass(frozen=True, slots=True)
class Tab:
    """A choice above the list, with how many there are behind it."""

    name: str
    title: Any
    count: str
    current: bool
    href: str


@reads()
def duties(request: Request) -> HttpResponse:
    """List duties by whose they are and when they are due, narrowed by policy, rule, person and customer."""
    person, saying = somebody(request), Saying(request.at)
    asked = narrowed(request.GET, person)
    asked.form.offer("person", people_of(saying, people_seen(person)))
    asked.form.offer("policy", policies_of(saying))
    absent = tuple(acts_for(person.pk, request.at))
    whose = _whose(request.GET.get("whose", ""), person, absent)
    of, wanted = _of(whose, person, absent), DutyFilter(
        asked.policy, asked.rule, asked.person, None if asked.customers is None else tuple(asked.customers)
    )  # fmt: skip
    counts = narrowed_counts(person, wanted, at=request.at, of=of)
    bucket = _bucket(request.GET.get("due", ""), counts)
    shown = narrowed_duties(
        person,
        wanted,
        bucket=bucket,
        at=request.at,
        of=of,
        size=_PAGE,
        cursor=request.GET.get(CURSOR, ""),
    )
    context = {
        "duties": saying.duties(shown.rows),
        "pager": pager_of(
            request, shown, total=counts[bucket].number + counts[bucket].more, most=1000
        ),
        "buckets": [
            Tab(
                one.value,
                one.label,
                say_count(counts[one]),
                one == bucket,
                _address(request, due=one.value),
            )
            for one in Bucket
        ],
        "scopes": [
            Tab(name, title, "", name == whose, _address(request, whose=name))
            for name, title in _scopes(person, absent)
        ],
        "whose": whose,
        "due": bucket.value,
        "form": asked.form,
        "filtered": asked.used,
    }
    return page(request, "work/duties.html", context, part="rows")


@reads()
def duty(request: Request, number: int) -> HttpResponse:
    """Show a duty: what to do, until when, why, and what became of it; for htmx the drawer's inside."""
    row, person, saying = seen(request, duty_to_see, number), somebody(request), Saying(request.at)
    _item, why, breaches = duty_page(person, number)
    shown = saying.duty(row)
    owes = row.live and str(person.pk) in row.who
    context = {
        "duty": shown,
        "row": row,
        "owes": owes,
        "ways": ways_of(row, saying) if row.live else [],
        "why": why_of(row, row.fixed["facts"], saying, uid=row.uid),
        "days": (days := days_of(why.days, saying)),
        "counted": sum(1 for one in days if one.counted),
        "opened_by": happened([why.opened_by], saying)[0] if why.opened_by is not None else None,
        "history": history(row, breaches, saying),
        "breaches": broken(breaches, saying),
        "may_claim": owes and shown.shared and row.claimed_by is None,
        "may_hand_over": owes or (row.live and above(person, row)),
        "may_excuse": row.live and above(person, row),
    }
    return page(request, "work/duty.html", context, part="inside")


def say_count(count: Count) -> str:
    """Return a number, or 1000+ where there are more than were counted."""
    return f"{count.number}+" if count.more else str(count.number)


def above(person: Person, row: DutyRow) -> bool:
    """Whether the person may excuse those who owe the duty."""
    people = directory()
    return may(person, "policy.excuse") or any(
        is_above(str(person.pk), one, people) for one in row.who
    )


@dataclass(frozen=True, slots=True)
class Moment:
    """Something in the life of a duty, as the part `timeline` shows it."""

    at: Any
    title: str
    tone: str = ""
    facts: tuple[str, ...] = ()
    quote: str = ""
    because: Mapping[str, str] | None = None
    href: str = ""


def history(row: DutyRow, breaches: list[BreachRow], saying: Saying) -> list[Moment]:
    """Return the life of a duty, the newest first."""
    found = [
        Moment(
            row.opened_at,
            _("Duty opened"),
            "blue",
            (listed(saying.people(row.fixed["first_who"] or row.who)),),
        )
    ]
    found += [_act(event, saying) for event in acts_on(row)]
    found += [
        Moment(one.at, _("Breach"), "red", saying.people(one.who), href=shown.href)
        for one, shown in zip(breaches, broken(breaches, saying), strict=True)
    ]
    if row.suspended_at is not None and row.live:
        found.append(Moment(row.suspended_at, _("Suspended; the time stands still"), "amber"))
    if row.closed_at is not None and not row.excuse:
        found.append(Moment(row.closed_at, str(DutyState(row.state).label), DUTY_TONES[row.state]))
    return sorted(found, key=lambda one: one.at, reverse=True)


def _act(event: Event, saying: Saying) -> Moment:
    facts = [saying.person(event.by)]
    if event.keys.get("to"):
        facts.append(f"→ {saying.person(str(event.keys['to']))}")
    return Moment(
        event.at, saying.event(event.type), "", tuple(facts), str(event.keys.get("reason") or "")
    )


_TITLES = {
    MINE: gettext_lazy("Mine"),
    STANDING: gettext_lazy("Of those I stand in for"),
    DEPARTMENT: gettext_lazy("My department's"),
    ALL: gettext_lazy("All that I may see"),
}


def _scopes(person: Person, absent: tuple[Person, ...]) -> list[tuple[str, Any]]:
    names = [MINE, STANDING] if absent else [MINE]
    if person.department is not None:
        names.append(DEPARTMENT)
    seen_people = people_seen(person)
    if seen_people is None or len(seen_people) > 1:
        names.append(ALL)
    return [(name, _TITLES[name]) for name in names]


def _whose(written: str, person: Person, absent: tuple[Person, ...]) -> str:
    return written if written in dict(_scopes(person, absent)) else MINE


def _address(request: Request, **changed: str) -> str:
    """The address of this list with another choice, from its first page."""
    query = request.GET.copy()
    query.pop(CURSOR, None)
    for name, value in changed.items():
        query[name] = value
    return f"?{query.urlencode()}"


def _of(whose: str, person: Person, absent: tuple[Person, ...]) -> Owing:
    owing: dict[str, Owing] = {MINE: person, STANDING: absent, DEPARTMENT: person.department}
    return owing.get(whose)


def _bucket(written: str, counts: Mapping[Bucket, Count]) -> Bucket:
    """The bucket that was asked for, else the first that holds something."""
    if written in Bucket.values:
        return Bucket(written)
    return next((one for one in OPENING if counts[one].number), Bucket.TODAY)
