"""An import from a spreadsheet: the file, its mapping, its progress and its problems."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from xunzhang.customers.choices import ImportState


class ImportJob(models.Model):
    """One uploaded file on its way into the customer list.

    `rows_seen` moves in the same transaction as the rows it counts, so that a run that
    was killed continues exactly behind the last row kept.
    """

    file = models.FileField(upload_to="imports/%Y/%m/")
    file_name = models.CharField(max_length=200)
    header = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    by = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    rows_total = models.PositiveIntegerField(default=0)
    rows_seen = models.PositiveIntegerField(default=0)
    rows_created = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)

    @override
    def __str__(self) -> str:
        return self.file_name


class ImportProblem(models.Model):
    """One reason why one row is not taken: where, what stands there, what would be right."""

    job = models.ForeignKey(ImportJob, models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=100, blank=True)
    value = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=40)
    message = models.CharField(max_length=400)

    class Meta:
        indexes = [models.Index(fields=["job", "row"], name="problem_of_row")]

    @override
    def __str__(self) -> str:
        return f"{self.row} {self.column}: {self.message}"


class ColumnMapping(models.Model):
    """What a header meant the last time: header signature → {column index: field}."""

    signature = models.CharField(max_length=64, unique=True)
    mapping = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return self.signature
