"""breach: an event that is wrong in itself."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from xunzhang.law.calendar import company_time
from xunzhang.law.facts import Event, Value
from xunzhang.law.paths import Path
from xunzhang.law.read.rule import RuleReader
from xunzhang.law.rules.common import Rule
from xunzhang.law.scope import Scope
from xunzhang.law.source import Scalar
from xunzhang.law.who import Who, groups

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachRule(Rule):
    """Its data. `count` is a number or the path of a key."""

    when: tuple[str, ...]
    who: Who
    breach: str
    count: int | Decimal | Path = 1


def read(reader: RuleReader) -> BreachRule | None:
    """The rule of a map; None after noting what is missing."""
    when = reader.events("when", required=True)
    reader.book = reader.context.event_book(when)
    who = reader.who(required=True)
    code = reader.code(required=True)
    base = reader.base()
    count = read_count(reader)
    if who is None or code is None or not when:
        return None
    return BreachRule(**base, when=when, who=who, breach=code, count=count)


def read_count(reader: RuleReader) -> int | Decimal | Path:
    """`count`: a number, or a key."""
    node = reader.get("count")
    if isinstance(node, Scalar) and isinstance(node.value, Decimal) and node.value > 0:
        return node.value
    if isinstance(node, Scalar) and not isinstance(node.value, int):
        return reader.path("count") or 1
    return reader.number("count", 1)


def counted(count: int | Decimal | Path, scope: Scope) -> Value:
    """The count of a breach; 1 where the event lacks the key or holds no number under it."""
    if isinstance(count, Path):
        value = count.get(scope)
        if isinstance(value, list | dict):
            return len(value)
        return value if isinstance(value, int | Decimal) and not isinstance(value, bool) else 1
    return count


def follow(rule: BreachRule, run: Run, event: Event, scope: Scope) -> None:
    """Put each group in breach at the moment of the event."""
    because = rule.because(scope)
    for group in groups(rule.who, scope):
        run.breaches.put(
            rule.breach,
            group,
            counted(rule.count, scope),
            event.at,
            company_time(event.at).date(),
            scope.thing,
            because,
        )
