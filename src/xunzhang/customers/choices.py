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
    """How far an import has come. `to_check`, `queued` and `running` are the worker's; `stopped` may be run again."""

    UPLOADED = "uploaded", _("Uploaded")
    TO_CHECK = "to_check", _("Being checked")
    CHECKED = "checked", _("Checked")
    QUEUED = "queued", _("Waiting for the worker")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")
