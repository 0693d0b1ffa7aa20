"""The rows that one person may see and a filter lets through: which index to enter, and how many there are.

A list may be entered through the index that knows the filter, where few rows pass, or walked in its sort order,
where many do. Each of the indexes entered here tells alone whether a row passes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from xunzhang.customers.choices import Status
from xunzhang.customers.models import Customer
from xunzhang.customers.models.customer import LIVE
from xunzhang.customers.queries.filters import (
    CustomerFilter,
    Tests,
    hidden,
    narrowed,
    others,
    tests_of,
)
from xunzhang.customers.queries.values import values_in_use
from xunzhang.lib.bulk import listed

MANY = 7_000
# SQLite would look at each row itself; the index of the few that are gone says the same at once
GONE_AMONG = {
    "sqlite": """
        SELECT id FROM customers_customer INDEXED BY customer_gone
        WHERE (archived_at IS NOT NULL OR merged_into_id IS NOT NULL)
        AND id IN (SELECT value FROM json_each(%s))
    """,
    "postgresql": """
        SELECT id FROM customers_customer
        WHERE (archived_at IS NOT NULL OR merged_into_id IS NOT NULL) AND id = ANY (%s::bigint[])
    """,
}
GONE_BETWEEN = {
    "sqlite": """
        SELECT id FROM customers_customer INDEXED BY customer_gone
        WHERE (archived_at IS NOT NULL OR merged_into_id IS NOT NULL) AND id BETWEEN %s AND %s LIMIT %s
    """,
    "postgresql": """
        SELECT id FROM customers_customer
        WHERE (archived_at IS NOT NULL OR merged_into_id IS NOT NULL) AND id BETWEEN %s AND %s LIMIT %s
    """,
}
FEW_GONE = 300
# The columns of the index of everything, in its order; those before one that is asked for are told all their values
EVERYTHING = ("status", "filed", "grade", "industry")
MOST_STEPS = 200
CLOSE = 8


@dataclass(frozen=True)
class Scope:
    """The rows of a filter, as one person sees them."""

    asked: CustomerFilter
    tests: Tests

    @classmethod
    def of(cls, asked: CustomerFilter, owners: set[int] | None) -> Scope:
        """Return the scope of a person who sees the customers of these owners and the pool; None sees all."""
        return cls(asked, tests_of(asked, owners))

    @property
    def plain(self) -> bool:
        """True when every live customer passes."""
        return not self.tests and not self.asked.archived and not others(self.asked)

    def all(self) -> QuerySet[Customer]:
        """Return all rows of which the filter's lists of values say nothing."""
        if self.asked.archived:
            rows = Customer.objects.filter(archived_at__isnull=False, merged_into__isnull=True)
        else:
            rows = Customer.objects.filter(LIVE)
        return rows.filter(others(self.asked))

    def rows(self, *, entered: Collection[str] = ()) -> QuerySet[Customer]:
        """Return the rows, to be found through an index that begins with the columns entered."""
        return narrowed(self.all(), self.tests, entered=entered)

    def among(self, ids: Sequence[int]) -> QuerySet[Customer]:
        """Return the rows among these ids; where those lie close together, the owners' index knows which pass."""
        if "owner" in self.tests and ids and max(ids) - min(ids) < CLOSE * len(ids):
            near = self.rows(entered=("owner",)).filter(pk__gte=min(ids), pk__lte=max(ids))
            return near.alias(candidate=hidden("pk")).filter(candidate__in=listed(int, ids))
        return self.rows().filter(pk__in=listed(int, ids))

    @cached_property
    def few(self) -> bool:
        """True when it is faster to sort the rows than to look for them in the sort order."""
        return bool(self.tests) and capped(self.collected(), MANY) <= MANY

    def collected(self) -> QuerySet[Customer]:
        """Return the rows, to be found through the index that knows most of the filter."""
        known = self.known()
        if "owner" in self.tests and "owner" not in known and self.few_owned(known):
            known = ("owner",)
        steps = self.steps(known)
        return narrowed(self.all(), {**self.tests, **steps}, entered={*known, *steps})

    def known(self) -> Collection[str]:
        """Return the columns by which few rows are found."""
        if len(self.tests.get("owner", ())) == 1:
            return ("owner",)
        if "region" in self.tests:
            return ("region", "industry", "grade")
        return tuple(name for name in EVERYTHING if name in self.tests)

    def few_owned(self, known: Collection[str]) -> bool:
        """Say whether the owners asked for have too few customers for another index to be worth while."""
        if not known:
            return True
        owned = narrowed(self.all(), {"owner": self.tests["owner"]}, entered=("owner",))
        return capped(owned, MANY) <= MANY

    def steps(self, known: Collection[str]) -> Tests:
        """Return all values of the columns that stand before those asked for, so that none is passed over."""
        asked = [EVERYTHING.index(name) for name in known if name in EVERYTHING]
        if not asked or "region" in known or "owner" in known or known == ("grade",):
            return {}
        free = [name for name in EVERYTHING[: max(asked)] if name not in known]
        values: Tests = {name: all_values(name) for name in free}
        return values if prod(map(len, values.values())) <= MOST_STEPS else {}


def gone_among(ids: Sequence[int]) -> set[int]:
    """Return which of these customers are archived or merged into another.

    Mostly these are few, and all that lie between are known faster than each is looked up.
    """
    if not ids:
        return set()
    vendor = connection.vendor
    with connection.cursor() as cursor:
        cursor.execute(GONE_BETWEEN[vendor], [min(ids), max(ids), FEW_GONE + 1])
        gone = {row[0] for row in cursor.fetchall()}
        if len(gone) > FEW_GONE:
            asked: Any = ids if vendor == "postgresql" else json.dumps(ids)
            cursor.execute(GONE_AMONG[vendor], [asked])
            gone = {row[0] for row in cursor.fetchall()}
    return gone.intersection(ids)


def all_values(name: str) -> Collection[str | int]:
    """Return every value that a column of the index of everything may have."""
    if name == "filed":
        return (0, 1)
    return Status.values if name == "status" else ("", *values_in_use(name))


def capped(rows: QuerySet[Customer], most: int) -> int:
    """Return the number of rows, or `most` + 1 when there are more."""
    return rows.order_by().values("pk")[: most + 1].count()
