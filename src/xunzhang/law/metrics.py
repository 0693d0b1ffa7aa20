"""Measures over a period: counts, sums and shares, one number for each person or customer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

from xunzhang.law.calendar import Calendar
from xunzhang.law.conditions import ALWAYS, Condition
from xunzhang.law.facts import Event, Value
from xunzhang.law.malformed import Malformed
from xunzhang.law.outcome import Duty
from xunzhang.law.scope import Lookups, Scope

Table = dict[str, Decimal]
BREACH = "breach.raised"
_RAISED_LATER = timedelta(days=3660)
"""How long after its day a breach may still be raised: a quota waits for its last event's time."""
_COUNT = re.compile(r"count (\S+)(?: by (\S+))?\Z")
_SUM = re.compile(r"sum (\S+)\.([^.\s]+)(?: by (\S+))?\Z")
_SHARE = re.compile(r"share in time (\S+)(?: by (\S+))?\Z")
_NAME = re.compile(r"[A-Za-z][\w.-]*\Z")


class Records(Lookups, Protocol):
    """What metrics look up."""

    def between(self, types: tuple[str, ...], start: datetime, end: datetime) -> Iterable[Event]:
        """Events of these types in [start, end), as recorded."""

    def duties_of_rule(self, policy: str, rule: str) -> Iterable[Duty]:
        """All duties ever opened by a rule, of any version."""

    def measure(self, name: str, start: datetime, end: datetime) -> Mapping[str, Decimal]:
        """A measure that the host registers, by person or customer."""


class Metric(Protocol):
    """A number for each value of a key."""

    @property
    def key(self) -> str:
        """The key that its numbers are for: by, customer or another."""

    def table(
        self,
        records: Records,
        start: datetime,
        end: datetime,
        condition: Condition,
        calendar: Calendar,
    ) -> Table:
        """The numbers over [start, end) of the events for which the condition holds."""


@dataclass(frozen=True, slots=True)
class Tally:
    """`count EVENT by KEY`, or `sum EVENT.FIELD by KEY`."""

    event: str
    field: str | None
    key: str

    def table(
        self,
        records: Records,
        start: datetime,
        end: datetime,
        condition: Condition,
        calendar: Calendar,
    ) -> Table:
        found: Table = {}
        for event in of_period(records, (self.event,), start, end):
            if condition is not ALWAYS and not condition.holds(
                Scope.of_event(records, event, calendar)
            ):
                continue
            amount = self._amount(event)
            for value in _values(event.get(self.key)):
                found[value] = found.get(value, Decimal(0)) + amount
        return found

    def _amount(self, event: Event) -> Decimal:
        if self.field is None:
            return Decimal(1)
        value = event.get(self.field)
        return Decimal(value) if isinstance(value, int | Decimal) else Decimal(0)


@dataclass(frozen=True, slots=True)
class InTime:
    """`share in time RULE by KEY`: of the duties of a rule due in the period, those done in time.

    Those that an event opened count where the condition holds for it.
    """

    policy: str
    rule: str
    key: str

    def table(
        self,
        records: Records,
        start: datetime,
        end: datetime,
        condition: Condition,
        calendar: Calendar,
    ) -> Table:
        done: Table = {}
        every: Table = {}
        for duty in records.duties_of_rule(self.policy, self.rule):
            if duty.due is None or duty.state in ("cancelled", "waiting", "suspended"):
                continue
            if not start.date() <= duty.due.on < end.date():
                continue
            if (
                condition is not ALWAYS
                and duty.opened
                and not condition.holds(_opening(duty, records, calendar))
            ):
                continue
            for value in self._owners(duty):
                every[value] = every.get(value, Decimal(0)) + 1
                done[value] = done.get(value, Decimal(0)) + (duty.state == "done")
        return {value: done[value] / total for value, total in every.items()}

    def _owners(self, duty: Duty) -> Iterable[str]:
        if self.key in ("by", "who"):
            return duty.who
        if self.key == "customer":
            return _values(duty.customer)
        return _values(duty.match.get(self.key, duty.opened.get(self.key)))


def _opening(duty: Duty, records: Records, calendar: Calendar) -> Scope:
    """The place of the event that opened a duty."""
    by = duty.opened.get("by")
    return Scope(
        records,
        duty.opened_at,
        calendar,
        kind="event",
        thing=duty.opened,
        customer=duty.customer,
        by=str(by) if by is not None else None,
        case=duty.case,
        seq=duty.opened_seq,
    )


@dataclass(frozen=True, slots=True)
class Share:
    """`METRIC / METRIC`; nothing where the second is zero."""

    part: Metric
    whole: Metric

    @property
    def key(self) -> str:
        """The key of its parts."""
        return self.whole.key

    def table(
        self,
        records: Records,
        start: datetime,
        end: datetime,
        condition: Condition,
        calendar: Calendar,
    ) -> Table:
        part = self.part.table(records, start, end, condition, calendar)
        whole = self.whole.table(records, start, end, condition, calendar)
        return {key: part.get(key, Decimal(0)) / value for key, value in whole.items() if value}


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of the host, by name."""

    name: str
    key: str = "by"

    def table(
        self,
        records: Records,
        start: datetime,
        end: datetime,
        condition: Condition,
        calendar: Calendar,
    ) -> Table:
        return dict(records.measure(self.name, start, end))


def of_period(
    records: Records, types: tuple[str, ...], start: datetime, end: datetime
) -> list[Event]:
    """The events of a period [start, end); a breach is of the day that it belongs to, not of its later raising."""
    found = list(records.between(tuple(one for one in types if one != BREACH), start, end))
    if BREACH in types:
        raised = records.between((BREACH,), start, end + _RAISED_LATER)
        found += [
            event for event in raised if start.date() <= event.keys["belongs_to"] < end.date()
        ]
    return sorted(found, key=lambda event: event.seq)


def _values(value: Value) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


def parse_metric(text: str, policy: str) -> Metric:
    """Read a metric. Raises Malformed. Event types are checked by the reader."""
    words = " ".join(text.split())
    left, slash, right = words.partition(" / ")
    if slash:
        return Share(parse_metric(left, policy), parse_metric(right, policy))
    if found := _COUNT.match(words):
        return Tally(found[1], None, found[2] or "by")
    if found := _SUM.match(words):
        return Tally(found[1], found[2], found[3] or "by")
    if found := _SHARE.match(words):
        return InTime(policy, found[1], found[2] or "by")
    if _NAME.match(words):
        return Measure(words)
    raise Malformed(
        f"看不懂的指标“{text}”；可写 count 事件 by 键、sum 事件.键 by 键、share in time 规则 by 键，或两个指标相除",
        f"cannot read the metric “{text}”; write count EVENT by KEY, sum EVENT.KEY by KEY, "
        "share in time RULE by KEY, or one metric / another",
    )


def tallies(metric: Metric) -> list[Tally | InTime]:
    """The parts of a metric that name events or rules."""
    if isinstance(metric, Share):
        return tallies(metric.part) + tallies(metric.whole)
    return [metric] if isinstance(metric, Tally | InTime) else []
