"""A new customer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.customers.actions.keeping import cleaned, set_name_keys
from xunzhang.customers.models import Customer
from xunzhang.customers.numbering import draw
from xunzhang.customers.queries.duplicates import Duplicate, Likeness, duplicates
from xunzhang.customers.search.entries import index_customer
from xunzhang.lib.errors import Conflict, Invalid
from xunzhang.lib.records import keep
from xunzhang.policy import actions as policy


class DuplicateSuspected(Conflict):
    """The customer may be there already; `values` name each likely one and by what it is like."""

    def __init__(self, found: list[Duplicate]) -> None:
        rows = [
            {"customer": each.customer.pk, "name": each.customer.name, "by": list(each.by)}
            for each in found
        ]
        super().__init__(
            "duplicate-suspected",
            _("This customer may be there already. Open that one, or say why this is another."),
            values={"duplicates": rows},
        )


@transaction.atomic
def create_customer(
    *,
    values: Mapping[str, Any],
    by: int | None,
    at: datetime,
    owner: int | None = None,
    keys: Mapping[str, Any] | None = None,
    not_same_as: Iterable[int] = (),
    reason: str = "",
    token: str | None = None,
) -> Customer:
    """The customer exists from now on and can be found; `customer.created`.

    `not_same_as` are the duplicates that were shown and found to be others, with the `reason`. A second call with
    the same `token` (a double click) returns the customer of the first. Drawing the number comes first: whoever
    creates waits there for the one before, so that neither token nor duplicate slips through between two.
    """
    number = draw()[0]
    if token and (made := Customer.objects.filter(creation_token=token, created_by=by).first()):
        return made
    kept = cleaned(values)
    if not kept.get("name"):
        raise Invalid({"name": [_("A customer needs a name.")]})
    refuse_duplicates(kept, set(not_same_as), reason)
    asked = {
        name: kept[name] for name in ("name", "kind", "region", "phone", "grade") if kept.get(name)
    }
    policy.require(action="customer.create", by=by, at=at, keys={**asked, "owner": owner})
    kept["code"] = kept.get("code") or number
    customer = Customer(
        **kept, keys=dict(keys or {}), created_at=at, created_by_id=by, creation_token=token or None
    )
    customer.owner_id, customer.owner_since = owner, at if owner else None
    set_name_keys(customer)
    keep(customer)
    index_customer(customer)
    policy.record(
        type="customer.created",
        by=by,
        at=at,
        keys={"customer": customer.pk, **asked, "owner": owner},
    )
    return customer


def refuse_duplicates(values: Mapping[str, Any], confirmed: set[int], reason: str) -> None:
    """Refuse likely duplicates unless each was confirmed to be another; a credit code is never shared."""
    found = duplicates(name=values["name"], phone=values.get("phone", ""), uscc=values.get("uscc"))
    open_questions = [
        each for each in found if each.customer.pk not in confirmed or Likeness.USCC in each.by
    ]
    if open_questions:
        raise DuplicateSuspected(open_questions)
    if found and not reason.strip():
        raise Invalid({"reason": [_("Say why this is another customer.")]})
