"""The ledger: what happened, in one chain, never changed and never taken out."""

# ruff: noqa: DJ001 (what is absent differs from what is empty)
from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from typing_extensions import override

from xunzhang.policy.codec import FactsField


class LedgerClosed(TypeError):
    """Somebody tried to change what the ledger holds."""


class EventRows(models.QuerySet["Event"]):
    """Events can be added and read."""

    @override
    def update(self, **kwargs: Any) -> NoReturn:
        raise LedgerClosed("Events are never changed.")

    @override
    def delete(self) -> NoReturn:
        raise LedgerClosed("Events are never deleted.")


class Event(models.Model):
    """One event. `digest` covers its content and the digest of the event before it."""

    seq = models.BigIntegerField(primary_key=True)
    type = models.CharField(max_length=100)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=40, null=True)
    customer = models.CharField(max_length=40, null=True)
    case = models.CharField(max_length=60, null=True)
    keys = FactsField()
    token = models.CharField(max_length=64, null=True, unique=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = EventRows.as_manager()

    class Meta:
        ordering = ("seq",)
        indexes = (
            models.Index(fields=("type", "customer", "seq"), name="event_of_customer"),
            models.Index(fields=("type", "case", "seq"), name="event_of_case"),
            models.Index(fields=("type", "by", "seq"), name="event_of_person"),
            models.Index(fields=("type", "at"), name="event_in_time"),
            models.Index(fields=("customer", "seq"), name="event_customer_line"),
            models.Index(fields=("case", "seq"), name="event_case_line"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.seq} {self.type}"

    @override
    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerClosed("Events enter the ledger through xunzhang.policy.actions.record.")

    @override
    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerClosed("Events are never deleted.")


class EventRef(models.Model):
    """By which values of a pattern of keys an event is found; only for patterns that a policy asks for."""

    seq = models.BigIntegerField()
    type = models.CharField(max_length=100)
    names = models.CharField(max_length=200)
    values_digest = models.CharField(max_length=32)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("type", "names", "values_digest", "seq"), name="event_ref_once"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.type} {self.names} → {self.seq}"


class EventPattern(models.Model):
    """A pattern of keys of a type whose events are all found through EventRef."""

    type = models.CharField(max_length=100)
    names = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("type", "names"), name="event_pattern_once"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.type} {self.names}"


class LedgerHead(models.Model):
    """The one row that whoever writes holds: the end of the chain, the last number, what is adopted."""

    seq = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")
    number = models.BigIntegerField(default=0)
    editions = models.CharField(max_length=64, default="")
    began_at = models.DateTimeField(null=True)

    @override
    def __str__(self) -> str:
        return f"{self.seq} {self.digest[:12]}"
