"""The list of cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpResponse

from xunzhang.cases import law
from xunzhang.cases.models import Case
from xunzhang.cases.queries.duties import next_duties
from xunzhang.cases.queries.listing import COUNTED, CaseFilter, listing
from xunzhang.policy.choices import DutyState
from xunzhang.policy.models import DutyRow
from xunzhang.web.cases.reaching import somebody
from xunzhang.web.cases.words import Names, kind_said, process_title, said, stage_title
from xunzhang.web.htmx import page
from xunzhang.web.paging import CURSOR, pager_of
from xunzhang.web.request import Request
from xunzhang.web.views import reads

_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One case of the list."""

    case: Case
    kind: str
    process: str
    stage: str
    tone: str
    duty: DutyRow | None
    waits_for: str
    late: bool


@reads()
def cases(request: Request) -> HttpResponse:
    """List the cases that the person may see."""
    person = somebody(request)
    asked = _asked(request)
    shown, total = listing(person, asked, cursor=request.GET.get(CURSOR, ""))
    context = {
        "rows": _rows(shown.rows, Names(request.at)),
        "pager": pager_of(request, shown, total=total, most=COUNTED),
        "asked": asked,
        "filtered": asked != CaseFilter(),
        **_choices(request),
    }
    return page(request, "cases/list.html", context, part="rows")


def _asked(request: Request) -> CaseFilter:
    def word(name: str) -> str:
        return request.GET.get(name, "").replace("\0", "").strip()[:_LONGEST]

    customer = word("customer")
    if customer and not (customer.isascii() and customer.isdecimal() and len(customer) <= 12):
        raise BadRequest
    return CaseFilter(
        text=word("q"),
        kind=word("kind"),
        process=word("process"),
        stage=word("stage"),
        customer=int(customer) if customer else None,
        closed={"open": False, "closed": True}.get(word("state")),
        late=word("late") == "1",
        mine=word("mine") == "1",
    )


def _choices(request: Request) -> dict[str, Any]:
    """Return what the filters offer: the kinds, processes and stages of the policies in force."""
    processes = law.reading(request.at).frame(request.at).processes.values()
    chosen = request.GET.get("process", "")
    stages = next((one.stages for one in processes if one.code == chosen), ())
    return {
        "kinds": {one.case: kind_said(one.case) for one in processes},
        "processes": {one.code: said(one.title) for one in processes},
        "stages": {one.code: said(one.title) for one in stages},
    }


def _rows(found: list[Case], names: Names) -> list[Row]:
    duties = next_duties(one.number for one in found)
    return [_row(one, duties.get(one.number), names) for one in found]


def _row(case: Case, duty: DutyRow | None, names: Names) -> Row:
    late = duty is not None and duty.state == DutyState.OVERDUE
    tone = "green" if case.closed else "red" if late else "blue"
    waits_for = names.all(duty.who) if duty is not None else ""
    return Row(
        case,
        kind_said(case.kind),
        process_title(case),
        stage_title(case),
        tone,
        duty,
        waits_for,
        late,
    )
