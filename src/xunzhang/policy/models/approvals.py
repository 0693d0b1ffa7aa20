"""Requests for approval, and what was said to them."""

# ruff: noqa: DJ001 (what is absent differs from what is empty)
from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from xunzhang.policy.choices import Decision, RequestState
from xunzhang.policy.codec import FactsField


class ApprovalRequest(models.Model):
    """Somebody wants to do an action that needs steps; `steps` are those not yet given, the first is now.

    `entered` is what the asker had filled in where he was stopped, so that he can go on from there.
    """

    action = models.CharField(max_length=100)
    asker = models.CharField(max_length=40)
    keys = FactsField()
    keys_digest = models.CharField(max_length=32)
    customer = models.CharField(max_length=40, null=True)
    case = models.CharField(max_length=60, null=True)
    entered = FactsField(null=True)
    comment = models.TextField(blank=True, default="")
    status = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    steps = FactsField()
    because = FactsField()
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("request for approval")
        verbose_name_plural = _("requests for approval")
        indexes = (
            models.Index(fields=("asker", "action", "keys_digest"), name="request_of_asker"),
            models.Index(fields=("asker", "id"), name="request_outbox"),
            models.Index(fields=("customer", "id"), name="request_of_customer"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("asker", "action", "keys_digest"),
                condition=Q(status__in=("open", "returned")),
                name="request_open_once",
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.pk} {self.action} {self.status}"


class ApprovalSeat(models.Model):
    """Somebody who may give the present step of a request; `for_person` when he stands in for another."""

    request = models.ForeignKey(ApprovalRequest, models.CASCADE, related_name="seats")
    person = models.CharField(max_length=40)
    for_person = models.CharField(max_length=40)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("request", "person"), name="approval_seat_once"),
        )
        indexes = (models.Index(fields=("person", "request"), name="approval_inbox"),)

    @override
    def __str__(self) -> str:
        return f"{self.person}: {self.request_id}"


class ApprovalDecision(models.Model):
    """What somebody said to a request, and when."""

    request = models.ForeignKey(ApprovalRequest, models.CASCADE, related_name="decisions")
    decision = models.CharField(max_length=10, choices=Decision)
    by = models.CharField(max_length=40)
    to = models.CharField(max_length=40, null=True)
    comment = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    @override
    def __str__(self) -> str:
        return f"{self.request_id}: {self.decision}"
