"""What happened: kept in the ledger, and worked through by the law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from xunzhang.law.outcome import Outcome


def record(
    *, type: str, by: int | None, at: datetime, keys: Mapping[str, Any], token: str = ""
) -> Outcome:
    """Something happened."""
    return Outcome()


def record_many(events: Iterable[Mapping[str, Any]]) -> Outcome:
    """Much happened."""
    return Outcome()
