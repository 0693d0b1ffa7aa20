"""The search index on SQLite: an FTS5 table over the tokens, kept true by triggers."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from xunzhang.customers.search.index import FEW, Candidates
from xunzhang.customers.search.terms import Term, Way

NEWEST_MATCHES = (
    "SELECT rowid FROM customers_search WHERE customers_search MATCH %s "
    "ORDER BY rowid DESC LIMIT %s"
)


class SqliteIndex:
    """FTS5 walks its lists in row order, so the newest matches come first and at once."""

    def candidates(self, terms: Sequence[Term], most: int = FEW) -> Candidates:
        """Return the newest candidates, newest first."""
        with connection.cursor() as cursor:
            cursor.execute(NEWEST_MATCHES, [" AND ".join(map(expression, terms)), most + 1])
            ids = [row[0] for row in cursor.fetchall()]
        return Candidates(ids[:most], len(ids) <= most, newest=True)


def expression(term: Term) -> str:
    """Return the FTS5 expression of a term."""
    return "(" + " OR ".join(f"({together(way)})" for way in term.ways) + ")"


def together(way: Way) -> str:
    """Return the FTS5 expression that asks for all tokens; letters and digits need no escape."""
    return " AND ".join(f'"{token}"' for token in way.tokens)
