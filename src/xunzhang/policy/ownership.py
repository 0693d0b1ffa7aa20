"""Since when somebody owns a customer, as the ledger tells it."""

from __future__ import annotations

from datetime import datetime

from xunzhang.policy.models import AssignmentRow, Event

GIVEN = ("customer.created", "customer.assigned", "customer.claimed")


def owned_since(customer: str) -> datetime | None:
    """Return since when the present owner has the customer; None where since before the ledger began."""
    given = [
        Event.objects.filter(type=type_, customer=customer).order_by("-seq").first()
        for type_ in GIVEN
    ]
    assigned = AssignmentRow.objects.filter(customer=customer, case__isnull=True)
    moments = [event.at for event in given if event is not None]
    latest = assigned.order_by("-at").first()
    if latest is not None:
        moments.append(latest.at)
    return max(moments, default=None)
