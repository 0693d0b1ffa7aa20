"""Changing what is known of a customer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.customers.actions.keeping import check_revision, cleaned, plain, put, reached
from xunzhang.customers.models import Customer, CustomerChange
from xunzhang.customers.search.entries import index_customer
from xunzhang.lib.errors import Conflict, Invalid
from xunzhang.lib.records import keep_revised
from xunzhang.policy import actions as policy


@transaction.atomic
def change_customer(
    *,
    customer: int,
    revision: int,
    changes: Mapping[str, Any],
    by: int | None,
    at: datetime,
    why: str = "",
) -> Customer:
    """The customer holds the new values and each old one is remembered; `customer.changed`."""
    row = reached(customer, by)
    check_revision(row, revision)
    values = {
        name: value for name, value in cleaned(changes).items() if getattr(row, name) != value
    }
    if not values:
        return row
    asked = {"customer": row.pk, "changed": sorted(values)}
    if "grade" in values:
        asked["grade"] = values["grade"]
    policy.require(action="customer.change", by=by, at=at, keys=asked)
    put(row, values, by=by, at=at, why=why)
    keep_revised(row, read=revision)
    if "name" in values:
        index_customer(row)
    policy.record(type="customer.changed", by=by, at=at, keys=asked)
    return row


@transaction.atomic
def file_customer(*, customer: int, by: int | None, at: datetime) -> Customer:
    """The customer is filed (备案) from this moment on; `customer.filed`."""
    row = reached(customer, by)
    if row.filed_at is not None:
        raise Conflict(
            "already-filed",
            _("This customer was filed before."),
            values={"filed_at": row.filed_at.isoformat()},
        )
    policy.require(action="customer.file", by=by, at=at, keys={"customer": row.pk})
    put(row, {"filed_at": at}, by=by, at=at)
    keep_revised(row, read=row.revision)
    policy.record(type="customer.filed", by=by, at=at, keys={"customer": row.pk})
    return row


@transaction.atomic
def set_key(
    *, customer: int, key: str, value: Any, by: int | None, at: datetime, why: str = ""
) -> Customer:
    """A key that the company's policy declares has this value; None takes it away; `customer.changed`."""
    if hasattr(Customer, key):
        raise Invalid({"key": [_("This is a field of every customer; change it as such.")]})
    row = reached(customer, by)
    policy.require(
        action="customer.change", by=by, at=at, keys={"customer": row.pk, "changed": [key]}
    )
    put_key(row, key, value, by=by, at=at, why=why)
    keep_revised(row, read=row.revision)
    policy.record(
        type="customer.changed", by=by, at=at, keys={"customer": row.pk, "changed": [key]}
    )
    return row


def put_key(
    row: Customer, key: str, value: Any, *, by: int | None, at: datetime, why: str = ""
) -> None:
    """Set one of the company's own keys on the customer and remember what it was."""
    old, new = row.keys.get(key), plain(value)
    if old == new:
        return
    row.keys = {name: each for name, each in row.keys.items() if name != key} | (
        {} if new is None else {key: new}
    )
    CustomerChange.objects.create(customer=row, at=at, by_id=by, key=key, old=old, new=new, why=why)
