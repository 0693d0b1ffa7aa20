"""The list of customers, and what a person keeps of it: saved lists and columns."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xunzhang.customers import actions
from xunzhang.customers.queries.history import saved_lists_of
from xunzhang.customers.queries.listing import listing
from xunzhang.organisation.models import Person
from xunzhang.web.customers import columns
from xunzhang.web.customers.asked import IN_POOL, ME, Asked
from xunzhang.web.customers.reached import reader
from xunzhang.web.htmx import page
from xunzhang.web.paging import CURSOR, pager_of
from xunzhang.web.request import Request
from xunzhang.web.views import reads, writes

COUNTED = 1_000
_NOT_KEPT = (CURSOR, "sort")


@dataclass(frozen=True, slots=True)
class Tab:
    """A list to go to; `saved` is its number where it is the person's own."""

    name: str
    href: str
    current: bool
    saved: int | None = None


@reads()
def show(request: Request) -> HttpResponse:
    """List the customers that the person may see: filtered, searched, sorted, page by page."""
    person = reader(request)
    asked = Asked.read(request.GET, person)
    found = listing(person, asked.filter, sort=asked.sort, cursor=request.GET.get(CURSOR, ""))
    shown = columns.chosen(request)
    asked.form.offer()
    kept = kept_query(request.GET)
    context = {
        "asked": asked,
        "form": asked.form,
        "columns": shown,
        "every_column": columns.COLUMNS.values(),
        "rows": [(row, columns.cells_of(row, shown)) for row in found.page.rows],
        "pager": pager_of(
            request, found.page, total=found.count.number + found.count.more, most=COUNTED
        ),
        "lists": tabs(kept, person),
        "query": kept,
        "filtered": bool(asked.narrowed or asked.filter.text),
    }
    return page(request, "customers/list.html", context, part="rows")


@writes()
def save(request: Request) -> HttpResponse:
    """Keep the present filter under a name."""
    person = reader(request)
    query = kept_query(QueryDict(request.POST.get("query", "")))
    if request.method == "POST":
        saved = actions.save_list(
            name=request.POST.get("name", ""), asked={"query": query}, by=person.pk
        )
        messages.success(request, _("The list “%(name)s” is kept.") % {"name": saved.name})
    return redirect(f"{reverse('customers:list')}?{query}")


@writes()
def forget(request: Request, number: int) -> HttpResponse:
    """A list of one's own is no longer kept; the customers stay."""
    if request.method == "POST":
        actions.forget_list(saved=number, by=reader(request).pk)
        messages.success(request, _("The list is no longer kept; the customers stay."))
    return redirect("customers:list")


@writes()
def choose_columns(request: Request) -> HttpResponse:
    """Show these columns in this browser from now on."""
    answer = redirect(
        f"{reverse('customers:list')}?{kept_query(QueryDict(request.POST.get('query', '')))}"
    )
    if request.method == "POST":
        columns.keep(answer, request.POST.getlist("column"))
    return answer


def kept_query(query: QueryDict) -> str:
    """Return the part of an address that says which customers are meant, in one spelling."""
    said = sorted((name, value) for name, value in query.items() if value and name not in _NOT_KEPT)
    return urlencode(said)


def tabs(query: str, person: Person) -> list[Tab]:
    """Return the lists that everybody has, and the person's own."""
    usual = {
        _("All"): "",
        _("Mine"): f"owner={ME}",
        _("Pool"): f"owner={IN_POOL}",
        _("Archived"): "archived=1",
    }
    found = [Tab(name, f"?{each}", each == query) for name, each in usual.items()]
    for saved in saved_lists_of(person):
        each = str(saved.filter.get("query", ""))
        found.append(Tab(saved.name, f"?{each}", each == query, saved.pk))
    return found
