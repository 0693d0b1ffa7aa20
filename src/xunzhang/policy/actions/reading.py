"""What one was told has been read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.lib.errors import Refused
from xunzhang.policy.actions.recording import record
from xunzhang.policy.choices import NotificationKind
from xunzhang.policy.models import Notification


@transaction.atomic
def mark_read(*, notification: int, by: int, at: datetime) -> Notification:
    """The person has read it; of a notice of the policy the ledger is told. `notice.read`."""
    row = Notification.objects.select_for_update().filter(pk=notification, person=str(by)).first()
    if row is None:
        raise Refused("notification-unknown", _("There is no such message for you."))
    if row.read_at is None:
        row.read_at = at
        row.save(update_fields=["read_at"])
        if row.kind == NotificationKind.NOTICE:
            record(type="notice.read", by=by, at=at, keys={"rule": row.rule})
    return row


@transaction.atomic
def mark_all_read(*, by: int, at: datetime) -> int:
    """The person has read everything; returns how much it was."""
    unread = Notification.objects.filter(person=str(by), read_at__isnull=True).order_by("pk")
    numbers = list(unread.values_list("pk", flat=True))
    for number in numbers:
        mark_read(notification=number, by=by, at=at)
    return len(numbers)
