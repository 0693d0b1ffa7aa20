"""Intervals of numbers, as the tests of bands and tables name them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from xunzhang.law.conditions import Range, Test

LOWEST, HIGHEST = Decimal("-Infinity"), Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers between two bounds, each included or not."""

    low: Decimal = LOWEST
    high: Decimal = HIGHEST
    with_low: bool = False
    with_high: bool = False

    @property
    def empty(self) -> bool:
        """Whether no number lies in it."""
        return self.low > self.high or (
            self.low == self.high and not (self.with_low and self.with_high)
        )

    def both(self, other: Interval) -> Interval:
        """The numbers in both."""
        low, with_low = max((self.low, not self.with_low), (other.low, not other.with_low))
        high, with_high = min((self.high, self.with_high), (other.high, other.with_high))
        return Interval(low, high, not with_low, with_high)

    def inside(self, other: Interval) -> bool:
        """Whether all its numbers lie in another."""
        return self.empty or self.both(other) == self

    def say(self, lang: str = "zh") -> str:
        """`60 至 85（不含 85）`, `from 60 to below 85`."""
        low, high = _number(self.low), _number(self.high)
        if self.low == self.high:
            return low
        if lang == "en":
            first = "" if self.low == LOWEST else f"{'from' if self.with_low else 'above'} {low}"
            last = (
                "" if self.high == HIGHEST else f"{'up to' if self.with_high else 'below'} {high}"
            )
            return " ".join(part for part in (first, last) if part) or "everything"
        first = "" if self.low == LOWEST else f"{low}{'' if self.with_low else '（不含）'}"
        last = "" if self.high == HIGHEST else f"{high}{'' if self.with_high else '（不含）'}"
        if first and last:
            return f"{first} 至 {last}"
        return f"{first} 以上" if first else f"{last} 以下" if last else "全部"


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}" if value.is_finite() else str(value)


def closed(low: Decimal, high: Decimal) -> Interval:
    """The numbers between two bounds, both included."""
    return Interval(low, high, with_low=True, with_high=True)


def interval(test: Test) -> Interval | None:
    """The numbers for which a test holds; None where it is no test of a number."""
    operand = test.operand
    if isinstance(operand, Range):
        low, high = _decimal(operand.low), _decimal(operand.high)
        if low is None or high is None:
            return None
        return Interval(low, high, operand.with_low, operand.with_high)
    value = _decimal(operand)
    if value is None:
        return None
    return {
        "=": closed(value, value),
        ">=": Interval(low=value, with_low=True),
        ">": Interval(low=value),
        "<=": Interval(high=value, with_high=True),
        "<": Interval(high=value),
    }.get(test.op)


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    return None


def gaps(found: list[Interval], whole: Interval) -> list[Interval]:
    """What of the whole no interval holds, in order."""
    left = whole
    holes: list[Interval] = []
    for one in sorted(found, key=lambda part: (part.low, not part.with_low)):
        hole = left.both(Interval(high=one.low, with_high=not one.with_low))
        if not hole.empty:
            holes.append(hole)
        rest = left.both(Interval(low=one.high, with_low=not one.with_high))
        left = rest if not rest.empty or one.high >= left.high else left
        if rest.empty and one.high >= left.high:
            return holes
    return [*holes, left] if not left.empty else holes
