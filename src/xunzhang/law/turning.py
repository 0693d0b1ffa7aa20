"""When a condition may begin or cease to hold by the passing of time alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice

from xunzhang.law.calendar import UnknownYear, company_time, midnight
from xunzhang.law.conditions import Clock, Condition, Happened, Test
from xunzhang.law.paths import Path
from xunzhang.law.scope import Scope
from xunzhang.law.times import Due, after, before, due

_SLACK = 4
"""Days around a day counted from the other end: months clamp, and days off are skipped, on one side only."""
_LOOKED_AT = 50
"""How many earlier events are asked when they lapse; later ones are asked when these have."""


def turns_at(condition: Condition, scope: Scope) -> datetime | None:
    """The first instant after the present at which the condition may turn, if any; it need not turn then."""
    return min((at for at in _turns(condition, scope) if at > scope.now), default=None)


def _turns(condition: Condition, scope: Scope) -> Iterator[datetime]:
    for test in condition.tests():
        if isinstance(test, Happened):
            yield from _lapses(test, scope)
            continue
        if isinstance(test.operand, Clock):
            yield from _passes(test, test.operand, scope)
        for path in (test.path, test.operand):
            for hop in path.hops if isinstance(path, Path) else ():
                if hop.term is not None and hop.term.condition is not None:
                    yield from _turns(hop.term.condition, scope)


def _lapses(test: Happened, scope: Scope) -> Iterator[datetime]:
    """When each of the events that count is too long ago."""
    if test.within is None:
        return
    for event in islice(test.matching(scope), _LOOKED_AT):
        try:
            yield due(test.within, event.at, scope.calendar).lapses_at
        except UnknownYear:
            return


def _passes(test: Test, clock: Clock, scope: Scope) -> Iterator[datetime]:
    """When the clock may pass the day or instant that a key holds."""
    found = test.path.get(scope)
    for value in found if isinstance(found, list) else [found]:
        if not isinstance(value, date):
            continue
        exact = isinstance(value, datetime)
        start = Due.at(value) if isinstance(value, datetime) else Due.at(midnight(value))
        away = before if clock.sign > 0 else after
        try:
            reached = (
                away(clock.amount, start, scope.calendar) if clock.amount is not None else start
            )
        except UnknownYear:
            continue
        if exact and clock.amount is not None and clock.amount.unit.exact:
            at = reached.instant
            yield from (at, at + timedelta(microseconds=1))
            continue
        today = company_time(scope.now).date()
        first = max(today + timedelta(days=1), reached.on - timedelta(days=_SLACK))
        if first <= reached.on + timedelta(days=_SLACK):
            yield midnight(first)
