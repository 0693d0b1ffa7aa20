"""Many rows at once, as fast as the engine takes them; for rows that were checked before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Max, Model, QuerySet


def reserved_ids(rows: QuerySet[Any], count: int) -> list[int]:
    """Return fresh primary keys; on SQLite the transaction that writes is alone, so the next ones are free."""
    if connection.vendor == "postgresql":
        table = rows.model._meta.db_table  # noqa: SLF001 (Django's name for it)
        sequence = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        with connection.cursor() as cursor:
            cursor.execute(sequence, [table, count])
            return sorted(row[0] for row in cursor.fetchall())
    last = rows.aggregate(last=Max("pk"))["last"] or 0
    return list(range(last + 1, last + count + 1))


def insert(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns."""
    if not rows:
        return
    table, columns = model._meta.db_table, list(rows[0])  # noqa: SLF001 (Django's name for it)
    values = (tuple(map(stored, row.values())) for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                write_all(copy, values)
            return
        marks = ", ".join(["%s"] * len(columns))
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - our own names
        cursor.executemany(statement, list(values))


def write_all(copy: Any, values: Iterable[tuple[Any, ...]]) -> None:
    """Feed the rows to a COPY."""
    for row in values:
        copy.write_row(row)


def stored(value: Any) -> Any:
    """Return a value as both engines take it."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)
    return value
