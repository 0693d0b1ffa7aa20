"""The search index of the engine in use."""

from __future__ import annotations

from django.db import connection

from xunzhang.customers.search.index import Index
from xunzhang.customers.search.postgresql import PostgresqlIndex
from xunzhang.customers.search.sqlite import SqliteIndex


def index() -> Index:
    """Return the index of the engine in use."""
    return PostgresqlIndex() if connection.vendor == "postgresql" else SqliteIndex()
