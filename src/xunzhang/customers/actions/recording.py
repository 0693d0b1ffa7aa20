"""Something happened at a customer: a visit, a call, a change that was learned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xunzhang.customers.access import customer_to_see
from xunzhang.law.vocabulary import BadValue, Kind, coerce
from xunzhang.lib.errors import Invalid, Refused
from xunzhang.lib.text import tidy_long
from xunzhang.organisation.models import Person
from xunzhang.policy import actions as policy
from xunzhang.policy.queries.doing import OCCURRED_AT


@transaction.atomic
def record_event(
    *,
    customer: int,
    kind: Kind,
    values: Mapping[str, Any],
    by: int,
    at: datetime,
    occurred_at: datetime | None = None,
    token: str = "",
) -> None:
    """The ledger holds that this happened at the customer, once for each token; the event is of the given kind.

    Invalid names each value that its key does not take. Whoever sees a customer may record.
    """
    row = customer_to_see(Person.objects.select_related("account").get(pk=by), customer)
    if row.archived_at is not None:
        raise Refused(
            "customer-archived", _("This customer is archived; bring it back before changing it.")
        )
    keys = {"customer": row.pk, **read_values(kind, values)}
    if occurred_at is not None:
        keys[OCCURRED_AT.name] = occurred_at
    policy.tell(type=kind.type, by=by, at=at, keys=keys, token=token)


def read_values(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as the ledger keeps them; empty ones are left out."""
    kept: dict[str, Any] = {}
    problems: dict[str, list[str]] = {}
    for name, value in values.items():
        typed = tidy_long(value) if isinstance(value, str) else value
        if name not in kind.keys:
            problems[name] = [_("This kind of event has no such field.")]
        elif typed not in ("", None, []):
            try:
                kept[name] = coerce(kind.keys[name], typed)
            except BadValue as wrong:
                chinese = (get_language() or "").startswith("zh")
                problems[name] = [wrong.zh if chinese else wrong.en]
    if problems:
        raise Invalid(problems)
    return kept
