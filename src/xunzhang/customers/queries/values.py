"""What stands in a column, each value once."""

from __future__ import annotations

from django.db import connection

from xunzhang.customers.models import Customer

MOST = 80
LIVE = "archived_at IS NULL AND merged_into_id IS NULL"
# Steps from one value to the next in the column's index: a million rows cost what their values cost
STEPS = """
WITH RECURSIVE step(value) AS (
  SELECT MIN({column}) FROM {table} WHERE {column} > '' AND {live}
  UNION ALL
  SELECT (SELECT MIN({column}) FROM {table} WHERE {column} > step.value AND {live})
  FROM step WHERE step.value IS NOT NULL
)
SELECT value FROM step WHERE value IS NOT NULL LIMIT {most}
"""
ARCHIVED = """
SELECT DISTINCT {column} FROM {table}
WHERE {column} > '' AND archived_at IS NOT NULL AND merged_into_id IS NULL
ORDER BY {column} LIMIT {most}
"""


def values_in_use(column: str, *, archived: bool = False) -> list[str]:
    """Return the first MOST values of an indexed column, in order, without the empty one.

    They are those of the list that is looked at, so that each leads to customers: what only archived customers have
    is offered for the archived ones alone.
    """
    meta = Customer._meta  # noqa: SLF001 (Django's name for it)
    name = connection.ops.quote_name(str(meta.get_field(column).name))
    table = connection.ops.quote_name(meta.db_table)
    with connection.cursor() as cursor:
        statement = ARCHIVED if archived else STEPS
        cursor.execute(statement.format(column=name, table=table, live=LIVE, most=MOST))
        return [row[0] for row in cursor.fetchall()]
