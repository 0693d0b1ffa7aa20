"""Sanctions: those to decide, those that one may see, and one with what can be done about it."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from xunzhang.lib.pagination import Ordering
from xunzhang.organisation.models import Person
from xunzhang.policy.access import sanction_to_see, sanctions_seen
from xunzhang.policy.choices import SanctionState
from xunzhang.policy.models import SanctionRow
from xunzhang.policy.queries.counting import MOST, count_of
from xunzhang.policy.queries.deciding import sanctions_waiting_for
from xunzhang.web.htmx import page
from xunzhang.web.ledger.shown import broken, proposed
from xunzhang.web.ledger.verbs import verbs_for
from xunzhang.web.paging import CURSOR, pager_of
from xunzhang.web.request import Request
from xunzhang.web.saying import Saying
from xunzhang.web.views import reads
from xunzhang.web.why import why_of
from xunzhang.web.work.reaching import seen, somebody

_NEWEST = Ordering("id", descending=True)
_PAGE = 40
TABS = {
    "waiting": gettext_lazy("Waiting for me"),
    "own": gettext_lazy("About me"),
    "all": gettext_lazy("All that I may see"),
}


@reads()
def sanctions(request: Request) -> HttpResponse:
    """List the proposals that wait for one's decision; ?tab=own those about oneself, ?tab=all every visible one."""
    person, tab = somebody(request), request.GET.get("tab", "waiting")
    tab = tab if tab in TABS else "waiting"
    state = request.GET.get("state", "")
    rows = _rows(tab, person)
    if state in SanctionState.values:
        rows = rows.filter(state=state)
    shown = _NEWEST.page(rows, size=_PAGE, cursor=request.GET.get(CURSOR, ""))
    count = count_of(rows)
    context = {
        "tab": tab,
        "sides": [(name, title, name == tab) for name, title in TABS.items()],
        "state": state,
        "states": SanctionState.choices,
        "sanctions": proposed(shown.rows, Saying(request.at)),
        "pager": pager_of(request, shown, total=count.number + count.more, most=MOST),
    }
    return page(request, "ledger/sanctions.html", context, part="rows")


@reads()
def sanction(request: Request, number: int) -> HttpResponse:
    """Show a proposal: what for, by which article, how often before, who decides, what was decided and why."""
    row, saying = seen(request, sanction_to_see, number), Saying(request.at)
    shown = proposed([row], saying)[0]
    context = {
        "sanction": shown,
        "row": row,
        "breach": broken([row.breach], saying)[0],
        "why": why_of(row, row.facts, saying),
        "decided_by": saying.person(row.decided_by),
        "appealed_by": saying.person(row.appealed_by),
        "answered_by": saying.person(row.answered_by),
        "verbs": verbs_for(row, somebody(request)),
    }
    return render(request, "ledger/sanction.html", context)


def _rows(tab: str, person: Person) -> QuerySet[SanctionRow]:
    chosen: dict[str, Callable[[], QuerySet[SanctionRow]]] = {
        "waiting": lambda: sanctions_waiting_for(person),
        "own": lambda: sanctions_seen(person).filter(
            people__person=str(person.pk), people__decides=False
        ),
        "all": lambda: sanctions_seen(person),
    }
    return chosen[tab]()
