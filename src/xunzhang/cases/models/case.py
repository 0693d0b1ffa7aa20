"""Case: one complaint, repair, project, … and the people who have to do with it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class Case(models.Model):
    """One case. Its number is the law's id of it.

    `process` names the process of the edition that it began under (policy@version/CODE). Process, stage and
    handler are what the law says, written down beside each event so that lists can be narrowed by them.
    """

    number = models.CharField(_("number"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    customer = models.ForeignKey(
        "customers.Customer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("customer"),
    )
    process = models.CharField(_("process"), max_length=200, blank=True, default="")
    process_code = models.CharField(max_length=100, blank=True, default="", editable=False)
    stage = models.CharField(_("stage"), max_length=100, blank=True, default="")
    stage_since = models.DateTimeField(null=True, blank=True)
    handler = models.ForeignKey(
        "organisation.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handler"),
    )
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(
        "organisation.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("opened by"),
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    token = models.CharField(max_length=64, null=True, blank=True, editable=False)  # noqa: DJ001 (unique where there is one)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        permissions = [("see_all", _("May see every case"))]
        constraints = [
            models.UniqueConstraint(
                fields=["opened_by", "token"],
                condition=models.Q(token__isnull=False),
                name="cases_taken_in_once",
            ),
        ]
        indexes = [
            models.Index(fields=["opened_at", "id"], name="cases_by_opened"),
            models.Index(fields=["kind", "opened_at", "id"], name="cases_by_kind"),
            models.Index(fields=["process_code", "stage"], name="cases_by_stage"),
        ]

    @override
    def __str__(self) -> str:
        return self.number

    @property
    def closed(self) -> bool:
        """True once nothing more is asked."""
        return self.closed_at is not None


class Involvement(models.Model):
    """Somebody whom a case has asked for something, or told; he goes on seeing it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="involvements")
    person = models.ForeignKey("organisation.Person", models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("involvement")
        verbose_name_plural = _("involvements")
        constraints = [
            models.UniqueConstraint(fields=["person", "case"], name="cases_involvement_once"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.case} · {self.person}"
