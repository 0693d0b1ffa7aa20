"""Personal data is shown masked; in full only to who may, for a reason, and that is recorded."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.customers.access import customer_to_see, may
from xunzhang.customers.models import Customer
from xunzhang.lib.errors import Invalid, Refused
from xunzhang.organisation.models import Person
from xunzhang.policy import actions as policy

REVEALABLE = ("phone", "uscc", "birthday", "address")
REVEALABLE_OF_CONTACT = ("phone", "mobile", "email", "wechat")


def masked_phone(phone: str) -> str:
    """138****1234; a short number keeps its last two digits."""
    if len(phone) < 7:
        return "*" * max(len(phone) - 2, 0) + phone[-2:] if phone else ""
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"


def masked_email(email: str) -> str:
    """z***@example.com."""
    name, at, host = email.partition("@")
    return f"{name[:1]}***{at}{host}" if at else masked_id(email)


def masked_id(number: str) -> str:
    """The first two and last two characters; anything shorter than six is hidden whole."""
    return (
        "*" * len(number)
        if len(number) < 6
        else f"{number[:2]}{'*' * (len(number) - 4)}{number[-2:]}"
    )


def may_reveal(person: Person, customer: Customer) -> bool:
    """Say whether the person may see this customer's personal data in full, given a reason."""
    return customer.owner_id == person.pk or may(person, "customers.reveal")


@transaction.atomic
def reveal(
    *, customer: int, field: str, reason: str, by: int, at: datetime, contact: int | None = None
) -> str:
    """Return a personal field in full; that it was seen, by whom and why, is recorded."""
    allowed = REVEALABLE if contact is None else REVEALABLE_OF_CONTACT
    if field not in allowed:
        raise Invalid({"field": [_("Choose one of: %(fields)s.") % {"fields": ", ".join(allowed)}]})
    if not reason.strip():
        raise Invalid({"reason": [_("Say what the data is needed for.")]})
    person = Person.objects.get(pk=by)
    row = customer_to_see(person, customer)
    if not may_reveal(person, row):
        raise Refused(
            "reveal-forbidden",
            _("Only the owner and holders of the right to reveal may see this in full."),
        )
    keys = {"customer": row.pk, "field": field, "reason": reason.strip()}
    policy.require(action="customer.reveal", by=by, at=at, keys=keys)
    policy.record(type="customer.revealed", by=by, at=at, keys=keys)
    shown = row if contact is None else row.contacts.get(pk=contact)
    return str(getattr(shown, field) or "")
