"""FormFiling: a form that somebody filled in, as it was filed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from xunzhang.policy.codec import FactsField


class FormFiling(models.Model):
    """A filed form. Rows are never changed: who has to correct one files it again.

    `edition` (policy@version) and `form` name the form as it was then; `values` are its fields with
    their types. A form without a case is about a customer, a person, a department or nothing.
    """

    number = models.CharField(_("number"), max_length=60, unique=True)
    case = models.ForeignKey(
        "cases.Case", models.PROTECT, null=True, blank=True, related_name="filings"
    )
    form = models.CharField(_("form"), max_length=100)
    edition = models.CharField(_("edition"), max_length=200)
    values = FactsField(_("values"), default=dict)
    filed_at = models.DateTimeField(_("filed at"))
    filed_by = models.ForeignKey(
        "organisation.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("filed by"),
    )
    event_seq = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    customer = models.ForeignKey(
        "customers.Customer", models.PROTECT, null=True, blank=True, related_name="+"
    )
    staff = models.ForeignKey(
        "organisation.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    department = models.ForeignKey(
        "organisation.Department", models.PROTECT, null=True, blank=True, related_name="+"
    )
    token = models.CharField(max_length=64, null=True, blank=True, editable=False)  # noqa: DJ001 (unique where there is one)

    class Meta:
        verbose_name = _("filed form")
        verbose_name_plural = _("filed forms")
        constraints = [
            models.UniqueConstraint(
                fields=["filed_by", "token"],
                condition=Q(token__isnull=False),
                name="cases_filed_once",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "form", "id"], name="cases_filing_of_case"),
            models.Index(fields=["form", "filed_at"], name="cases_filing_by_form"),
        ]

    @override
    def __str__(self) -> str:
        return self.number
