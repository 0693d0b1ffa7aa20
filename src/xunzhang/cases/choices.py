"""The kinds of case that the product has words for; a policy may name others."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a case is about; `case:` of a process names it."""

    COMPLAINT = "complaint", _("Complaint")
    ENQUIRY = "enquiry", _("Enquiry")
    REPAIR = "repair", _("Repair")
    PROJECT = "project", _("Customer project")
    RECEPTION = "reception", _("Reception")
    EXPENSE = "expense", _("Expense")
    FILING = "filing", _("Customer filing")
    VISIT = "visit", _("Customer visit")
    VEHICLE_FILE = "vehicle-file", _("New-car file")
    SERVICE_FILE = "service-file", _("After-sales file")


PREFIXES = {
    Kind.COMPLAINT: "TS",
    Kind.ENQUIRY: "ZX",
    Kind.REPAIR: "WX",
    Kind.PROJECT: "GC",
    Kind.RECEPTION: "JD",
    Kind.EXPENSE: "FY",
    Kind.FILING: "BA",
    Kind.VISIT: "BF",
    Kind.VEHICLE_FILE: "XC",
    Kind.SERVICE_FILE: "SH",
}
"""The letters before a number: the initials of the Chinese word."""

OTHER_PREFIX = "GA"
FORM_PREFIX = "BD"


def prefix_of(kind: str) -> str:
    """Return the letters before the numbers of a kind of case."""
    return PREFIXES[Kind(kind)] if kind in Kind.values else OTHER_PREFIX


def kind_name(kind: str) -> str:
    """Return a kind in the reader's language; a policy's own word as it is written."""
    return str(Kind(kind).label) if kind in Kind.values else kind
