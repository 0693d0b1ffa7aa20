"""The people through whom a customer is reached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.customers.actions.keeping import reached
from xunzhang.customers.models import Contact
from xunzhang.lib.errors import Invalid
from xunzhang.lib.records import keep, keep_revised
from xunzhang.lib.text import phone_key, tidy, tidy_long
from xunzhang.policy import actions as policy

LINES = ("name", "title", "department", "email", "wechat")
PHONES = ("phone", "mobile")
FIELDS = frozenset({*LINES, *PHONES, "note", "is_key_person"})


@transaction.atomic
def add_contact(
    *, customer: int, values: Mapping[str, Any], by: int | None, at: datetime
) -> Contact:
    """The customer has one more contact; `contact.added`."""
    row = reached(customer, by)
    contact = Contact(customer=row, **cleaned_contact(values))
    if not contact.name:
        raise Invalid({"name": [_("A contact needs a name.")]})
    policy.require(
        action="contact.add", by=by, at=at, keys={"customer": row.pk, "name": contact.name}
    )
    keep(contact)
    policy.record(
        type="contact.added",
        by=by,
        at=at,
        keys={"customer": row.pk, "contact": contact.pk, "key_person": contact.is_key_person},
    )
    return contact


@transaction.atomic
def change_contact(
    *, contact: int, revision: int, changes: Mapping[str, Any], by: int | None, at: datetime
) -> Contact:
    """The contact holds the new values; `contact.changed`."""
    row = contact_to_change(contact, by)
    values = {
        name: value
        for name, value in cleaned_contact(changes).items()
        if getattr(row, name) != value
    }
    keys = {"customer": row.customer_id, "contact": row.pk, "changed": sorted(values)}
    policy.require(action="contact.change", by=by, at=at, keys=keys)
    for name, value in values.items():
        setattr(row, name, value)
    keep_revised(row, read=revision)
    policy.record(type="contact.changed", by=by, at=at, keys=keys)
    return row


@transaction.atomic
def remove_contact(*, contact: int, revision: int, by: int | None, at: datetime) -> None:
    """The contact shows no more; `contact.removed`."""
    row = contact_to_change(contact, by)
    keys = {"customer": row.customer_id, "contact": row.pk}
    policy.require(action="contact.remove", by=by, at=at, keys=keys)
    row.removed_at = at
    keep_revised(row, read=revision)
    policy.record(type="contact.removed", by=by, at=at, keys=keys)


def contact_to_change(contact: int, by: int | None) -> Contact:
    """Return the contact of a customer that the person may change."""
    found = Contact.objects.filter(pk=contact, removed_at__isnull=True).first()
    if found is None:
        raise Invalid({"contact": [_("There is no such contact.")]})
    reached(found.customer_id, by)
    return found


def cleaned_contact(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entered values as they are kept."""
    unknown = set(values) - FIELDS
    if unknown:
        raise Invalid({name: [_("A contact has no such field.")] for name in sorted(unknown)})
    kept: dict[str, Any] = {}
    for name, value in values.items():
        if name in LINES:
            kept[name] = tidy(str(value or ""))
        elif name in PHONES:
            kept[name] = phone_key(str(value or ""))
        else:
            kept[name] = bool(value) if name == "is_key_person" else tidy_long(str(value or ""))
    return kept
