"""Counts that are exact up to a thousand, and said to be more beyond."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

MOST = 1_000


@dataclass(frozen=True, slots=True)
class Count:
    """How many; `more` when there are more than this."""

    number: int
    more: bool = False


def count_of(rows: QuerySet[Any]) -> Count:
    """Return how many rows there are, without walking through more than a thousand."""
    found = rows.order_by().values("pk")[: MOST + 1].count()
    return Count(min(found, MOST), found > MOST)
