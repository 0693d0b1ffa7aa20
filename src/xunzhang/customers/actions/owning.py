"""Who owns a customer: given, released to the pool, claimed from it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.customers.access import customer_to_see, may, people_below
from xunzhang.customers.actions.keeping import put, reached
from xunzhang.customers.models import Customer
from xunzhang.lib.errors import Conflict, Invalid, Refused
from xunzhang.lib.records import keep_revised
from xunzhang.organisation.models import Person
from xunzhang.policy import actions as policy


@transaction.atomic
def assign_owner(
    *, customer: int, to: int, by: int | None, at: datetime, why: str = ""
) -> Customer:
    """The customer belongs to `to` from now on; `customer.assigned`."""
    row = reached(customer, by)
    before = row.owner_id
    if before == to:
        raise Conflict("already-owner", _("This person owns the customer already."))
    if not Person.objects.filter(pk=to, left_at__isnull=True).exists():
        raise Invalid({"to": [_("Choose somebody who works here.")]})
    refuse_stranger(row, by)
    keys = {"customer": row.pk, "to": to, "staff": before}
    policy.require(action="customer.assign", by=by, at=at, keys=keys)
    return owned(row, to, by=by, at=at, why=why, type="customer.assigned", keys=keys)


@transaction.atomic
def release_to_pool(*, customer: int, by: int | None, at: datetime, why: str = "") -> Customer:
    """Nobody owns the customer any more; `customer.released`."""
    row = reached(customer, by)
    if row.owner_id is None:
        raise Conflict("in-pool-already", _("This customer lies in the pool already."))
    refuse_stranger(row, by)
    keys: dict[str, int | None] = {"customer": row.pk, "staff": row.owner_id}
    policy.require(action="customer.release", by=by, at=at, keys=keys)
    return owned(row, None, by=by, at=at, why=why, type="customer.released", keys=keys)


@transaction.atomic
def claim_from_pool(*, customer: int, by: int, at: datetime) -> Customer:
    """The customer from the pool belongs to who claims it first; `customer.claimed`."""
    customer_to_see(Person.objects.select_related("account").get(pk=by), customer)
    row = reached(customer, None)
    if row.owner_id is not None or row.archived_at is not None:
        raise Conflict(
            "not-in-pool", _("Somebody else was faster: this customer is no longer in the pool.")
        )
    keys = {"customer": row.pk, "to": by, "staff": None}
    policy.require(action="customer.claim", by=by, at=at, keys=keys)
    return owned(row, by, by=by, at=at, why="", type="customer.claimed", keys=keys)


def refuse_stranger(row: Customer, by: int | None) -> None:
    """Refuse who is neither the owner, nor above the owner, nor holds the right to assign."""
    if by is None or row.owner_id == by:
        return
    person = Person.objects.select_related("account").get(pk=by)
    if may(person, "customers.assign") or row.owner_id in people_below(person):
        return
    raise Refused(
        "not-yours-to-give",
        _("Only the owner, those above and holders of the right to assign may do this."),
    )


def owned(
    row: Customer,
    owner: int | None,
    *,
    by: int | None,
    at: datetime,
    why: str,
    type: str,
    keys: dict[str, int | None],
) -> Customer:
    """Keep the new owner, remember the old one, and tell the policy."""
    put(row, {"owner_id": owner}, by=by, at=at, why=why)
    row.owner_since = at if owner else None
    keep_revised(row, read=row.revision)
    policy.record(type=type, by=by, at=at, keys=keys)
    return row
