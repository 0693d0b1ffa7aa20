"""Numbers and room for rows that are about to be inserted."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import connection
from django.db.models import Max, QuerySet

# Each portion changes pages of all indexes again: they are kept in memory, and copied from the log into the database
# once for several portions
ROOM = {"cache_size": -64 * 1024, "wal_autocheckpoint": 8_000}


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


@contextmanager
def room_to_write() -> Iterator[None]:
    """Give SQLite room for the pages that many new rows touch: each row stands in a score of indexes."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = {name: asked(cursor, name) for name in ROOM}
        try:
            for name, value in ROOM.items():
                asked(cursor, f"{name} = {value}")
            yield
        finally:
            for name, value in usual.items():
                asked(cursor, f"{name} = {value}")


@contextmanager
def collecting_between() -> Iterator[Callable[[], object]]:
    """Look for cycles only when called; else each few hundred new rows make Python look through all that live."""
    usual = gc.isenabled()
    gc.disable()
    try:
        yield partial(gc.collect, 1)
    finally:
        if usual:
            gc.enable()


def asked(cursor: Any, pragma: str) -> Any:
    """Return what a PRAGMA of SQLite answers, if anything."""
    answer = cursor.execute(f"PRAGMA {pragma}").fetchone()
    return answer[0] if answer else None
