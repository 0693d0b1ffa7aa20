"""Customers are put away and brought back, never deleted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.customers.access import customer_to_see
from xunzhang.customers.actions.keeping import put, reached
from xunzhang.customers.models import Customer
from xunzhang.lib.errors import Conflict, Invalid
from xunzhang.lib.records import keep_revised
from xunzhang.organisation.models import Person
from xunzhang.policy import actions as policy


@transaction.atomic
def archive(*, customer: int, why: str, by: int | None, at: datetime) -> Customer:
    """The customer shows in no list but the archive's; `customer.archived`."""
    if not why.strip():
        raise Invalid({"why": [_("Say why the customer is put away.")]})
    row = reached(customer, by)
    keys = {"customer": row.pk, "why": why.strip()}
    policy.require(action="customer.archive", by=by, at=at, keys=keys)
    put(row, {"archived_at": at}, by=by, at=at, why=why.strip())
    keep_revised(row, read=row.revision)
    policy.record(type="customer.archived", by=by, at=at, keys=keys)
    return row


@transaction.atomic
def bring_back(*, customer: int, by: int, at: datetime) -> Customer:
    """An archived customer is in the lists again; `customer.restored`."""
    customer_to_see(Person.objects.select_related("account").get(pk=by), customer)
    row = reached(customer, None)
    if row.archived_at is None:
        raise Conflict("not-archived", _("This customer is not archived."))
    policy.require(action="customer.restore", by=by, at=at, keys={"customer": row.pk})
    put(row, {"archived_at": None}, by=by, at=at)
    keep_revised(row, read=row.revision)
    policy.record(type="customer.restored", by=by, at=at, keys={"customer": row.pk})
    return row
