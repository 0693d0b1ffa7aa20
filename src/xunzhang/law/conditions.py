"""Conditions (`if:`): a small total language over key paths, evaluated in memory.

A missing key fails every test but `absent` and `!=`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Protocol

from xunzhang.law.calendar import company_time
from xunzhang.law.facts import Event, Value
from xunzhang.law.paths import Path
from xunzhang.law.scope import Scope
from xunzhang.law.times import Due, Duration, Within, after, before, passed

MIRROR = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


class Condition(Protocol):
    """Something that holds or not, seen from a scope."""

    def holds(self, scope: Scope) -> bool:
        """Whether it holds."""

    def tests(self) -> Iterator[Test | Happened]:
        """Its leaves, in the order of the text."""


@dataclass(frozen=True, slots=True)
class Always:
    """Holds whatever the facts."""

    def holds(self, scope: Scope) -> bool:
        return True

    def tests(self) -> Iterator[Test | Happened]:
        return iter(())


ALWAYS = Always()


@dataclass(frozen=True, slots=True)
class All:
    """Every part must hold."""

    parts: tuple[Condition, ...]

    def holds(self, scope: Scope) -> bool:
        return all(part.holds(scope) for part in self.parts)

    def tests(self) -> Iterator[Test | Happened]:
        for part in self.parts:
            yield from part.tests()


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part must hold."""

    parts: tuple[Condition, ...]

    def holds(self, scope: Scope) -> bool:
        return any(part.holds(scope) for part in self.parts)

    def tests(self) -> Iterator[Test | Happened]:
        for part in self.parts:
            yield from part.tests()


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not hold."""

    part: Condition

    def holds(self, scope: Scope) -> bool:
        return not self.part.holds(scope)

    def tests(self) -> Iterator[Test | Happened]:
        yield from self.part.tests()


@dataclass(frozen=True, slots=True)
class PolicyScope:
    """The policy's `scope`. For a breach, `by` is each person in breach."""

    part: Condition

    def holds(self, scope: Scope) -> bool:
        if not scope.who or scope.kind != "event":
            return self.part.holds(scope)
        return any(self.part.holds(_as_by(scope, person)) for person in scope.who)

    def tests(self) -> Iterator[Test | Happened]:
        yield from self.part.tests()


def _as_by(scope: Scope, person: str) -> Scope:
    inner = scope.moved(
        kind=scope.kind,
        thing={**scope.thing, "by": person},
        customer=scope.customer,
        by=person,
        case=scope.case,
    )
    inner.present = scope.present
    return inner


@dataclass(frozen=True, slots=True)
class Clock:
    """A day or instant relative to the present: `today`, `5 years ago`, `in 3 days`."""

    amount: Duration | None
    sign: int
    text: str

    def value(self, scope: Scope) -> date | datetime:
        """The day (or, for minutes and hours, the instant) it means now."""
        if self.amount is None:
            return company_time(scope.now).date()
        reached = (after if self.sign > 0 else before)(
            self.amount, Due.at(scope.now), scope.calendar
        )
        return reached.moment or reached.on


@dataclass(frozen=True, slots=True)
class Range:
    """Values between two bounds; each bound is included or not."""

    low: Value
    high: Value
    with_low: bool
    with_high: bool
    text: str

    def holds_for(self, value: Value) -> bool:
        """Whether a value lies inside."""
        above = _ordered(value, ">=" if self.with_low else ">", self.low)
        return above and _ordered(value, "<=" if self.with_high else "<", self.high)


Operand = Value | Path | Clock


@dataclass(frozen=True, slots=True)
class Test:
    """One key compared: op is one of = != < <= > >= in range present absent."""

    path: Path
    op: str
    operand: Operand
    text: str

    def holds(self, scope: Scope) -> bool:
        value = self.path.get(scope)
        op = self.op
        if op == "=":
            return value is not None and equal(value, self.value_of_operand(scope))
        return self._rest(op, value, scope)

    def _rest(self, op: str, value: Value, scope: Scope) -> bool:
        missing = value is None or value == "" or value == []
        if op == "present":
            return not missing
        if op == "absent":
            return missing
        if op == "in":
            return (
                not missing
                and isinstance(self.operand, tuple)
                and any(equal(value, one) for one in self.operand)
            )
        operand = self.value_of_operand(scope)
        if op == "!=":
            return missing or operand is None or not equal(value, operand)
        if missing or operand is None:
            return False
        if op == "range":
            return any(operand.holds_for(one) for one in _each(value))
        return any(_ordered(one, op, operand) for one in _each(value))

    def value_of_operand(self, scope: Scope) -> Value:
        """What the key is compared with, now."""
        if isinstance(self.operand, Path):
            return _other(self.operand, scope, self.path)
        if isinstance(self.operand, Clock):
            return self.operand.value(scope)
        return self.operand

    def tests(self) -> Iterator[Test | Happened]:
        yield self


def _each(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]


def _other(path: Path, scope: Scope, tested: Path) -> Value:
    """`key(x)`: in a `where` about the past the present thing's.

    Of a fulfilling event it is its own, else the opening's; of a customer it is his own, else the event's;
    what is compared with itself is that of the opening, or of the event.
    """
    if scope.present is None or scope.kind not in ("earlier", "fulfilling", "customer"):
        return path.get(scope)
    if scope.kind == "earlier" or path.text == tested.text:
        return path.get(scope.present)
    value = path.get(scope)
    return path.get(scope.present) if value is None else value


def equal(value: Value, other: Value) -> bool:
    """Equality of facts: where either is a list, containment; numbers by value; text by spelling."""
    if isinstance(value, list | tuple):
        if isinstance(other, list | tuple):
            return any(equal(one, two) for one in value for two in other)
        return any(equal(one, other) for one in value)
    if isinstance(other, list | tuple):
        return any(equal(value, one) for one in other)
    if type(value) is type(other):
        return bool(value == other)
    if value is None or other is None:
        return False
    pair = _comparable(value, other)
    if pair is not None:
        return bool(pair[0] == pair[1])
    return _spelling(value) == _spelling(other)


def _spelling(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _day(value: Value) -> date | None:
    if isinstance(value, datetime):
        return company_time(value).date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _comparable(value: Value, other: Value) -> tuple[Value, Value] | None:
    """The two as values of one ordered type, or None where they have none in common."""
    if isinstance(value, datetime) and isinstance(other, datetime):
        return value, other
    if isinstance(value, date) or isinstance(other, date):
        pair = _day(value), _day(other)
        return None if None in pair else pair
    if isinstance(value, bool) or isinstance(other, bool):
        return None
    if isinstance(value, int | Decimal) or isinstance(other, int | Decimal):
        try:
            return Decimal(str(value)), Decimal(str(other))
        except InvalidOperation:
            return None
    return (value, other) if isinstance(value, str) and isinstance(other, str) else None


def _ordered(value: Value, op: str, other: Value) -> bool:
    if isinstance(value, int | Decimal) and isinstance(other, int | Decimal):
        pair: tuple[Value, Value] | None = value, other
    else:
        pair = _comparable(value, other)
    if pair is None:
        return False
    one, two = pair
    if op == ">=":
        return bool(one >= two)
    if op == ">":
        return bool(one > two)
    if op == "<=":
        return bool(one <= two)
    return bool(one < two)


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened before: enough earlier events that agree, fulfil `where`, and are recent enough."""

    event: str
    match: tuple[str, ...]
    where: Condition
    within: Within | None
    at_least: int
    unless: str | None

    def holds(self, scope: Scope) -> bool:
        return sum(1 for _ in islice(self.matching(scope), self.at_least)) >= self.at_least

    def matching(self, scope: Scope) -> Iterator[Event]:
        """The earlier events that count, latest first."""
        values = tuple(match_value(scope, key) for key in self.match)
        floor = self._floor(scope, values)
        for event in scope.world.earlier(self.event, self.match, values, scope.seq):
            if event.seq < floor:
                return
            if scope.asof is not None and event.at > scope.asof:
                continue
            if self.within is not None and passed(self.within, event.at, scope.now, scope.calendar):
                continue
            if self.where is ALWAYS or self._where(event, scope):
                yield event

    def _floor(self, scope: Scope, values: tuple[Value, ...]) -> int:
        if self.unless is None:
            return -1
        for event in scope.world.earlier(self.unless, self.match, values, scope.seq):
            if scope.asof is None or event.at <= scope.asof:
                return event.seq
        return -1

    def _where(self, event: Event, scope: Scope) -> bool:
        inner = Scope.of_event(scope.world, event, scope.calendar)
        inner.kind = "earlier"
        inner.now = scope.now
        inner.present = scope
        return self.where.holds(inner)

    def tests(self) -> Iterator[Test | Happened]:
        yield self


def looked_back_at(condition: Condition) -> frozenset[str]:
    """The types of events of the past on which it depends whether a condition holds, its terms' included."""
    found: set[str] = set()
    for test in condition.tests():
        if isinstance(test, Happened):
            found.update((test.event, *([test.unless] if test.unless else ())))
            found |= looked_back_at(test.where)
            continue
        for path in (test.path, test.operand):
            for hop in path.hops if isinstance(path, Path) else ():
                if hop.term is not None and hop.term.condition is not None:
                    found |= looked_back_at(hop.term.condition)
    return frozenset(found)


def match_value(scope: Scope, key: str) -> Value:
    """The value of a match key at a place."""
    value = scope.thing.get(key)
    if value is not None:
        return value
    if key == "customer":
        return scope.customer
    if key == "by":
        return scope.by
    return scope.case if key == "case" else None


def facts(condition: Condition, scope: Scope) -> dict[str, Value]:
    """The values that decided, by key path, as `because` holds them."""
    found: dict[str, Value] = {}
    for test in condition.tests():
        if isinstance(test, Test):
            found[test.path.text] = test.path.get(scope)
            if isinstance(test.operand, Path):
                found[f"key({test.operand.text})"] = test.value_of_operand(scope)
        else:
            found[f"happened({test.event})"] = sum(1 for _ in test.matching(scope))
    return found
