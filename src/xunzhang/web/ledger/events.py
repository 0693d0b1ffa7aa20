"""The ledger of events: everything that happened, what followed from each, and whether the chain is whole."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xunzhang.cases.access import attachment_told
from xunzhang.cases.queries.filings import Line, lines_of
from xunzhang.cases.typed import form_of
from xunzhang.lib.errors import Refused
from xunzhang.lib.pagination import Ordering
from xunzhang.policy.access import events_seen, may, people_seen
from xunzhang.policy.models import Event
from xunzhang.policy.queries.following import followed, following
from xunzhang.policy.queries.ledger import verify_chain
from xunzhang.web.htmx import page
from xunzhang.web.ledger.asked import Narrowed, narrowed, people_of
from xunzhang.web.ledger.shown import broken, happened, proposed
from xunzhang.web.paging import CURSOR, pager_of
from xunzhang.web.request import Request
from xunzhang.web.saying import Saying
from xunzhang.web.views import reads, writes
from xunzhang.web.work.reaching import somebody

_NEWEST = Ordering("seq", descending=True)
_PAGE = 40
SEE_ALL = "policy.see_ledger"


@reads()
def events(request: Request) -> HttpResponse:
    """List the events that one may see, the newest first, each with what followed."""
    person, saying = somebody(request), Saying(request.at)
    asked = narrowed(request.GET, person)
    asked.form.offer("type", sorted(((name, saying.event(name)) for name in saying.law.vocabulary.events),
                                    key=lambda pair: pair[1]))  # fmt: skip
    asked.form.offer("person", people_of(saying, people_seen(person, SEE_ALL)))
    shown = _NEWEST.page(
        _rows(events_seen(person), asked), size=_PAGE, cursor=request.GET.get(CURSOR, "")
    )
    counted = following(shown.rows, person)
    context = {
        "events": [(one, counted[one.seq]) for one in happened(shown.rows, saying)],
        "pager": pager_of(request, shown),
        "form": asked.form,
        "filtered": asked.used,
        "may_verify": may(person, SEE_ALL),
    }
    return page(request, "ledger/events.html", context, part="rows")


@reads()
def event(request: Request, number: int) -> HttpResponse:
    """Show one event: what it says, what followed with the articles, and its place in the chain."""
    person, saying = somebody(request), Saying(request.at)
    row = events_seen(person).filter(seq=number).first()
    if row is None:
        raise Http404
    after = followed(row, person)
    context = {
        "event": happened([row], saying)[0],
        "lines": _lines(row, saying),
        "row": row,
        "opened": saying.duties(after.opened),
        "closed": saying.duties(after.closed),
        "breaches": broken(after.breaches, saying),
        "sanctions": proposed(after.sanctions, saying),
        "breach": row.keys.get("breach") if row.type == "breach.raised" else None,
        "fresh": request.GET.get("fresh") == "1",
    }
    return render(request, "ledger/event.html", context)


@reads()
def file(request: Request, number: int, key: UUID) -> HttpResponseBase:
    """Hand out a file that an event names, never shown inside the page."""
    try:
        found = attachment_told(somebody(request), number, key)
    except Refused:
        raise Http404 from None
    return FileResponse(found.file.open(), as_attachment=True, filename=found.name)


@writes()
def verify(request: Request) -> HttpResponse:
    """Walk the chain from its first event to its end."""
    if not may(somebody(request), SEE_ALL):
        raise PermissionDenied
    if request.method == "POST":
        wrong = verify_chain()
        if wrong is None:
            messages.success(
                request,
                _("The chain is whole: no event was changed, added or taken out afterwards."),
            )
        else:
            messages.error(
                request,
                _("The chain is broken at event %(number)d. Compare it with a backup.")
                % {"number": wrong},
            )
    return redirect("ledger:events")


def _lines(row: Event, saying: Saying) -> tuple[Line, ...]:
    """The tables and files of an event, and what its checklists found."""
    kind = saying.law.vocabulary.events.get(row.type)
    if kind is None:
        return ()
    form = form_of(kind, [key for key in kind.keys.values() if key.type in ("file", "table")])
    return tuple(line for line in lines_of(form, row.keys, at=row.at) if line.file or line.rows)


def _rows(rows: QuerySet[Event], asked: Narrowed) -> QuerySet[Event]:
    if asked.type:
        rows = rows.filter(type=asked.type)
    if asked.person:
        rows = rows.filter(by=asked.person)
    if asked.customers is not None:
        rows = rows.filter(customer__in=asked.customers)
    if asked.since is not None:
        rows = rows.filter(at__gte=asked.since)
    if asked.before is not None:
        rows = rows.filter(at__lt=asked.before)
    return rows
