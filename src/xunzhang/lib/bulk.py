"""Many rows at once, as fast as the engine takes them; for rows that were checked before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model
from django.db.models.expressions import RawSQL

WORTH_COPYING = 20
LISTED = {
    ("sqlite", str): "SELECT value FROM json_each(%s)",
    ("sqlite", int): "SELECT value FROM json_each(%s)",
    ("postgresql", str): "SELECT unnest(%s::text[])",
    ("postgresql", int): "SELECT unnest(%s::bigint[])",
}
AS_THEY_ARE = frozenset({str, int, bool, type(None)})


def insert(model: type[Model], rows: Sequence[Mapping[str, Any]], *, at_once: int = 1) -> None:
    """Insert rows that all have the same columns; a value is what its column holds, or a dictionary for JSON.

    `at_once` is how many rows a statement of SQLite takes: more than one where a trigger stands behind each
    statement, which costs more than many parameters.
    """
    if not rows:
        return
    table = model._meta.db_table  # noqa: SLF001 (Django's name for it)
    columns = ", ".join(map(connection.ops.quote_name, rows[0]))
    values = list(zip(*map(column, zip(*(row.values() for row in rows), strict=True)), strict=True))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(rows) >= WORTH_COPYING:
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                write_all(copy, values)
            return
        into = f"INSERT INTO {table} ({columns}) VALUES "  # noqa: S608 - our own names
        marks = f"({', '.join(['%s'] * len(rows[0]))})"
        if at_once == 1:
            cursor.executemany(into + marks, values)
            return
        for start in range(0, len(values), at_once):
            part = values[start : start + at_once]
            cursor.execute(into + ", ".join([marks] * len(part)), list(chain.from_iterable(part)))


def listed(kind: type[int] | type[str], values: Iterable[Any]) -> RawSQL:
    """Return numbers or texts as a table that a query can look into: one parameter, however many they are.

    PostgreSQL sees how many there are, and looks them up one by one or reads its table, whichever is quicker.
    """
    asked: Any = list(values)
    if connection.vendor == "sqlite":
        asked = json.dumps(asked, ensure_ascii=False)
    return RawSQL(LISTED[connection.vendor, kind], [asked])  # noqa: S611 - a constant with a parameter


def write_all(copy: Any, values: Iterable[tuple[Any, ...]]) -> None:
    """Feed the rows to a COPY."""
    for row in values:
        copy.write_row(row)


def column(values: tuple[Any, ...]) -> Iterable[Any]:
    """Return the values of one column as both engines take them."""
    return values if AS_THEY_ARE.issuperset(map(type, values)) else map(stored, values)


def stored(value: Any) -> Any:
    """Return a value as both engines take it."""
    if isinstance(value, datetime):
        return stored_moment(connection.vendor, value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return "{}" if not value else json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)
    return value


@lru_cache(maxsize=1_024)
def stored_moment(_vendor: str, value: datetime) -> Any:
    """Return a moment as the engine takes it; the same one stands in many rows."""
    return connection.ops.adapt_datetimefield_value(value)
