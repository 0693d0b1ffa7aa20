"""award: an event that earns points."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from xunzhang.law.facts import frozen
from xunzhang.law.paths import Path
from xunzhang.law.read.rule import RuleReader
from xunzhang.law.rules.common import Rule
from xunzhang.law.scope import Scope
from xunzhang.law.source import Mapping, Scalar
from xunzhang.law.who import Who, people

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run


@dataclass(frozen=True, slots=True)
class PerUnit:
    """So many points for each whole unit of a key."""

    per: Decimal
    of: Path
    give: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRule(Rule):
    """Its data. `to` is a who or the path of a customer."""

    when: tuple[str, ...]
    to: Who | Path
    points: Decimal | PerUnit
    once: tuple[str, ...] = ()


def read(reader: RuleReader) -> AwardRule | None:
    """The rule of a map; None after noting what is missing."""
    when = reader.events("when", required=True)
    reader.book = reader.context.event_book(when)
    to = _to(reader)
    points = _points(reader)
    base = reader.base()
    once = reader.keys("once", (reader.book,))
    if to is None or points is None or not when:
        return None
    return AwardRule(**base, when=when, to=to, points=points, once=once)


def _to(reader: RuleReader) -> Who | Path | None:
    node = reader.get("to", required=True)
    if isinstance(node, Scalar) and node.text in ("customer", "event.customer"):
        return reader.context.path("customer", reader.book, node.mark)
    return reader.who("to")


def _points(reader: RuleReader) -> Decimal | PerUnit | None:
    node = reader.get("points", required=True)
    if isinstance(node, Mapping):
        inner = RuleReader(reader.context, node, "points")
        inner.asked, inner.book = set(), reader.book
        per, of, give = (
            inner.get("per", required=True),
            inner.path("of", required=True),
            inner.get("give", required=True),
        )
        inner.finish()
        one = inner.decimal(per, "per") if per is not None else None
        two = inner.decimal(give, "give") if give is not None else None
        if one is not None and one <= 0:
            inner.error(node.mark, "value", "per 应大于 0", "per is above 0")
            return None
        return (
            PerUnit(one, of, two)
            if one is not None and two is not None and of is not None
            else None
        )
    return reader.decimal(node, "points") if node is not None else None


def follow(rule: AwardRule, run: Run, scope: Scope) -> None:
    """Give the points, once where the rule says so."""
    points = earned(rule, scope)
    if points is None:
        return
    receivers: tuple[str, ...]
    if isinstance(rule.to, Path):
        found = rule.to.get(scope)
        receivers = (found,) if found else ()
    else:
        receivers = people(rule.to, scope)
    if not receivers:
        return
    if rule.once:
        key = (
            "award",
            rule.policy,
            rule.id,
            tuple(frozen(scope.thing.get(name)) for name in rule.once),
        )
        if run.history.recall(key):
            return
        run.history.remember(key, True)
    because = rule.because(scope)
    for to in receivers:
        run.award(to, points, because)


LARGEST = 60
"""Of how many digits an amount may be that earns points; nothing real has more."""


def earned(rule: AwardRule, scope: Scope) -> Decimal | None:
    """The points for an event; None where not one whole unit is reached or the key is missing."""
    if isinstance(rule.points, Decimal):
        return rule.points
    value = rule.points.of.get(scope)
    if not isinstance(value, int | Decimal):
        return None
    amount = Decimal(value)
    if not amount.is_finite() or amount.adjusted() > LARGEST:
        return None
    with localcontext(prec=2 * LARGEST):
        units = amount // rule.points.per
    return units * rule.points.give if units >= 1 else None
