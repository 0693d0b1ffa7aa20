"""The part of the history that keeps timers, small facts and cases."""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Iterable
from datetime import datetime
from typing import Any

from xunzhang.law.calendar import company_time
from xunzhang.law.cases import CaseState, Entered
from xunzhang.law.facts import Value
from xunzhang.law.history import Timer
from xunzhang.policy.codec import encode
from xunzhang.policy.models import CaseRow, MemoryRow, TimerRow

ORDER = ("run_at", "phase", "uid", "kind", "subject", "plan", "nth", "pk")
BATCH = 200


class Keeping:
    """Timers, small facts and cases of the database and those of this unit.

    `most` is how many stored timers this unit may take; `gone_off` are those that it has taken.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self.gone_off: list[int] = []
        self._scheduled: list[Timer] = []
        self._fetched: list[tuple[Timer, int]] = []
        self._taken: list[int] = []
        self._none_until: datetime | None = None
        self._memory: dict[str, Value] = {}
        self._new_memory: dict[str, Value] = {}
        self._cases: dict[str, CaseState | None] = {}
        self._saved_cases: dict[str, CaseState] = {}

    # -- timers ----------------------------------------------------------------------------------------

    def schedule(self, timer: Timer) -> None:
        heapq.heappush(self._scheduled, timer)

    def due_timer(self, now: datetime) -> Timer | None:
        """Take the earliest timer up to `now`; None as soon as this unit has taken its share."""
        share_left = self._most > len(self.gone_off)
        if not self._fetched and share_left and self._none_until != now:
            self._fetch(now)
        own = self._scheduled[0] if self._scheduled and self._scheduled[0].at <= now else None
        if self._fetched and (own is None or self._fetched[0][0] <= own):
            timer, pk = self._fetched.pop(0)
            self._taken.append(pk)
            self.gone_off.append(pk)
            return timer
        if own is None or (not share_left and self._earlier_waits(own)):
            return None
        return heapq.heappop(self._scheduled)

    def _fetch(self, now: datetime) -> None:
        size = min(BATCH, self._most - len(self.gone_off))
        waiting = TimerRow.objects.filter(run_at__lte=now).exclude(pk__in=self._taken)
        self._fetched = [
            (
                Timer(
                    company_time(row.at),
                    row.phase,
                    row.uid,
                    row.kind,  # type: ignore[arg-type]
                    row.subject,
                    row.plan,
                    row.nth,
                ),
                row.pk,
            )
            for row in waiting.order_by(*ORDER)[:size]
        ]
        self._none_until = None if self._fetched else now

    def _earlier_waits(self, own: Timer) -> bool:
        """Whether a stored timer that this unit may not take goes off before its own."""
        waiting = TimerRow.objects.filter(run_at__lt=own.at).exclude(pk__in=self._taken)
        return waiting.exists()

    # -- small facts -----------------------------------------------------------------------------------

    def remember(self, key: tuple[Hashable, ...], value: Value) -> None:
        name = encode(list(key))
        self._memory[name] = self._new_memory[name] = value

    def recall(self, key: tuple[Hashable, ...]) -> Value:
        name = encode(list(key))
        if name not in self._memory:
            row = MemoryRow.objects.filter(pk=name).first()
            self._memory[name] = _in_company_time(row.value) if row is not None else None
        return self._memory[name]

    # -- cases -----------------------------------------------------------------------------------------

    def case(self, id: str) -> CaseState | None:
        if id not in self._cases:
            row = CaseRow.objects.filter(pk=id).first()
            self._cases[id] = law_case(row) if row is not None else None
        return self._cases[id]

    def save_case(self, case: CaseState) -> None:
        self._cases[case.id] = self._saved_cases[case.id] = case

    # -- writing ---------------------------------------------------------------------------------------

    def flush_keeping(self) -> None:
        """Write what this unit has scheduled, remembered and learnt of cases."""
        if self._taken:
            TimerRow.objects.filter(pk__in=self._taken).delete()
        if self._scheduled:
            TimerRow.objects.bulk_create(map(timer_row, self._scheduled), batch_size=1_000)
        gone = [key for key, value in self._new_memory.items() if value is None]
        if gone:
            MemoryRow.objects.filter(pk__in=gone).delete()
        kept = [
            MemoryRow(key=key, value=value)
            for key, value in self._new_memory.items()
            if value is not None
        ]
        _upsert(MemoryRow, kept, ["value"])
        _upsert(CaseRow, [case_row(case) for case in self._saved_cases.values()], CASE_COLUMNS)
        for pending in (self._scheduled, self._taken, self._fetched):
            pending.clear()
        self._none_until = None
        self._new_memory.clear()
        self._saved_cases.clear()


CASE_COLUMNS = ["process", "stage", "handler", "late", "entered", "values", "customer"]


def _upsert(model: Any, found: list[Any], columns: list[str]) -> None:
    if found:
        model.objects.bulk_create(
            found,
            update_conflicts=True,
            update_fields=columns,
            unique_fields=["pk"],
            batch_size=500,
        )


def _in_company_time(value: Value) -> Value:
    return company_time(value) if isinstance(value, datetime) else value


def timer_row(timer: Timer) -> TimerRow:
    """Return a timer as a row."""
    return TimerRow(
        at=timer.at,
        run_at=timer.at,
        phase=timer.phase,
        uid=timer.uid,
        kind=timer.kind,
        subject=timer.subject,
        plan=timer.plan,
        nth=timer.nth,
    )


def case_row(case: CaseState) -> CaseRow:
    """Return what is known of a case as a row."""
    customer = case.values.get("customer")
    return CaseRow(
        id=case.id,
        process=case.process,
        stage=case.stage,
        handler=case.handler,
        late=case.late,
        entered=[[one.stage, one.seq, one.at] for one in case.entered],
        values=dict(case.values),
        customer=customer if isinstance(customer, str) else None,
    )


def law_case(row: CaseRow) -> CaseState:
    """Return a row as the law sees it."""
    return CaseState(
        row.pk,
        row.process,
        row.stage,
        entered(row.entered),
        row.handler,
        row.late,
        dict(row.values),
    )


def entered(found: Iterable[tuple[str, int, datetime]]) -> tuple[Entered, ...]:
    """Return the entries of stages."""
    return tuple(Entered(stage, seq, company_time(at)) for stage, seq, at in found)
