"""The counters from which numbers are drawn."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class Numbering(models.Model):
    """One series, such as TS-2026; `next` is the first number of it that nobody has been given."""

    series = models.CharField(max_length=40, primary_key=True)
    next = models.PositiveBigIntegerField(default=1)

    @override
    def __str__(self) -> str:
        return f"{self.series} {self.next}"
