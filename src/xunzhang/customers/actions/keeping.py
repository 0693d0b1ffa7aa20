"""What all verbs share: reach the row, clean what was entered, remember what changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from stdnum.cn import uscc as uscc_number
from stdnum.exceptions import ValidationError as NumberError

from xunzhang.customers.access import customer_to_change
from xunzhang.customers.choices import Kind, Status
from xunzhang.customers.models import Customer, CustomerChange
from xunzhang.customers.naming import sound_key
from xunzhang.lib.errors import Invalid, StaleRevision
from xunzhang.lib.text import company_key, phone_key, tidy, tidy_long
from xunzhang.organisation.models import Person

LINES = ("kind", "name", "code", "region", "industry", "address", "grade", "status", "source")
CHOICES: dict[str, type[TextChoices]] = {"kind": Kind, "status": Status}
LONGEST = {
    field.attname: field.max_length or 0
    for field in Customer._meta.concrete_fields  # noqa: SLF001 (Django's name for it)
    if field.attname in LINES
}
CHANGEABLE = frozenset({*LINES, "uscc", "phone", "birthday", "note"})


def reached(customer: int, by: int | None) -> Customer:
    """Return the customer locked for a change; the system reaches every one."""
    if by is None:
        return Customer.objects.select_for_update(of=("self",)).get(pk=customer)
    return customer_to_change(Person.objects.select_related("account").get(pk=by), customer)


def check_revision(customer: Customer, read: int) -> None:
    """Refuse a change of what somebody else changed since it was read, and say what they changed."""
    if customer.revision == read:
        return
    changes = CustomerChange.objects.filter(customer=customer).order_by("-at", "-id")[:10]
    newer = [
        {"key": row.key, "old": row.old, "new": row.new, "by": row.by_id, "at": row.at.isoformat()}
        for row in changes
    ]
    raise StaleRevision(read=read, stands=customer.revision, values={"changes": newer})


def cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entered values as they are kept; Invalid names each field that cannot be."""
    unknown = set(values) - CHANGEABLE
    if unknown:
        raise Invalid({name: [_("A customer has no such field.")] for name in sorted(unknown)})
    kept: dict[str, Any] = {}
    problems: dict[str, list[str]] = {}
    for name, value in values.items():
        try:
            kept[name] = cleaned_value(name, value)
        except ValueError as problem:
            problems[name] = [str(problem)]
    if problems:
        raise Invalid(problems)
    return kept


def cleaned_value(name: str, value: Any) -> Any:
    """Return one value as it is kept; ValueError says what would be right."""
    if name == "birthday":
        return cleaned_date(value)
    text = "" if value is None else str(value)
    if name == "note":
        return tidy_long(text)
    if name == "phone":
        return cleaned_phone(text)
    if name == "uscc":
        return cleaned_uscc(text)
    if name == "name" and not company_key(text):
        raise ValueError(_("Write a name with at least one letter, digit or character."))
    line = tidy(text)
    longest = LONGEST[name]
    if len(line) > longest:
        raise ValueError(_("At most %(longest)d characters fit here.") % {"longest": longest})
    if name in CHOICES and line not in CHOICES[name].values:
        named = "、".join(map(str, CHOICES[name].labels))
        raise ValueError(_("Choose one of: %(choices)s.") % {"choices": named})
    return line


def cleaned_date(value: Any) -> date | None:
    """Return a date, or None for nothing."""
    if not value or isinstance(value, date):
        return value or None
    found = parse_date(str(value))
    if found is None:
        raise ValueError(_("Write the date as 2026-01-31."))
    return found


def cleaned_phone(text: str) -> str:
    """Return the phone's digits."""
    number = phone_key(text)
    if tidy(text) and not 5 <= len(number) <= 20:
        raise ValueError(_("A phone number has 5 to 20 digits."))
    return number


def cleaned_uscc(text: str) -> str | None:
    """Return the unified social credit code with its check digit proven, or None for nothing."""
    if not tidy(text):
        return None
    try:
        return str(uscc_number.validate(tidy(text).upper()))
    except NumberError:
        raise ValueError(
            _(
                "This is not a unified social credit code: 18 characters, the last one proves the others."
            )
        ) from None


def put(
    customer: Customer, values: Mapping[str, Any], *, by: int | None, at: datetime, why: str = ""
) -> list[str]:
    """Set the values on the customer and note each that differs; return the changed names."""
    changes = [
        CustomerChange(
            customer=customer,
            at=at,
            by_id=by,
            key=name,
            old=plain(getattr(customer, name)),
            new=plain(value),
            why=why,
        )
        for name, value in values.items()
        if getattr(customer, name) != value
    ]
    for name, value in values.items():
        setattr(customer, name, value)
    if "name" in values:
        set_name_keys(customer)
    CustomerChange.objects.bulk_create(changes)
    return [change.key for change in changes]


def set_name_keys(customer: Customer) -> None:
    """Renew what is derived from the name."""
    customer.name_key = company_key(customer.name)
    customer.sound_key = sound_key(customer.name_key)


def plain(value: Any) -> Any:
    """Return a value as JSON carries it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
