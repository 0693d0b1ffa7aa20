"""Edition: one version of a policy, as it was adopted."""

# ruff: noqa: DJ001 (what is absent differs from what is empty)
from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from xunzhang.policy.choices import EditionState


class Edition(models.Model):
    """The text of a policy from `effective` until `until` (exclusive; open when null)."""

    policy = models.CharField(_("policy"), max_length=100)
    version = models.CharField(_("version"), max_length=60)
    title = models.JSONField(_("title"), default=dict)
    effective = models.DateField(_("effective from"))
    until = models.DateField(_("until"), null=True, blank=True)
    source = models.TextField(_("text"))
    digest = models.CharField(max_length=64, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=EditionState, default=EditionState.DRAFT
    )
    adopted_at = models.DateTimeField(_("adopted at"), null=True, blank=True)
    adopted_by = models.CharField(max_length=40, null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.CharField(max_length=40, null=True, blank=True)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ("policy", "effective", "version")
        permissions = (
            ("adopt", _("May adopt and withdraw policies")),
            ("see_all", _("May see every duty, breach and sanction")),
            ("see_ledger", _("May read the ledger")),
            ("excuse", _("May excuse anybody from a duty")),
        )
        constraints = (
            models.UniqueConstraint(fields=("policy", "version"), name="edition_once"),
            models.CheckConstraint(
                name="edition_adopted_has_moment",
                condition=Q(status=EditionState.DRAFT, adopted_at__isnull=True)
                | (~Q(status=EditionState.DRAFT) & Q(adopted_at__isnull=False)),
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.policy}@{self.version}"
