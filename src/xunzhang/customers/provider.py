"""What the policy knows of customers and may do to them; registered when Django starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from xunzhang.customers.actions.changing import put_key
from xunzhang.customers.actions.keeping import cleaned_value, put
from xunzhang.customers.models import Customer, CustomerChange
from xunzhang.customers.search.entries import index_customer

OWN = ("name", "kind", "grade", "region", "status", "phone", "industry")
TOLD = ("code", "uscc", "address", "source", "birthday", "filed_at", "created_at")
COLUMNS = {name: name for name in (*OWN, *TOLD)} | {
    "id": "pk",
    "owner": "owner_id",
    "filed": "filed_at",
}


def column_for(key: str) -> str:
    """Return the ORM path of a customer key; `filed` is the moment of filing, null while not filed."""
    return COLUMNS.get(key, f"keys__{key}")


class CustomerProvider:
    """Customer facts by the ids that the engine speaks in: the primary key as text."""

    column_for = staticmethod(column_for)

    def facts(self, customer_id: str) -> dict[str, object] | None:
        """Return the customer's facts, or None when there is no such customer."""
        return self.facts_many([customer_id]).get(customer_id)

    def facts_many(self, ids: Iterable[str]) -> dict[str, dict[str, object]]:
        """Return the facts of those of the customers that exist, by id."""
        rows = Customer.objects.filter(
            pk__in=[int(each) for each in ids if each.isascii() and each.isdigit()]
        )
        return {str(row.pk): facts_of(row) for row in rows}

    def value_at(self, customer_id: str, key: str, at: datetime) -> object:
        """Return what the key held at an instant; what changed at that very instant had changed."""
        later = CustomerChange.objects.filter(
            customer=int(customer_id), key=column_name(key), at__gt=at
        )
        change = later.order_by("at", "id").first()
        if change is None:
            return (self.facts(customer_id) or {}).get(key)
        if key == "filed":
            return change.old is not None
        return str(change.old) if key == "owner" and change.old is not None else change.old

    @transaction.atomic
    def set_keys(
        self, customer_id: str, values: Mapping[str, Any], *, at: datetime, because: str
    ) -> bool:
        """Carry out a `set` rule; False when there is no such customer. `because` is kept with each change."""
        row = locked(customer_id)
        if row is None:
            return False
        for key, value in values.items():
            if key == "owner":
                give(row, value, at=at, because=because)
            elif key == "filed":
                put(
                    row,
                    {"filed_at": (row.filed_at or at) if value else None},
                    by=None,
                    at=at,
                    why=because,
                )
            elif key in OWN:
                put(row, {key: cleaned_value(key, value)}, by=None, at=at, why=because)
            else:
                put_key(row, key, value, by=None, at=at, why=because)
        keep(row)
        if "name" in values:
            index_customer(row)
        return True

    @transaction.atomic
    def set_owner(self, customer_id: str, owner: str | None, *, at: datetime, because: str) -> bool:
        """Carry out an allocation or a reclaim; None is the pool. False when there is no such customer."""
        row = locked(customer_id)
        if row is None:
            return False
        give(row, owner, at=at, because=because)
        keep(row)
        return True

    def filed_ids(
        self,
        *,
        at: datetime,
        condition_q: Q | None = None,
        after: str | None = None,
        limit: int = 1_000,
    ) -> list[str]:
        """Return the next ids, in order, of customers filed by `at` that fulfil the condition now."""
        filed = Q(filed_at__lte=at)
        return _page(filed if condition_q is None else filed & condition_q, after, limit)

    def owned_ids(self, *, after: str | None = None, limit: int = 1_000) -> list[str]:
        """Return the next ids, in order, of customers that have an owner, filed or not."""
        return _page(Q(owner__isnull=False), after, limit)


def _page(condition: Q, after: str | None, limit: int) -> list[str]:
    rows = Customer.objects.filter(condition, archived_at__isnull=True, merged_into__isnull=True)
    rows = rows.filter(pk__gt=int(after)) if after else rows
    return [str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)[:limit]]


def facts_of(row: Customer) -> dict[str, object]:
    """Return what the engine may know of a customer; what is empty is absent."""
    facts: dict[str, object] = dict(row.keys)
    facts.update(
        {name: value for name in (*OWN, *TOLD) if (value := getattr(row, name)) not in (None, "")}
    )
    facts["id"] = str(row.pk)
    facts["owner"] = None if row.owner_id is None else str(row.owner_id)
    facts["filed"] = row.filed
    return facts


def column_name(key: str) -> str:
    """Return the name under which changes of a key are remembered."""
    return {"owner": "owner_id", "filed": "filed_at"}.get(key, key)


def locked(customer_id: str) -> Customer | None:
    """Return the customer locked for a change."""
    if not (customer_id.isascii() and customer_id.isdigit()):
        return None
    return Customer.objects.select_for_update(of=("self",)).filter(pk=int(customer_id)).first()


def give(row: Customer, owner: str | None, *, at: datetime, because: str) -> None:
    """Put the customer into somebody's hands, or into the pool."""
    number = None if owner is None else int(owner)
    if number == row.owner_id:
        return
    put(row, {"owner_id": number}, by=None, at=at, why=because)
    row.owner_since = at if number else None


def keep(row: Customer) -> None:
    """Save what an order changed; who has the record open is told when saving."""
    row.revision += 1
    row.save()
