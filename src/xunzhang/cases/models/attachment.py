"""Attachment: a file beside a form or a case, kept in the data directory."""

from __future__ import annotations

from pathlib import PurePath
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


def place(attachment: Attachment, name: str) -> str:
    """Return where a file is kept: under a name of our own, so that no name from outside reaches the disk."""
    return f"cases/{attachment.added_at:%Y-%m}/{uuid4().hex}{PurePath(name).suffix.lower()}"


class Attachment(models.Model):
    """One file; the key is what the form's value says. While it is `loose` nothing that was kept names it yet."""

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    case = models.ForeignKey(
        "cases.Case", models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    file = models.FileField(_("file"), upload_to=place, max_length=200)
    name = models.CharField(_("name"), max_length=200)
    size = models.PositiveIntegerField(_("size"))
    loose = models.BooleanField(default=False)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(
        "organisation.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("added by"),
    )

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        indexes = (
            models.Index(
                fields=("added_at",), condition=models.Q(loose=True), name="attachment_loose"
            ),
        )

    @override
    def __str__(self) -> str:
        return self.name
