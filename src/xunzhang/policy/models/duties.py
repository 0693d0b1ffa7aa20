"""Duties and the people who owe them."""

# ruff: noqa: DJ001 (what is absent differs from what is empty)
from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from xunzhang.policy.choices import DutyState
from xunzhang.policy.codec import FactsField


class DutyRow(models.Model):
    """One duty. `live` while waiting, open, suspended or overdue; `due_at` is the first overdue moment.

    `fixed` holds what never changes after opening: match, key, opening facts, chain, served period.
    """

    id = models.BigIntegerField(primary_key=True)
    policy = models.CharField(max_length=100)
    version = models.CharField(max_length=60)
    article = models.CharField(max_length=60)
    rule = models.CharField(max_length=160)
    uid = models.CharField(max_length=300)
    key_digest = models.CharField(max_length=32)
    state = models.CharField(max_length=10, choices=DutyState)
    live = models.BooleanField()
    who = FactsField()
    opened_at = models.DateTimeField()
    opened_seq = models.BigIntegerField()
    due_on = models.DateField(null=True)
    due_moment = models.DateTimeField(null=True)
    due_at = models.DateTimeField(_("overdue from"), null=True)
    customer = models.CharField(max_length=40, null=True)
    case = models.CharField(max_length=60, null=True)
    fixed = FactsField()
    plan = models.IntegerField(default=0)
    suspended_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_seq = models.BigIntegerField(null=True)
    breaches = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    claimed_by = models.CharField(max_length=40, null=True)
    claimed_at = models.DateTimeField(null=True)
    excuse = models.CharField(_("reason for the excuse"), max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        indexes = (
            models.Index(
                fields=("policy", "rule", "key_digest"), name="duty_live", condition=Q(live=True)
            ),
            models.Index(fields=("policy", "rule", "key_digest"), name="duty_ever"),
            models.Index(fields=("due_at", "id"), name="duty_live_by_due", condition=Q(live=True)),
            models.Index(fields=("customer", "id"), name="duty_of_customer"),
            models.Index(fields=("case", "id"), name="duty_of_case"),
            models.Index(
                fields=("closed_at", "id"), name="duty_closed", condition=Q(closed_at__isnull=False)
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="duty_claimed_by_and_at",
                condition=Q(claimed_by__isnull=True, claimed_at__isnull=True)
                | Q(claimed_by__isnull=False, claimed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="duty_live_while_open",
                condition=Q(live=True, closed_at__isnull=True)
                | Q(live=False, closed_at__isnull=False),
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.id} {self.uid} {self.state}"


class DutyPerson(models.Model):
    """One of those who owe a duty; what lists sort and filter by is kept beside it."""

    duty = models.ForeignKey(DutyRow, models.CASCADE, related_name="people")
    person = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=DutyState)
    live = models.BooleanField()
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("duty", "person"), name="duty_person_once"),)
        indexes = (
            models.Index(fields=("person", "live", "due_at", "duty"), name="duty_person_desk"),
            models.Index(
                fields=("person", "closed_at", "duty"),
                name="duty_person_done",
                condition=Q(live=False),
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.person}: {self.duty_id}"
