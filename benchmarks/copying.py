"""Many rows like one that is there, made by the database itself."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection
from django.db.models import Model

PORTION = 50_000
NUMBERS = """
WITH RECURSIVE numbers(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM numbers WHERE n < {last})
"""
DIGEST = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "md5(n::text)"}


def copy_rows(sample: Model, numbers: range, changed: Mapping[str, str]) -> None:
    """Insert a row like the sample for each number `n`; `changed` gives columns their SQL.

    A key that counts by itself goes on counting.
    """
    meta = sample._meta  # noqa: SLF001 (Django's name for it)
    columns = [
        str(field.column) for field in meta.concrete_fields if field.column not in counted(sample)
    ]
    quoted = [connection.ops.quote_name(column) for column in columns]
    values = [
        changed.get(column, f"sample.{name}") for column, name in zip(columns, quoted, strict=True)
    ]
    for start in range(numbers.start, numbers.stop, PORTION):
        series = NUMBERS.format(first=start, last=min(start + PORTION, numbers.stop) - 1)
        with connection.cursor() as cursor:
            cursor.execute(
                f"{series if connection.vendor == 'sqlite' else ''} "
                f"INSERT INTO {meta.db_table} ({', '.join(quoted)}) "
                f"{series if connection.vendor == 'postgresql' else ''} "
                f"SELECT {', '.join(values)} FROM {meta.db_table} sample CROSS JOIN numbers "
                f"WHERE sample.{meta.pk.column} = {sample.pk}"
            )


def counted(sample: Model) -> set[str]:
    """Return the column that the database counts by itself."""
    key = sample._meta.pk  # noqa: SLF001 (Django's name for it)
    return {str(key.column)} if key.get_internal_type() == "BigAutoField" else set()


def analyse() -> None:
    """Let the database learn its figures."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
