"""The closed lists that customers speak in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a customer is."""

    COMPANY = "company", _("Company")
    PERSON = "person", _("Person")


class Status(models.TextChoices):
    """Where a customer stands with the company."""

    PROSPECT = "prospect", _("Prospect")
    ACTIVE = "active", _("Active")
    DORMANT = "dormant", _("Dormant")
    LOST = "lost", _("Lost")
    BLACKLISTED = "blacklisted", _("Blacklisted")


class ImportState(models.TextChoices):
    """How far an import has come; it only moves forward, and `stopped` may be run again."""

    UPLOADED = "uploaded", _("Uploaded")
    CHECKED = "checked", _("Checked")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")
