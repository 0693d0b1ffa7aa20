"""Mail: what people are told inside the product also goes out to those who have an address."""

import logging
from datetime import datetime
from smtplib import SMTPException

from django.core.mail import send_mail
from django.db import transaction

from xunzhang.organisation.models import Person
from xunzhang.policy.models import OutboxMail

log = logging.getLogger(__name__)
AT_ONCE = 100
TRIES = 5


def send_due(at: datetime) -> int:
    """Send what waits; how many letters went. One that fails is kept with its error and tried again."""
    waiting = OutboxMail.objects.filter(sent_at__isnull=True, attempts__lt=TRIES).order_by("pk")
    return sum(_send(one.pk, at) for one in waiting[:AT_ONCE])


@transaction.atomic
def _send(number: int, at: datetime) -> int:
    row = (
        OutboxMail.objects.select_for_update(of=("self",))
        .select_related("notification")
        .get(pk=number)
    )
    if row.sent_at is not None:
        return 0
    row.attempts += 1
    address = _address(row.notification.person)
    try:
        if address:
            send_mail(
                _first_line(row.notification.zh),
                f"{row.notification.zh}\n\n{row.notification.en}",
                None,
                [address],
            )
        row.sent_at, row.error = at, ""
    except (OSError, SMTPException) as error:
        log.warning("A letter to %s could not be sent: %s", address, error)
        row.error = str(error)[:500]
    row.save(update_fields=["attempts", "sent_at", "error"])
    return int(row.sent_at is not None)


def _address(person: str) -> str:
    found = (
        Person.objects.filter(pk=person, left_at__isnull=True)
        .values_list("email", flat=True)
        .first()
    )
    return found or ""


def _first_line(text: str) -> str:
    return (text.splitlines() or [""])[0][:80]
