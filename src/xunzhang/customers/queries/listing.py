"""A page of customers: filtered, searched, sorted, and the same work for a thousand as for a million.

Two ways lead to a page. Where few rows pass, those found by the filter are sorted; where many pass, the index of
the sort order is walked until the page is full. What is counted ends at COUNTED; where more pass, the first PROBED
rows of the sort order tell whether walking it is worth while. Whole rows are fetched for the page alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from xunzhang.customers.access import owners_seen
from xunzhang.customers.models import Customer, SearchEntry
from xunzhang.customers.models.customer import OwnerOrPool
from xunzhang.customers.queries.filters import CustomerFilter, Tests, column, hidden, narrowed
from xunzhang.customers.queries.scope import Scope, capped, gone_among
from xunzhang.customers.search.engine import index
from xunzhang.customers.search.index import FEW, Candidates, confirmed
from xunzhang.customers.search.numbers import looks_like_number, with_number
from xunzhang.customers.search.terms import Term, terms_of
from xunzhang.lib.bulk import listed
from xunzhang.lib.pagination import Cut, Ordering, Page
from xunzhang.organisation.models import Person

COUNTED = 1_000
LIKELY_ENOUGH = 1_100
MORE = 7_000
PROBED = 1_000
PAGE_SIZE = 50


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
# Which columns an index has before those of the sort order: with all of them given, it is walked from there
BEFORE: dict[Sort, tuple[tuple[str, ...], ...]] = {
    Sort.NEWEST: (("owner",), ("region",), ("industry",), ("status",), ("grade",)),
    Sort.NAME: (("owner",), ("region",)),
    Sort.CREATED: (),
    Sort.GRADE: (("region", "industry"), ("grade",)),
    Sort.OWNER: (("owner",),),
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
    cut = ORDERINGS[sort].cut(cursor, size=size)
    part = Part(Scope.of(asked, owners_seen(person)), sort, cut)
    most = MORE if "owner" in part.scope.tests else FEW
    search = Search.of(asked.text, most, plain=part.scope.plain)
    if search.candidates is None:
        return part.listed()
    return part.searched(search, search.candidates)


def found_rows(person: Person, asked: CustomerFilter) -> QuerySet[Customer]:
    """Return all that the filter gives this person, in no order, for an export."""
    scope, search = Scope.of(asked, owners_seen(person)), Search.of(asked.text)
    if search.candidates is not None and search.candidates.complete:
        return search.among(search.candidates.ids, scope).select_related("owner")
    return search.within(scope.rows()).select_related("owner")


def count_of(person: Person, asked: CustomerFilter) -> Count:
    """Return how many customers the filter gives this person."""
    scope = Scope.of(asked, owners_seen(person))
    search = Search.of(asked.text, plain=scope.plain)
    if search.candidates is None:
        return count_from(capped(scope.collected(), COUNTED))
    return count_from(matching(scope, search, search.candidates).number)


@dataclass(frozen=True, slots=True)
class Search:
    """The words that were typed, and of their candidates up to `most`; no words let everything through."""

    terms: Sequence[Term]
    candidates: Candidates | None
    most: int = FEW

    @classmethod
    def of(cls, text: str, most: int = FEW, *, plain: bool = False) -> Search:
        """Ask the index for so many candidates; a customer number or phone is looked up as such.

        Where every customer passes (`plain`) and whoever has the tokens is found, no more than are counted.
        """
        if looks_like_number(text):
            return cls((), Candidates(with_number(text), complete=True))
        terms = terms_of(text)
        if not terms:
            return cls(terms, None)
        enough = LIKELY_ENOUGH if plain and all(term.exact for term in terms) else most
        return cls(terms, index().candidates(terms, enough), enough)

    def wider(self, most: int) -> Search:
        """Return the search with more candidates, where fewer were asked for."""
        if self.candidates is None or self.candidates.complete or self.most >= most:
            return self
        return replace(self, candidates=index().candidates(self.terms, most), most=most)

    @property
    def loose(self) -> Sequence[Term]:
        """The words for which a candidate's name must be looked at."""
        return tuple(term for term in self.terms if not term.exact)

    def among(self, ids: Sequence[int], scope: Scope) -> QuerySet[Customer]:
        """Return the scope's matches among candidates."""
        return scope.among(ids).filter(confirmed(self.loose))

    def ids_among(self, ids: Sequence[int], scope: Scope) -> Collection[int]:
        """Return the numbers of the scope's matches among candidates; no row is looked at that need not be."""
        if not scope.plain:
            return self.among(ids, scope).values_list("pk", flat=True)
        gone = gone_among(ids)
        live = [one for one in ids if one not in gone]
        if not self.loose:
            return live
        entries = SearchEntry.objects.filter(pk__in=listed(int, live))
        return entries.filter(confirmed(self.loose, prefix="")).values_list("pk", flat=True)

    def within(self, rows: QuerySet[Customer]) -> QuerySet[Customer]:
        """Return the matches among rows of which nothing is known."""
        return rows.filter(confirmed(self.terms))


@dataclass(frozen=True, slots=True)
class Matches:
    """Candidates that pass and match, and how many rows do, COUNTED + 1 when there are more.

    Candidates were looked at until there were so many; `all` says that no other row passes and matches.
    """

    ids: list[int]
    number: int
    all: bool


def matching(scope: Scope, search: Search, candidates: Candidates) -> Matches:
    """Return the matches among the candidates, the newest first, each looked at once."""
    ids = sorted(candidates.ids, reverse=True)
    found: list[int] = []
    start, end = 0, LIKELY_ENOUGH
    while start < len(ids) and len(found) <= COUNTED:
        found += search.ids_among(ids[start:end], scope)
        start, end = end, max(2 * end, end * LIKELY_ENOUGH // max(len(found), 1))
    whole = candidates.complete and start >= len(ids)
    number = len(found)
    wider = search if number > COUNTED or whole else search.wider(FEW)
    if wider is not search and wider.candidates is not None:
        return matching(scope, wider, wider.candidates)
    if number <= COUNTED and not whole:
        rows = scope.collected() if scope.few else scope.rows()
        number = capped(search.within(rows), COUNTED)
    return Matches(sorted(found, reverse=True), number, whole)


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a person's list that one page shows."""

    scope: Scope
    sort: Sort
    cut: Cut

    def listed(self) -> Listing:
        """Return the page of all rows that pass."""
        collected = self.scope.collected()
        number = capped(collected, COUNTED)
        rows = self.sorted(collected) if number <= COUNTED else self.of_many()
        return Listing(self.cut.page(rows), count_from(number))

    def of_many(self) -> list[Customer]:
        """Return the page's rows where more pass than are counted."""
        entered = self.entered()
        rest = {name: value for name, value in self.scope.tests.items() if name not in entered}
        if rest:
            found = self.probed(entered, rest)
            if len(found) > self.cut.size:
                return found
            if self.scope.few:
                return self.sorted(self.scope.collected())
        return self.walked(self.scope.rows(entered=entered))

    def searched(self, search: Search, candidates: Candidates) -> Listing:
        """Return the page of the rows that pass and match."""
        matches = matching(self.scope, search, candidates)
        count = count_from(matches.number)
        if self.sort is Sort.NEWEST and (matches.all or candidates.complete or candidates.newest):
            ids = self.cut_off(matches.ids)
            if matches.all or (len(ids) > self.cut.size and not self.cut.backward):
                return Listing(self.cut.page(self.whole(ids)), count)
        if matches.all:
            rows = Customer.objects.filter(pk__in=listed(int, matches.ids))
            return Listing(self.cut.page(self.sorted(rows)), count)
        return Listing(self.cut.page(self.of_all_matches(search, candidates)), count)

    def cut_off(self, ids: Sequence[int]) -> Sequence[int]:
        """Return the page's part of matches that stand in the order of the newest."""
        place, size = self.cut.place, self.cut.size
        if place is None:
            return ids[: size + 1]
        if place.backward:
            return [one for one in ids if one > place.pk][-size - 1 :]
        return [one for one in ids if one < place.pk][: size + 1]

    def of_all_matches(self, search: Search, candidates: Candidates) -> list[Customer]:
        """Return the page's rows where not all matches are known."""
        if candidates.complete:
            return self.sorted(search.among(candidates.ids, self.scope))
        if self.scope.few:
            return self.sorted(search.within(self.scope.collected()))
        return self.walked(search.within(self.scope.rows(entered=self.entered())))

    # -- ways to a page ------------------------------------------------------------------------------------

    def entered(self) -> tuple[str, ...]:
        """Return the columns that the walked index has before those of the sort order."""
        single = {name for name, values in self.scope.tests.items() if len(values) == 1}
        return next((names for names in BEFORE[self.sort] if single.issuperset(names)), ())

    def sorted(self, rows: QuerySet[Customer]) -> list[Customer]:
        """Return the page's rows by sorting all."""
        key = "owner" if self.sort is Sort.OWNER else self.cut.ordering.field
        return self.whole(self.cut.of(rows.alias(sorted_by=hidden(key)), by="sorted_by"))

    def walked(self, rows: QuerySet[Customer]) -> list[Customer]:
        """Return the page's rows by walking the index of the sort order until there are enough."""
        return self.whole(self.cut.of(keyed(rows)))

    def probed(self, entered: tuple[str, ...], rest: Tests) -> list[Customer]:
        """Return the page's rows as far as they are among the first PROBED rows of the sort order."""
        tests = {name: self.scope.tests[name] for name in entered}
        rows = self.cut.behind(keyed(narrowed(self.scope.all(), tests, entered=entered)))
        passing = Q(**{f"value_of_{name}__in": values for name, values in rest.items()})
        rows = rows.alias(**{f"value_of_{name}": column(name) for name in rest})
        first = rows.annotate(passes=passing).values("pk", "passes")[:PROBED]
        statement, values = first.query.sql_with_params()
        statement = f"SELECT pk FROM ({statement}) AS first WHERE passes LIMIT {self.cut.size + 1}"  # noqa: S608
        return self.whole(RawSQL(statement, values))  # noqa: S611 - our own query with its parameters

    def whole(self, ids: Any) -> list[Customer]:
        """Return the whole rows of these ids in the list's order."""
        if isinstance(ids, QuerySet):
            ids = ids.values("pk")
        rows = keyed(Customer.objects.select_related("owner").filter(pk__in=ids))
        return list(rows.order_by(*self.cut.ordering.terms(backward=self.cut.backward)))


def keyed(rows: QuerySet[Customer]) -> QuerySet[Customer]:
    """Return the rows with what a list of them may be ordered by."""
    return rows.annotate(owner_or_pool=OwnerOrPool())


def count_from(number: int) -> Count:
    """Return the count that may be shown for a number of rows."""
    return Count(min(number, COUNTED), number > COUNTED)
