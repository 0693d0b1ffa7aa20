"""My desk: what is due, from whom, by which article; the first page after sign-in."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xunzhang.cases.queries.listing import CaseFilter
from xunzhang.cases.queries.listing import listing as cases_listed
from xunzhang.organisation.models import Person
from xunzhang.organisation.queries import acts_for
from xunzhang.policy.access import may, people_seen
from xunzhang.policy.choices import Bucket
from xunzhang.policy.models import ApprovalRequest, DutyRow
from xunzhang.policy.queries.approvals import inbox
from xunzhang.policy.queries.counting import count_of
from xunzhang.policy.queries.deciding import sanctions_waiting_for
from xunzhang.policy.queries.duties import duties_of, duty_counts
from xunzhang.policy.queries.duty_filters import done_by_week, due_within, overdue_of_others
from xunzhang.web import theme
from xunzhang.web.ledger.shown import proposed
from xunzhang.web.request import Request
from xunzhang.web.saying import Owed, Saying
from xunzhang.web.views import reads
from xunzhang.web.work.chart import WEEKS, columns
from xunzhang.web.work.duties import say_count
from xunzhang.web.work.greeting import greet
from xunzhang.web.work.officer import gaps
from xunzhang.web.work.requested import Staged, all_asked, staged
from xunzhang.web.work.ways import ways_of

_FEW, _SOME, _WEEK = 5, 10, 7


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure on top of the desk."""

    name: str
    figure: str
    change: str
    tone: str
    href: str


@dataclass(slots=True)
class Asking:
    """A customer for whom the policy asks something of this person."""

    name: str
    href: str
    titles: list[str] = field(default_factory=list)
    due: datetime | date | None = None
    because: Any = None


@reads()
def desk(request: Request) -> HttpResponse:
    """Show what is due, what waits, and for those who lead or look after the policies what is theirs beside it."""
    person = request.person
    if person is None:
        return render(request, "work/nobody.html", {"greeting": greet("", request.at)})
    saying = Saying(request.at)
    leads = len(people_seen(person) or ()) != 1
    due = _due(person, saying, request.at)
    inbox_rows, stages = inbox(person, size=_FEW).rows, staged(person, saying)
    weeks = columns(done_by_week(person, at=request.at, weeks=WEEKS))
    deciding = sanctions_waiting_for(person)
    context = {
        "greeting": greet(person.name, request.at),
        "stands_for": [one.name for one in acts_for(person.pk, request.at)],
        "tiles": _tiles(person, stages, leads=leads, at=request.at),
        "due": due[:_SOME],
        "more": len(due) > _SOME,
        "approvals": all_asked(inbox_rows, saying),
        "staged": stages[:_FEW],
        "cases": cases_listed(person, CaseFilter(mine=True, closed=False), size=_FEW)[0].rows,
        "customers": customers_of(due),
        "weeks": weeks,
        "any_done": any(one.in_time or one.late for one in weeks),
        "theme": theme.of(request),
        "leads": leads,
        "late_people": saying.duties(overdue_of_others(person, at=request.at)[:_FEW])
        if leads
        else [],
        "to_decide": proposed(deciding.order_by("pk")[:_FEW], saying),
        "gaps": gaps(saying, request.at) if may(person, "policy.adopt") else [],
        "officer": may(person, "policy.adopt"),
    }
    return render(request, "work/desk.html", context)


def _due(person: Person, saying: Saying, at: datetime) -> list[Owed]:
    """What the person owes, what is overdue first."""
    rows: list[DutyRow] = []
    for bucket in (Bucket.OVERDUE, Bucket.TODAY, Bucket.COMING):
        if len(rows) <= _SOME:
            rows += duties_of(person, bucket=bucket, at=at, of=person, size=_SOME + 1).rows
    shown = saying.duties(rows)
    return [replace(one, ways=ways_of(row, saying)) for one, row in zip(shown, rows, strict=True)]


def _tiles(person: Person, stages: list[Staged], *, leads: bool, at: datetime) -> list[Tile]:
    counts = duty_counts(person, at=at, of=person)
    mine, listed = reverse("work:duties"), reverse("ledger:sanctions")
    late, waiting = counts[Bucket.OVERDUE], inbox(person, size=_FEW)
    week = due_within(person, days=_WEEK, at=at)
    today, oldest = counts[Bucket.TODAY], _say_oldest(waiting.rows, stages, at)
    lateness = _("do these first") if late.number else _("nothing is late")
    asked = f"{len(waiting.rows) + len(stages)}{'+' if waiting.next else ''}"
    tone = "red" if late.number else "green"
    found = [
        Tile(_("Due today"), say_count(today), _nothing_or(today.number), "", f"{mine}?due=today"),
        Tile(_("Overdue"), say_count(late), lateness, tone, f"{mine}?due=overdue"),
        Tile(_("Within a week"), say_count(week), _("after today"), "", f"{mine}?due=coming"),
        Tile(_("Approvals waiting"), asked, oldest, "", reverse("work:approvals")),
    ]
    if leads:
        others = count_of(overdue_of_others(person, at=at))
        found.append(Tile(_("My people's overdue"), say_count(others), _("theirs, not yours"),
                          "red" if others.number else "", f"{mine}?whose=all&due=overdue"))  # fmt: skip
    deciding = count_of(sanctions_waiting_for(person))
    if leads or deciding.number:
        found.append(
            Tile(
                _("Sanctions to decide"),
                say_count(deciding),
                _("nothing is deducted by itself"),
                "",
                listed,
            )
        )
    return found


def _nothing_or(count: int) -> str:
    return _("by the end of the day") if count else _("nothing more today")


def _say_oldest(rows: Iterable[ApprovalRequest], stages: Iterable[Staged], at: datetime) -> str:
    since = [*(row.created_at for row in rows), *(one.since for one in stages if one.since)]
    if not since:
        return _("nobody waits for you")
    days = (at - min(since)).days
    if not days:
        return _("the oldest since today")
    return ngettext("the oldest for %(days)d day", "the oldest for %(days)d days", days) % {
        "days": days
    }


def customers_of(due: Iterable[Owed]) -> list[Asking]:
    """Return the customers that the duties are about, the one with the nearest due time first."""
    found: dict[str, Asking] = {}
    for one in due:
        if not one.about_href:
            continue
        entry = found.setdefault(
            one.about_href, Asking(one.about, one.about_href, [], one.due, one.because)
        )
        if one.title not in entry.titles:
            entry.titles.append(one.title)
    return list(found.values())[:_FEW]
