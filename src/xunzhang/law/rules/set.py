"""set: an event that changes what is known of a customer or of a member of staff."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xunzhang.law.facts import Event, Value
from xunzhang.law.paths import Path
from xunzhang.law.read.rule import RuleReader, key_of
from xunzhang.law.rules.common import Rule
from xunzhang.law.scope import Scope
from xunzhang.law.source import Mapping, Scalar, plain
from xunzhang.law.vocabulary import BadValue, Key, coerce

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRule(Rule):
    """Its data: new values by key; a Path reads the event."""

    when: tuple[str, ...]
    customer: Map[str, Value] = field(default_factory=dict)
    staff: Map[str, Value] = field(default_factory=dict)


def read(reader: RuleReader) -> SetRule | None:
    """The rule of a map; None after noting what is missing."""
    when = reader.events("when", required=True)
    reader.book = reader.context.event_book(when)
    base = reader.base()
    vocabulary = reader.context.vocabulary
    customer = _values(reader, "customer", vocabulary.customer_keys)
    staff = _values(reader, "staff", vocabulary.staff_keys)
    if not reader.has("customer") and not reader.has("staff"):
        reader.error(
            reader.node.mark,
            "missing-key",
            "set 规则需要 customer 或 staff",
            "a set rule needs customer or staff",
        )
        return None
    return (
        SetRule(**base, when=when, customer=customer, staff=staff)
        if when and (customer or staff)
        else None
    )


def _values(reader: RuleReader, name: str, known: Map[str, Key]) -> dict[str, Value]:
    node = reader.get(name)
    if node is None:
        return {}
    if not isinstance(node, Mapping):
        reader.error(
            node.mark, "value", f"{name} 应为 {{键: 值}}", f"{name} is a map {{key: value}}"
        )
        return {}
    found: dict[str, Value] = {}
    for key, value in node.entries.items():
        if key not in known:
            reader.problems.unknown(node.mark_of(key), "unknown-key", ("键", "key"), key, known)
            continue
        inner = key_of(value.text) if isinstance(value, Scalar) else None
        if inner is not None:
            found[key] = reader.context.path(inner, reader.book, value.mark)
            continue
        try:
            found[key] = coerce(known[key], plain(value))
        except BadValue as error:
            reader.error(value.mark, "value", f"“{key}”：{error.zh}", f"“{key}”: {error.en}")
    return found


def follow(rule: SetRule, run: Run, event: Event, scope: Scope) -> None:
    """Change the world with the event."""
    if rule.customer and scope.customer is not None:
        run.set_customer(scope.customer, _now(rule.customer, scope), event.at, rule.because(scope))
    staff = scope.thing.get("staff") or scope.by
    if rule.staff and isinstance(staff, str):
        run.set_staff(staff, _now(rule.staff, scope), event.at, rule.because(scope))


def _now(values: Map[str, Value], scope: Scope) -> dict[str, Value]:
    """The new values; a key that the event does not carry changes nothing."""
    found: dict[str, Value] = {}
    for key, value in values.items():
        if not isinstance(value, Path):
            found[key] = value
        elif (now := value.get(scope)) is not None or value.first in scope.thing:
            found[key] = now
    return found
