"""What is owed in a case, from whom and by when."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, QuerySet

from xunzhang.policy.choices import DutyState
from xunzhang.policy.models import DutyRow

SHOWN = (DutyState.OPEN, DutyState.SUSPENDED, DutyState.OVERDUE)


def open_duties(case: str) -> list[DutyRow]:
    """Return the duties of a case that are open, suspended or overdue, the most pressing first."""
    return list(_of([case]))


def next_duties(cases: Iterable[str]) -> dict[str, DutyRow]:
    """Return for each of these cases the duty that is due first."""
    found: dict[str, DutyRow] = {}
    for duty in _of(cases):
        found.setdefault(str(duty.case), duty)
    return found


def overdue_cases() -> QuerySet[DutyRow, str | None]:
    """Return the numbers of the cases in which something is overdue."""
    rows = DutyRow.objects.filter(live=True, state=DutyState.OVERDUE, case__isnull=False)
    return rows.values_list("case", flat=True)


def _of(cases: Iterable[str]) -> QuerySet[DutyRow]:
    rows = DutyRow.objects.filter(case__in=list(cases), live=True, state__in=SHOWN)
    return rows.order_by(F("due_at").asc(nulls_last=True), "id")
