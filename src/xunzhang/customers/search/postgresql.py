"""The search index on PostgreSQL: a GIN index over the array of tokens.

GIN collects all rows of a token before it gives the first, which is slow for a token that stands in
every third name. How common the words are is therefore looked up first, in four small windows of the table.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import Max, Q

from xunzhang.customers.models import SearchEntry
from xunzhang.customers.search.index import FEW, Candidates, confirmed
from xunzhang.customers.search.terms import Term

TOKENS = """string_to_array(tokens COLLATE "C", ' ')"""
WINDOWS = 4
WINDOW = 100
COMMON = WINDOWS * WINDOW // 10


class PostgresqlIndex:
    """GIN knows all matches of a token at once, in no order."""

    def candidates(self, terms: Sequence[Term], most: int = FEW) -> Candidates:
        """Return some candidates, and all of them where they are few; none where they are very common."""
        if hits_in_sample(terms) >= COMMON:
            return Candidates([], complete=False)
        conditions: list[str] = []
        values: list[list[str]] = []
        for term in terms:
            conditions.append("(" + " OR ".join(f"{TOKENS} @> %s::text[]" for _ in term.ways) + ")")
            values.extend(list(way.tokens) for way in term.ways)
        statement = f"SELECT customer_id FROM customers_searchentry WHERE {' AND '.join(conditions)} LIMIT %s"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(statement, [*values, most + 1])
            ids = [row[0] for row in cursor.fetchall()]
        return Candidates(ids[:most], len(ids) <= most)


def hits_in_sample(terms: Sequence[Term]) -> int:
    """Return how many of a few hundred names, from four places of the table, are matches."""
    last = SearchEntry.objects.aggregate(last=Max("pk"))["last"] or 0
    if last <= WINDOWS * WINDOW:
        return 0
    windows = Q()
    for part in range(1, WINDOWS + 1):
        end = last * part // WINDOWS
        windows |= Q(pk__gt=end - WINDOW, pk__lte=end)
    return SearchEntry.objects.filter(windows, confirmed(terms, prefix="")).count()
