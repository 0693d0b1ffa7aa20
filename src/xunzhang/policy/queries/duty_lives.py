"""What people did with a duty: claimed it, handed it over, excused somebody from it."""

from __future__ import annotations

from xunzhang.policy.models import DutyRow, Event

ACTS = ("duty.claimed", "duty.handed_over", "duty.excused")
_MOST = 500


def acts_on(row: DutyRow) -> list[Event]:
    """Return the events of a duty, in their order; found by what the duty is about."""
    rows = Event.objects.filter(type__in=ACTS, customer=row.customer, seq__gte=row.opened_seq)
    return [
        event
        for event in rows.order_by("seq")[:_MOST]
        if event.keys.get("duty") in (row.pk, str(row.pk))
    ]
