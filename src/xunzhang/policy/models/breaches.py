"""Breaches, and the sanctions that are proposed for them."""

# ruff: noqa: DJ001 (what is absent differs from what is empty)
from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from xunzhang.policy.choices import SanctionState
from xunzhang.policy.codec import FactsField


def both_or_neither(name: str, one: str, two: str) -> models.CheckConstraint:
    """The constraint that two columns are set together."""
    both = Q(**{f"{one}__isnull": False, f"{two}__isnull": False})
    neither = Q(**{f"{one}__isnull": True, f"{two}__isnull": True})
    return models.CheckConstraint(name=name, condition=both | neither)


class BreachRow(models.Model):
    """A named failing: `at` is when it began, `on` the day to which it belongs."""

    id = models.BigIntegerField(primary_key=True)
    code = models.CharField(max_length=160)
    policy = models.CharField(max_length=100)
    version = models.CharField(max_length=60)
    article = models.CharField(max_length=60)
    rule = models.CharField(max_length=160)
    who = FactsField()
    count = FactsField()
    at = models.DateTimeField()
    on = models.DateField()
    keys = FactsField()
    facts = FactsField()
    again = models.BooleanField(default=False)
    duty = models.BigIntegerField(null=True)
    customer = models.CharField(max_length=40, null=True)
    case = models.CharField(max_length=60, null=True)

    class Meta:
        verbose_name = _("breach")
        verbose_name_plural = _("breaches")
        indexes = (
            models.Index(fields=("at", "id"), name="breach_in_time"),
            models.Index(fields=("customer", "id"), name="breach_of_customer"),
            models.Index(fields=("case", "id"), name="breach_of_case"),
            models.Index(fields=("duty",), name="breach_of_duty"),
            models.Index(fields=("code", "at"), name="breach_of_code"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.id} {self.code}"


class BreachPerson(models.Model):
    """One of those in breach."""

    breach = models.ForeignKey(BreachRow, models.CASCADE, related_name="people")
    person = models.CharField(max_length=40)
    policy = models.CharField(max_length=100)
    code = models.CharField(max_length=160)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("breach", "person"), name="breach_person_once"),
        )
        indexes = (
            models.Index(fields=("person", "policy", "code", "breach"), name="breach_of_person"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.person}: {self.breach_id}"


class SanctionRow(models.Model):
    """A proposal, and what people decided about it. `amount` is the fine that a person settled on."""

    id = models.BigIntegerField(primary_key=True)
    breach = models.ForeignKey(BreachRow, models.PROTECT, related_name="sanctions")
    uid = models.CharField(max_length=300)
    policy = models.CharField(max_length=100)
    version = models.CharField(max_length=60)
    article = models.CharField(max_length=60)
    rule = models.CharField(max_length=160)
    who = FactsField()
    confirm = FactsField()
    facts = FactsField()
    breach_because = FactsField()
    number = models.IntegerField()
    customer = models.CharField(max_length=40, null=True)
    fine = FactsField(null=True)
    step = models.TextField(null=True)
    deduct = models.TextField(null=True)
    choose = FactsField(null=True)
    doubled = models.BooleanField(default=False)
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=SanctionState, default=SanctionState.PROPOSED)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    chosen = models.CharField(max_length=300, blank=True, default="")
    reason = models.CharField(max_length=500, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=40, null=True)
    appeal = models.TextField(blank=True, default="")
    appealed_at = models.DateTimeField(null=True)
    appealed_by = models.CharField(max_length=40, null=True)
    answer = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=40, null=True)

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        indexes = (
            models.Index(fields=("state", "id"), name="sanction_by_state"),
            models.Index(fields=("customer", "id"), name="sanction_of_customer"),
        )
        constraints = (
            both_or_neither("sanction_decided_by_and_at", "decided_at", "decided_by"),
            both_or_neither("sanction_appealed_by_and_at", "appealed_at", "appealed_by"),
            both_or_neither("sanction_answered_by_and_at", "answered_at", "answered_by"),
            models.CheckConstraint(
                name="sanction_answer_needs_appeal",
                condition=Q(answered_at__isnull=True) | Q(appealed_at__isnull=False),
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.id} {self.uid} {self.state}"


class SanctionPerson(models.Model):
    """One of those for whom a sanction is proposed, or who may decide about it."""

    sanction = models.ForeignKey(SanctionRow, models.CASCADE, related_name="people")
    person = models.CharField(max_length=40)
    rule = models.CharField(max_length=160)
    decides = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("sanction", "person", "decides"), name="sanction_person_once"
            ),
        )
        indexes = (
            models.Index(
                fields=("person", "decides", "rule", "sanction"), name="sanction_of_person"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.person}: {self.sanction_id}"
