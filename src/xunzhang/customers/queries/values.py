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


def values_in_use(column: str) -> list[str]:
    """Return the first MOST values of an indexed column, in order, the empty one and the archived left out."""
    meta = Customer._meta  # noqa: SLF001 (Django's name for it)
    name = connection.ops.quote_name(str(meta.get_field(column).name))
    table = connection.ops.quote_name(meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(STEPS.format(column=name, table=table, live=LIVE, most=MOST))
        return [row[0] for row in cursor.fetchall()]
