"""Two records of one customer become one, and can be parted again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.customers.actions.keeping import plain, put, reached
from xunzhang.customers.models import Contact, Customer, CustomerMerge
from xunzhang.lib.errors import Conflict, Invalid
from xunzhang.lib.records import keep_revised
from xunzhang.policy import actions as policy

FILLED = (
    "uscc",
    "phone",
    "region",
    "industry",
    "address",
    "grade",
    "source",
    "birthday",
    "filed_at",
    "note",
)


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do: values that fill a gap, values that differ and would stay, contacts that move."""

    kept: Customer
    lost: Customer
    filled: dict[str, Any]
    differing: dict[str, tuple[Any, Any]]
    contacts: list[Contact]


def preview_merge(*, kept: int, lost: int, by: int | None) -> MergePreview:
    """Return what merging would do; call it inside a transaction, both rows are locked."""
    if kept == lost:
        raise Invalid({"lost": [_("Choose two different customers.")]})
    first, second = (reached(each, by) for each in sorted((kept, lost)))
    into, gone = (first, second) if first.pk == kept else (second, first)
    if into.merged_into_id or gone.merged_into_id:
        raise Conflict("merged-already", _("One of the two was merged before."))
    filled = {
        name: getattr(gone, name)
        for name in FILLED
        if getattr(gone, name) and not getattr(into, name)
    }
    differing = {
        name: (getattr(into, name), getattr(gone, name))
        for name in ("name", "owner_id", *FILLED)
        if getattr(gone, name)
        and getattr(into, name)
        and getattr(gone, name) != getattr(into, name)
    }
    contacts = list(Contact.objects.filter(customer=gone, removed_at__isnull=True))
    return MergePreview(into, gone, filled, differing, contacts)


@transaction.atomic
def merge_customers(
    *, kept: int, lost: int, why: str, by: int | None, at: datetime
) -> CustomerMerge:
    """Of two customers one is left, with the contacts of both; `customer.merged`."""
    if not why.strip():
        raise Invalid({"why": [_("Say by what you know that these are one customer.")]})
    plan = preview_merge(kept=kept, lost=lost, by=by)
    keys = {"customer": plan.kept.pk, "merged": plan.lost.pk, "why": why.strip()}
    policy.require(action="customer.merge", by=by, at=at, keys=keys)
    filled = {
        name: [plain(getattr(plan.kept, name)), plain(value)] for name, value in plan.filled.items()
    }
    put(plan.lost, {"merged_into_id": plan.kept.pk, "uscc": None}, by=by, at=at, why=why)
    keep_revised(plan.lost, read=plan.lost.revision)
    put(plan.kept, plan.filled, by=by, at=at, why=why)
    keep_revised(plan.kept, read=plan.kept.revision)
    moved = [contact.pk for contact in plan.contacts]
    Contact.objects.filter(pk__in=moved).update(customer=plan.kept)
    merge = CustomerMerge.objects.create(
        kept=plan.kept,
        lost=plan.lost,
        at=at,
        by_id=by,
        why=why.strip(),
        moved={
            "contacts": moved,
            "filled": filled,
            "uscc": plan.filled.get("uscc") or uscc_before(plan),
        },
    )
    policy.record(type="customer.merged", by=by, at=at, keys=keys)
    return merge


def uscc_before(plan: MergePreview) -> str | None:
    """Return the credit code that the lost customer had of its own."""
    pair = plan.differing.get("uscc")
    return pair[1] if pair else None


@transaction.atomic
def undo_merge(*, merge: int, by: int | None, at: datetime) -> Customer:
    """Both customers are there again; what was filled in and not changed since is taken back; `customer.parted`."""
    done = CustomerMerge.objects.select_for_update(of=("self",)).get(pk=merge)
    if done.undone_at is not None:
        raise Conflict("parted-already", _("This merge was undone before."))
    into, gone = reached(done.kept_id, by), reached(done.lost_id, None)
    keys = {"customer": into.pk, "parted": gone.pk}
    policy.require(action="customer.part", by=by, at=at, keys=keys)
    taken_back = {
        name: None if old is None else getattr(Customer(), name)
        for name, (old, new) in done.moved["filled"].items()
        if plain(getattr(into, name)) == new
    }
    put(into, taken_back, by=by, at=at)
    keep_revised(into, read=into.revision)
    put(gone, {"merged_into_id": None, "uscc": done.moved["uscc"]}, by=by, at=at)
    keep_revised(gone, read=gone.revision)
    Contact.objects.filter(pk__in=done.moved["contacts"], customer=into).update(customer=gone)
    done.undone_at, done.undone_by_id = at, by
    done.save(update_fields=["undone_at", "undone_by"])
    policy.record(type="customer.parted", by=by, at=at, keys=keys)
    return gone
