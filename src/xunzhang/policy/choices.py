"""The states that the policy's rows pass through."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EditionState(models.TextChoices):
    """Whether an edition governs."""

    DRAFT = "draft", _("draft")
    ADOPTED = "adopted", _("adopted")
    WITHDRAWN = "withdrawn", _("withdrawn")


class DutyState(models.TextChoices):
    """The life of a duty; `waiting` is not shown to anybody."""

    WAITING = "waiting", _("not open yet")
    OPEN = "open", _("open")
    SUSPENDED = "suspended", _("suspended")
    OVERDUE = "overdue", _("overdue")
    DONE = "done", _("done in time")
    LATE = "late", _("done late")
    CANCELLED = "cancelled", _("cancelled")


class SanctionState(models.TextChoices):
    """What was decided about a proposal."""

    PROPOSED = "proposed", _("proposed")
    CONFIRMED = "confirmed", _("confirmed")
    LOWERED = "lowered", _("lowered")
    WAIVED = "waived", _("waived")


class RequestState(models.TextChoices):
    """The life of a request for approval."""

    OPEN = "open", _("waiting for approval")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    RETURNED = "returned", _("returned for completion")
    USED = "used", _("carried out")


class Decision(models.TextChoices):
    """What somebody said to a request."""

    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    RETURNED = "returned", _("returned for completion")
    DELEGATED = "delegated", _("delegated")


class NotificationKind(models.TextChoices):
    """Why somebody is told something."""

    DUTY = "duty", _("new duty")
    REMINDER = "reminder", _("reminder")
    ESCALATION = "escalation", _("escalation")
    NOTICE = "notice", _("notice")
    SANCTION = "sanction", _("sanction proposed")
    CONFIRM = "confirm", _("sanction to decide")
    APPROVAL = "approval", _("approval wanted")
    ANSWER = "answer", _("answer to a request")


class Bucket(models.TextChoices):
    """How duties are laid out on a desk."""

    TODAY = "today", _("Due today")
    OVERDUE = "overdue", _("Overdue")
    COMING = "coming", _("Coming")
    DONE = "done", _("Done")
