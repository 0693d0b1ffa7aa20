"""What else follows from an event: points, assignments, and what people are told."""

# ruff: noqa: DJ001 (what is absent differs from what is empty)
from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from xunzhang.policy.choices import NotificationKind
from xunzhang.policy.codec import FactsField


class AwardRow(models.Model):
    """Points for a person or a customer."""

    to = models.CharField(max_length=40)
    points = models.DecimalField(max_digits=14, decimal_places=4)
    because = FactsField()
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("to", "at"), name="award_of_person"),)

    @override
    def __str__(self) -> str:
        return f"{self.to} {self.points}"


class AssignmentRow(models.Model):
    """A customer or a case that the law gave to somebody, or to the pool."""

    customer = models.CharField(max_length=40, null=True)
    case = models.CharField(max_length=60, null=True)
    to = models.CharField(max_length=40)
    because = FactsField()
    at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=("customer", "at"), name="assignment_of_customer"),
            models.Index(fields=("case", "at"), name="assignment_of_case"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.customer or self.case} → {self.to}"


class Notification(models.Model):
    """Something that a person is told inside the product; `subject` names what it is about (duty/12)."""

    person = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=NotificationKind)
    rule = models.CharField(max_length=160, blank=True, default="")
    because = FactsField()
    zh = models.TextField()
    en = models.TextField()
    subject = models.CharField(max_length=80, blank=True, default="")
    customer = models.CharField(max_length=40, null=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("person", "created_at", "id"), name="notification_inbox"),
            models.Index(
                fields=("person",), name="notification_unread", condition=Q(read_at__isnull=True)
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.person}: {self.zh[:40]}"


class OutboxMail(models.Model):
    """A notification that goes out by mail as well; `sent_at` is null until it has gone."""

    notification = models.OneToOneField(Notification, models.CASCADE, related_name="mail")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True, default="")

    class Meta:
        indexes = (
            models.Index(fields=("id",), name="mail_to_send", condition=Q(sent_at__isnull=True)),
        )

    @override
    def __str__(self) -> str:
        return f"{self.notification_id}"
