"""The counter from which customer numbers are drawn."""

from __future__ import annotations

from django.db import models
from typing_extensions import override


class Numbering(models.Model):
    """`next` is the first number that nobody has been given yet."""

    name = models.CharField(max_length=40, primary_key=True)
    next = models.PositiveBigIntegerField(default=1)

    @override
    def __str__(self) -> str:
        return f"{self.name} {self.next}"
