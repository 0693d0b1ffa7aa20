"""What became of a customer."""

from __future__ import annotations

from django.db.models import QuerySet

from xunzhang.customers.models import (
    Contact,
    Customer,
    CustomerChange,
    CustomerMerge,
    ImportJob,
    SavedList,
)
from xunzhang.organisation.models import Person


def changes_of(customer: Customer) -> QuerySet[CustomerChange]:
    """Return what changed, the latest first."""
    return (
        CustomerChange.objects.filter(customer=customer).select_related("by").order_by("-at", "-id")
    )


def contacts_of(customer: Customer) -> QuerySet[Contact]:
    """Return the contacts that were not removed, key persons first."""
    return Contact.objects.filter(customer=customer, removed_at__isnull=True).order_by(
        "-is_key_person", "name", "pk"
    )


def merges_of(customer: Customer) -> QuerySet[CustomerMerge]:
    """Return the merges that can still be undone."""
    return (
        CustomerMerge.objects.filter(kept=customer, undone_at__isnull=True)
        .select_related("lost")
        .order_by("-at")
    )


def saved_lists_of(person: Person) -> QuerySet[SavedList]:
    """Return the person's own lists."""
    return SavedList.objects.filter(owner=person).order_by("name")


def imports_of(person: Person) -> QuerySet[ImportJob]:
    """Return the person's imports, the latest first."""
    return ImportJob.objects.filter(by=person).order_by("-created_at", "-pk")


def kept_instead_of(customer: int) -> int | None:
    """Return which customer the one of this id was merged into, at the end of the line; None for none."""
    seen: set[int] = set()
    while customer not in seen:
        seen.add(customer)
        into = Customer.objects.filter(pk=customer).values_list("merged_into_id", flat=True).first()
        if into is None:
            break
        customer = into
    return customer if len(seen) > 1 else None
