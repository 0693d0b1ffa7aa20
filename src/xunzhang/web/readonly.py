"""While a page is read nothing is written: statements that change rows are refused, but for the named tables."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.conf import settings
from django.db import connections

_CHANGE = re.compile(
    r"\b(?P<verb>INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE(?!\s+OF)|DELETE\s+FROM|CREATE|ALTER|DROP|TRUNCATE(?:\s+TABLE)?)"
    r"\s+(?:ONLY\s+)?[\"`]?(?P<table>\w+)",
    re.IGNORECASE,
)
_READING = re.compile(
    r"\s*\(*\s*(?:SELECT|EXPLAIN|VALUES|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|PRAGMA|SET|SHOW)\b",
    re.I,
)
_QUOTED = re.compile(r"'(?:[^']|'')*'")
ALLOWED_PREFIXES = ("django_session", "axes_")


class WroteWhileReading(RuntimeError):
    """A view that only reads tried to change a row; it belongs to `writes`."""


def refuse_writes(
    execute: Callable[..., Any], sql: str, params: Any, many: Any, context: dict[str, Any]
) -> Any:
    """Pass a statement on unless it changes a table that reading may not touch."""
    if table := changed_table(sql):
        raise WroteWhileReading(f"A reading view tried to change the table {table}: {sql[:120]}")
    return execute(sql, params, many, context)


def changed_table(sql: str) -> str | None:
    """Return the table that a statement changes, or None when it only reads or the table is allowed."""
    if _READING.match(sql):
        return None
    change = _CHANGE.search(_QUOTED.sub("''", sql))
    if change is None:
        return None
    table = change["table"].lower()
    allowed = (*ALLOWED_PREFIXES, *getattr(settings, "READING_MAY_LOG_TO", ()))
    return None if table.startswith(allowed) else table


@contextmanager
def only_reading() -> Iterator[None]:
    """Within this block no database connection changes a row."""
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(refuse_writes))
        yield
