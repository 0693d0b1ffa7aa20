"""Customer: one company or person, and the words by which it is found."""

# ruff: noqa: DJ001 (two customers without a code of their own are no duplicates)
from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from xunzhang.customers.choices import Kind, Status


class OwnerOrPool(models.Func):
    """The owner's id, 0 for the pool; the zero stands in the text so that the index is recognised."""

    template = "COALESCE(%(expressions)s, 0)"
    output_field = models.BigIntegerField()

    def __init__(self) -> None:
        super().__init__(models.F("owner_id"))


class FiledOrNot(models.Func):
    """1 for a filed customer, 0 for another; the numbers stand in the text so that the index is recognised."""

    template = "CASE WHEN %(expressions)s IS NULL THEN 0 ELSE 1 END"
    output_field = models.IntegerField()

    def __init__(self) -> None:
        super().__init__(models.F("filed_at"))


LIVE = Q(archived_at__isnull=True, merged_into__isnull=True)
GONE = Q(archived_at__isnull=False) | Q(merged_into__isnull=False)
# What a list may be narrowed by stands behind the sort order, so that an index alone says which rows pass
NARROWING = ("owner", "status", "filed_at", "grade", "industry", "region", "kind")


def walked(name: str, *first: str | models.Func) -> models.Index:
    """Return an index in the order of the first columns that knows of each live customer whether it passes a filter."""
    rest = [column for column in NARROWING if column not in first]
    return models.Index(*first, *rest, name=name, condition=LIVE)


class Customer(models.Model):
    """A company or person; without an owner it lies in the pool. Rows are never deleted."""

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.COMPANY)
    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=200, editable=False)
    sound_key = models.CharField(max_length=200, editable=False)
    code = models.CharField(_("customer number"), max_length=40)
    uscc = models.CharField(_("unified social credit code"), max_length=18, null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    region = models.CharField(_("region"), max_length=60, blank=True)
    industry = models.CharField(_("industry"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    grade = models.CharField(_("grade"), max_length=20, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PROSPECT)
    source = models.CharField(_("source"), max_length=60, blank=True)
    owner = models.ForeignKey(
        "organisation.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("owner"),
    )
    owner_since = models.DateTimeField(null=True, blank=True)
    filed_at = models.DateTimeField(_("filed at"), null=True, blank=True)
    birthday = models.DateField(_("birthday"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    keys = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    revision = models.PositiveIntegerField(default=1, editable=False)
    creation_token = models.CharField(max_length=64, null=True, blank=True, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        "organisation.Person", models.PROTECT, null=True, related_name="+", db_index=False
    )
    archived_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed", db_index=False
    )

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        permissions = [
            ("see_all", _("May see every customer")),
            ("reveal", _("May see personal data in full, with a reason")),
            ("assign", _("May give customers to others")),
        ]
        # What most customers lack is kept out of its index: thousands of new ones need not be put there
        constraints = [
            models.UniqueConstraint(fields=["code"], name="customer_code"),
            models.UniqueConstraint(
                fields=["uscc"],
                name="customer_uscc",
                condition=Q(uscc__isnull=False),
                violation_error_code="unique",
                violation_error_message=_("Another customer has this credit code."),
            ),
            models.UniqueConstraint(
                fields=["creation_token"],
                name="customer_creation_token",
                condition=Q(creation_token__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=True, owner_since__isnull=True)
                | Q(owner__isnull=False, owner_since__isnull=False),
                name="customer_owner_has_since",
            ),
        ]
        indexes = [
            models.Index(fields=["name_key"], name="customer_name_key"),
            models.Index(fields=["sound_key"], name="customer_sound_key"),
            models.Index(fields=["phone"], name="customer_phone"),
            models.Index(fields=["id"], name="customer_filed", condition=Q(filed_at__isnull=False)),
            models.Index(
                fields=["id"], name="customer_archived", condition=Q(archived_at__isnull=False)
            ),
            models.Index(
                fields=["merged_into"],
                name="customer_merged",
                condition=Q(merged_into__isnull=False),
            ),
            models.Index(fields=["id"], name="customer_gone", condition=GONE),
            walked("customer_of_status", "status", "id"),
            walked("customer_of_region", "region", "id"),
            walked("customer_of_industry", "industry", "id"),
            walked("customer_by_name", "name", "id"),
            walked("customer_by_created", "created_at", "id"),
            walked("customer_by_grade", "grade", "id"),
            walked("customer_by_owner", OwnerOrPool(), "id"),
            walked("customer_of_owner_by_name", OwnerOrPool(), "name", "id"),
            walked("customer_of_region_by_name", "region", "name", "id"),
            walked("customer_of_trade_by_grade", "region", "industry", "grade", "id"),
            models.Index(
                "status",
                FiledOrNot(),
                "grade",
                "industry",
                "region",
                "owner",
                "kind",
                "name",
                "created_at",
                name="customer_by_everything",
                condition=LIVE,
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name

    @property
    def in_pool(self) -> bool:
        """True while nobody owns the customer."""
        return self.owner_id is None

    @property
    def filed(self) -> bool:
        """True from the moment of filing on."""
        return self.filed_at is not None


class SearchEntry(models.Model):
    """What a customer is found by: normalised name, pinyin, initials, and the index tokens.

    `tokens` are separated by spaces; each engine keeps its own index over them.
    """

    customer = models.OneToOneField(
        Customer, models.CASCADE, primary_key=True, related_name="search_entry"
    )
    text = models.CharField(max_length=200)
    initials = models.CharField(max_length=200)
    pinyin = models.CharField(max_length=1400)
    tokens = models.TextField()

    @override
    def __str__(self) -> str:
        return self.text
