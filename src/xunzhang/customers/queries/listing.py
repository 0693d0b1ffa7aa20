"""A page of customers: filtered, searched, sorted, and the same work for a thousand as for a million.

Two ways lead to a page. Where few rows pass, those found by the filter are sorted; where many pass, the index
of the sort order is walked until the page is full. Which one it is, is found out by looking at most
`FEW` rows far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from xunzhang.customers.access import owners_seen
from xunzhang.customers.models import Customer
from xunzhang.customers.models.customer import OwnerOrPool
from xunzhang.customers.queries.filters import CustomerFilter, narrowed
from xunzhang.customers.search.engine import index
from xunzhang.customers.search.index import FEW, Candidates, confirmed
from xunzhang.customers.search.numbers import looks_like_number, with_number
from xunzhang.customers.search.terms import Term, terms_of
from xunzhang.lib.pagination import Ordering, Page
from xunzhang.organisation.models import Person

COUNTED = 1_000
LIKELY_ENOUGH = 1_100
PAGE_SIZE = 50
IDS = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT value::bigint FROM json_array_elements_text(%s::json)",
}


class Sort(StrEnum):
    """How a list may be ordered."""

    NEWEST = "newest"
    NAME = "name"
    CREATED = "created"
    GRADE = "grade"
    OWNER = "owner"


ORDERINGS = {
    Sort.NEWEST: Ordering("pk", descending=True),
    Sort.NAME: Ordering("name"),
    Sort.CREATED: Ordering("created_at", descending=True),
    Sort.GRADE: Ordering("grade"),
    Sort.OWNER: Ordering("owner_or_pool"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows there are: exact up to COUNTED, beyond it `more` is true."""

    number: int
    more: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list, with its capped count."""

    page: Page[Customer]
    count: Count


def listing(
    person: Person,
    asked: CustomerFilter,
    *,
    sort: Sort = Sort.NEWEST,
    cursor: str = "",
    size: int = PAGE_SIZE,
) -> Listing:
    """Return a page of the customers that the person may see and the filter lets through."""
    search = Search.of(asked.text)
    scope = Scope(asked, owners_seen(person), newest=sort is Sort.NEWEST)
    few, count = scope.measure(search)
    rows = search.within(scope.rows(walk=True) if few is None else among(few))
    if sort is Sort.OWNER:
        rows = rows.annotate(owner_or_pool=OwnerOrPool())
    page = ORDERINGS[sort].page(rows, size=size, cursor=cursor)
    return Listing(page, count)


def found_rows(person: Person, asked: CustomerFilter) -> QuerySet[Customer]:
    """Return all that the filter gives this person, in no order, for an export."""
    search = Search.of(asked.text)
    return search.within(Scope(asked, owners_seen(person), newest=True).rows(walk=True))


def count_of(person: Person, asked: CustomerFilter) -> Count:
    """Return how many customers the filter gives this person."""
    return Scope(asked, owners_seen(person), newest=True).measure(Search.of(asked.text))[1]


@dataclass(frozen=True, slots=True)
class Search:
    """The words that were typed and their candidates; no words let everything through."""

    terms: Sequence[Term]
    candidates: Candidates | None

    @classmethod
    def of(cls, text: str) -> Search:
        """Ask the index; a customer number or phone is looked up as such."""
        if looks_like_number(text):
            return cls((), Candidates(with_number(text), complete=True))
        terms = terms_of(text)
        return cls(terms, index().candidates(terms) if terms else None)

    def within(self, rows: QuerySet[Customer]) -> QuerySet[Customer]:
        """Return the rows that match."""
        if self.candidates is None:
            return rows
        if self.candidates.complete:
            return self.among_candidates(rows)
        return rows.filter(confirmed(self.terms))

    def among_candidates(self, rows: QuerySet[Customer], most: int = FEW) -> QuerySet[Customer]:
        """Return the matches among the first candidates at hand."""
        ids = self.candidates.ids[:most] if self.candidates else []
        return rows.filter(confirmed(self.terms), pk__in=listed(ids))


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows of a filter, as one person sees them."""

    asked: CustomerFilter
    owners: set[int] | None
    newest: bool

    def rows(self, *, walk: bool) -> QuerySet[Customer]:
        """Return the rows before the search."""
        rows = Customer.objects.select_related("owner")
        return narrowed(rows, self.asked, self.owners, walk=walk, newest=self.newest)

    def measure(self, search: Search) -> tuple[list[int] | None, Count]:
        """Return the rows that pass the filter, None where they are many; and count those that match as well.

        Where the search has found all its candidates already, they need not be looked for by the filter.
        """
        candidates = search.candidates
        if candidates is None:
            few, passed = self.few()
            return few, count_from(passed)
        if candidates.complete:
            matches = search.among_candidates(self.rows(walk=True))
            return None, count_from(capped(matches, COUNTED))
        few = self.few()[0] if self.narrow else None
        matched = capped(search.among_candidates(self.rows(walk=True), most=LIKELY_ENOUGH), COUNTED)
        if matched <= COUNTED:
            rows = self.rows(walk=True) if few is None else among(few)
            matched = capped(search.within(rows), COUNTED)
        return few, count_from(matched)

    def few(self) -> tuple[list[int] | None, int]:
        """Return the rows that pass the filter, None where they are many, and how many were seen."""
        rows = self.rows(walk=False).order_by()
        found = list(rows.values_list("pk", flat=True)[: FEW + 1])
        return (found if len(found) <= FEW else None), len(found)

    @property
    def narrow(self) -> bool:
        """True when not everything is seen."""
        return self.owners is not None or self.asked.narrow


def among(ids: Sequence[int]) -> QuerySet[Customer]:
    """Return the customers of these ids."""
    return Customer.objects.select_related("owner").filter(pk__in=listed(ids))


def listed(ids: Sequence[int]) -> RawSQL:
    """Return ids as a table that a query can look into, however many they are."""
    return RawSQL(IDS[connection.vendor], [str(list(ids))])  # noqa: S611 - a constant with a parameter


def capped(rows: QuerySet[Customer], most: int) -> int:
    """Return the number of rows, or `most` + 1 when there are more."""
    return rows.order_by().values("pk")[: most + 1].count()


def count_from(number: int) -> Count:
    """Return the count that may be shown for a number of rows."""
    return Count(min(number, COUNTED), number > COUNTED)
