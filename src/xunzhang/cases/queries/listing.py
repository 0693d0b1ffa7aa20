"""A page of cases, narrowed by what people look for."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from xunzhang.cases.access import visible_to
from xunzhang.cases.models import Case, Involvement
from xunzhang.cases.queries.duties import overdue_cases
from xunzhang.lib.pagination import Ordering, Page
from xunzhang.organisation.models import Person

COUNTED = 1_000
NEWEST = Ordering("opened_at", descending=True)


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What is asked of a list; None and empty ask nothing. `mine`: opened, handled or waited for by the person."""

    text: str = ""
    kind: str = ""
    process: str = ""
    stage: str = ""
    customer: int | None = None
    closed: bool | None = None
    late: bool = False
    mine: bool = False


def listing(
    person: Person, asked: CaseFilter, *, cursor: str = "", size: int = 30
) -> tuple[Page[Case], int]:
    """Return a page of the cases that the person may see, newest first, and how many there are (to COUNTED + 1)."""
    rows = narrowed(visible_to(person), asked, person)
    total = rows.order_by().values("pk")[: COUNTED + 1].count()
    shown = rows.select_related("customer", "handler", "opened_by")
    return NEWEST.page(shown, size=size, cursor=cursor), total


def narrowed(rows: QuerySet[Case], asked: CaseFilter, person: Person) -> QuerySet[Case]:
    """Return the rows that the filter lets through."""
    if asked.text:
        rows = rows.filter(
            Q(number__icontains=asked.text)
            | Q(title__icontains=asked.text)
            | Q(customer__name__icontains=asked.text)
        )
    columns = {"kind": asked.kind, "process_code": asked.process, "stage": asked.stage}
    rows = rows.filter(**{name: value for name, value in columns.items() if value})
    if asked.customer is not None:
        rows = rows.filter(customer=asked.customer)
    if asked.closed is not None:
        rows = rows.filter(closed_at__isnull=not asked.closed)
    if asked.mine:
        involved = Involvement.objects.filter(person=person).values("case")
        rows = rows.filter(Q(opened_by=person) | Q(handler=person) | Q(pk__in=involved))
    if asked.late:
        rows = rows.filter(number__in=overdue_cases())
    return rows


def of_customer(person: Person, customer: int, *, most: int = 20) -> list[Case]:
    """Return the newest cases of a customer that the person may see."""
    rows = visible_to(person).filter(customer=customer).select_related("handler")
    return list(rows.order_by("-opened_at", "-pk")[:most])
