"""Reading about people: the list, and one person."""

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render

from xunzhang.lib.pagination import Ordering, Page
from xunzhang.organisation import queries
from xunzhang.organisation.models import Person
from xunzhang.web.htmx import page
from xunzhang.web.organisation import rows, tree
from xunzhang.web.organisation.accounts import held_rights
from xunzhang.web.paging import CURSOR, pager_of
from xunzhang.web.request import Request
from xunzhang.web.views import reads

_ORDER = Ordering("code")
_MOST_FOUND = 100
_LONGEST_SEARCH = 60


@reads()
def people(request: Request) -> HttpResponse:
    """List people by department and role, or find them by a few letters."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:_LONGEST_SEARCH]
    department = _number(request.GET.get("department", ""))
    role, gone = request.GET.get("role", "").replace("\0", ""), request.GET.get("gone") == "1"
    chosen = rows.listed(department=department, role=role, gone=gone)
    shown: Page[Person]
    if words:
        found = [person.pk for person in queries.find_people(words, limit=_MOST_FOUND)]
        chosen = chosen.filter(pk__in=found)
        shown = Page(list(chosen), None, None)
    else:
        shown = _ORDER.page(chosen, cursor=request.GET.get(CURSOR, ""))
    context = {
        "people": shown.rows,
        "pager": pager_of(request, shown, total=chosen.count()),
        "words": words,
        "role": role,
        "gone": gone,
        "department": department,
        "filtered": bool(words or role or department or gone),
        "roles": queries.roles(),
        "branches": tree.grow(rows.departments_with_sizes()),
    }
    return page(request, "organisation/people.html", context, part="rows")


@reads()
def person(request: Request, number: int) -> HttpResponse:
    """Show one person: place, roles now and before, who stands in for whom."""
    row = rows.person_or_404(number)
    context = {
        "person": row,
        "holdings": row.holdings.select_related("role"),
        "reports": row.reports.filter(left_at__isnull=True),
        "delegations": rows.delegations_of(row, at=request.at),
        "delegate": queries.delegate_of(row.pk, request.at),
        "account": row.account,
        "rights": _rights(row) if request.user.is_staff else (),
    }
    return render(request, "organisation/person.html", context)


def _rights(row: Person) -> list[str]:
    """The product's rights that the person's account holds, in words."""
    words = queries.rights_offered()
    return [words[name] for name in held_rights(row.account)] if row.account is not None else []


def _number(written: str) -> int | None:
    """Return a row's number from an address; what no row can have is the reader's mistake."""
    if not written:
        return None
    if not (written.isascii() and written.isdecimal()) or len(written) > len("999999999999"):
        raise BadRequest
    return int(written)
