"""What changed at a customer, and which customers were merged."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from typing_extensions import override

from xunzhang.customers.models.customer import Customer


class CustomerChange(models.Model):
    """One key of one customer took another value at an instant; never edited afterwards."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="changes", db_index=False)
    at = models.DateTimeField()
    by = models.ForeignKey(
        "organisation.Person", models.PROTECT, null=True, related_name="+", db_index=False
    )
    key = models.CharField(max_length=80)
    old = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    new = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["customer", "at", "id"], name="change_of_customer"),
            models.Index(fields=["customer", "key", "at", "id"], name="change_of_key"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.key}: {self.old} → {self.new}"


class CustomerMerge(models.Model):
    """One customer was absorbed by another, with what is needed to undo it.

    `moved` holds `{"contacts": [id, …], "filled": {key: [old, new]}}`.
    """

    kept = models.ForeignKey(Customer, models.PROTECT, related_name="merges")
    lost = models.ForeignKey(Customer, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=300)
    moved = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        "organisation.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )

    @override
    def __str__(self) -> str:
        return f"{self.lost_id} → {self.kept_id}"
