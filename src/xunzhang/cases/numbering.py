"""Numbers of cases and forms: TS-2026-0001, counted for each kind and year, never given twice."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.timezone import localtime

from xunzhang.cases.models import Numbering


def draw(prefix: str, *, at: datetime) -> str:
    """Return the next number of a series; whoever draws waits for the one before. Call it in a transaction."""
    series = f"{prefix}-{localtime(at):%Y}"
    Numbering.objects.get_or_create(series=series)
    Numbering.objects.filter(series=series).update(next=F("next") + 1)
    number = Numbering.objects.get(series=series).next - 1
    return f"{series}-{number:04d}"
