"""What a cap compares: the total of an ask, with what came before it, and the most that may be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from xunzhang.law.calendar import company_time, midnight
from xunzhang.law.conditions import equal
from xunzhang.law.facts import Ask, Event, Value
from xunzhang.law.periods import period_at
from xunzhang.law.rules.cap import CapRule, Limit
from xunzhang.law.scope import Scope

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run


def most_of(limit: Limit, scope: Scope) -> Decimal | None:
    """The most that a limit allows; None where what it is counted by is missing."""
    if limit.times is None:
        return limit.amount
    times = _number(limit.times.get(scope))
    return None if times is None else limit.amount * times


def total_of(run: Run, ask: Ask, scope: Scope, rule: CapRule, limit: Limit) -> Decimal | None:
    """The ask's own amount and, of a running total, that of the events before it; None where it has none."""
    own = Decimal(1) if limit.key is None else _number(limit.key.get(scope))
    if not rule.of:
        return own
    total = own or Decimal(0)
    for event in _before(run, ask, scope, rule):
        place = run.scope(event, rule.calendar)
        total += Decimal(1) if limit.key is None else _number(limit.key.get(place)) or 0
    return total


def _before(run: Run, ask: Ask, scope: Scope, rule: CapRule) -> Iterator[Event]:
    now = ask.at
    start = datetime.min.replace(tzinfo=now.tzinfo)
    end = datetime.max.replace(tzinfo=now.tzinfo)
    if rule.every is not None:
        span = period_at(rule.every, company_time(now).date(), rule.calendar)
        start, end = midnight(span.starts), midnight(span.ends)
    wanted = rule.per.get(scope) if rule.per is not None else None
    for event in run.history.between(rule.of, start, end):
        value = rule.per.get(run.scope(event, rule.calendar)) if rule.per is not None else None
        if rule.per is None or _agree(value, wanted):
            yield event


def _agree(value: Value, wanted: Value) -> bool:
    if value is None or wanted is None:
        return value is None and wanted is None
    return equal(value, wanted)


def _number(value: Value) -> Decimal | None:
    return (
        Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
    )
