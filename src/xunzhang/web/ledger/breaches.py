"""Breaches: the list, and one with everything that shows it."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from xunzhang.lib.pagination import Ordering
from xunzhang.policy.access import breach_to_see, breaches_seen, people_seen
from xunzhang.policy.choices import SanctionState
from xunzhang.policy.models import BreachRow
from xunzhang.policy.queries.breaches import breach_page
from xunzhang.policy.queries.counting import MOST, count_of
from xunzhang.web.htmx import page
from xunzhang.web.ledger.asked import Narrowed, narrowed, people_of, policies_of
from xunzhang.web.ledger.shown import broken, happened, proposed
from xunzhang.web.paging import CURSOR, pager_of
from xunzhang.web.request import Request
from xunzhang.web.saying import Saying
from xunzhang.web.views import reads
from xunzhang.web.why import why_of
from xunzhang.web.work.reaching import seen, somebody

_LATEST = Ordering("at", descending=True)
_PAGE = 40
_EARLIER = 20


@reads()
def breaches(request: Request) -> HttpResponse:
    """List the breaches that one may see, the latest first."""
    person, saying = somebody(request), Saying(request.at)
    asked = narrowed(request.GET, person)
    asked.form.offer("person", people_of(saying, people_seen(person)))
    asked.form.offer("policy", policies_of(saying))
    asked.form.offer("state", [(str(value), str(label)) for value, label in SanctionState.choices])
    rows = _rows(breaches_seen(person), asked)
    shown = _LATEST.page(
        rows.prefetch_related("sanctions"), size=_PAGE, cursor=request.GET.get(CURSOR, "")
    )
    count = count_of(rows)
    context = {
        "breaches": broken(shown.rows, saying),
        "pager": pager_of(request, shown, total=count.number + count.more, most=MOST),
        "form": asked.form,
        "filtered": asked.used,
    }
    return page(request, "ledger/breaches.html", context, part="rows")


@reads()
def breach(request: Request, number: int) -> HttpResponse:
    """Show a breach: the duty and the events that show it, the earlier ones that count, what is proposed."""
    row, person, saying = (
        seen(request, breach_to_see, number),
        somebody(request),
        Saying(request.at),
    )
    found = breach_page(person, number)
    context = {
        "breach": broken([row], saying)[0],
        "row": row,
        "duty": saying.duty(found.duty) if found.duty is not None else None,
        "evidence": happened(found.evidence, saying),
        "facts": saying.facts(
            "breach.raised", row.keys, but=("customer", "case", "code", "rule", "who", "count")
        ),
        "earlier": broken(_earlier(row, breaches_seen(person)), saying),
        "sanctions": proposed(found.sanctions, saying),
        "why": why_of(row, row.facts, saying),
    }
    return render(request, "ledger/breach.html", context)


def _earlier(row: BreachRow, rows: QuerySet[BreachRow]) -> QuerySet[BreachRow]:
    """The breaches of the same code by the same people before this one, the latest first."""
    same = rows.filter(
        code=row.code, policy=row.policy, people__person__in=row.who, at__lt=row.at
    ).distinct()
    return same.prefetch_related("sanctions").order_by("-at", "-pk")[:_EARLIER]


def _rows(rows: QuerySet[BreachRow], asked: Narrowed) -> QuerySet[BreachRow]:
    plain = {name: value for name in ("policy", "code", "rule") if (value := getattr(asked, name))}
    rows = rows.filter(**plain)
    if asked.person:
        rows = rows.filter(people__person=asked.person)
    if asked.customers is not None:
        rows = rows.filter(customer__in=asked.customers)
    if asked.since is not None:
        rows = rows.filter(on__gte=asked.since.date())
    if asked.before is not None:
        rows = rows.filter(on__lt=asked.before.date())
    if asked.state:
        rows = rows.filter(pk__in=rows.filter(sanctions__state=asked.state).values("pk"))
    return rows
