"""What the engine keeps for itself: timers, small facts, and what it knows of cases."""

# ruff: noqa: DJ001 (what is absent differs from what is empty)
from __future__ import annotations

from django.db import models
from typing_extensions import override

from xunzhang.policy.codec import FactsField


class TimerRow(models.Model):
    """Something that goes off at `at`. `run_at` is when it is tried: later than `at` after it has failed."""

    at = models.DateTimeField()
    run_at = models.DateTimeField()
    phase = models.SmallIntegerField()
    uid = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=200)
    plan = models.IntegerField()
    nth = models.IntegerField()
    failures = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("run_at", "phase", "uid"), name="timer_next"),)

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.at:%Y-%m-%d %H:%M}"


class MemoryRow(models.Model):
    """A small fact of the engine's own, by its key in canonical text."""

    key = models.CharField(max_length=400, primary_key=True)
    value = FactsField()

    @override
    def __str__(self) -> str:
        return self.key


class CaseRow(models.Model):
    """What the law knows of a case; `process` names the process of the edition under which it began."""

    id = models.CharField(max_length=60, primary_key=True)
    process = models.CharField(max_length=300, null=True)
    stage = models.CharField(max_length=100, null=True)
    handler = models.CharField(max_length=40, null=True)
    late = models.BooleanField(default=False)
    entered = FactsField()
    values = FactsField()
    customer = models.CharField(max_length=40, null=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=("process", "stage"), name="case_by_stage"),
            models.Index(fields=("customer",), name="case_of_customer"),
            models.Index(fields=("handler",), name="case_of_handler"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.id} {self.stage or ''}".strip()
