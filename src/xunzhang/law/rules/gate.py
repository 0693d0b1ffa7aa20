"""gate: an action that is refused unless, or where, something holds."""

from __future__ import annotations

from dataclasses import dataclass, field

from xunzhang.law.conditions import Condition
from xunzhang.law.problems import Mark
from xunzhang.law.read.rule import RuleReader
from xunzhang.law.rules.common import Rule, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRule(Rule):
    """Its data. `not_while` names rules whose open duties refuse the action."""

    action: str
    only_if: Condition | None = None
    refuse_if: Condition | None = None
    not_while: tuple[str, ...] = ()
    say: Words = field(default_factory=dict)
    warn: bool = False
    while_marks: tuple[tuple[str, Mark], ...] = ()


def read(reader: RuleReader) -> GateRule | None:
    """The rule of a map; None after noting what is missing."""
    action = reader.action(required=True)
    reader.book = reader.context.action_book(action)
    base = reader.base()
    only = reader.condition("only_if") if reader.has("only_if") else None
    refuse = reader.condition("refuse_if") if reader.has("refuse_if") else None
    names = reader.names("not_while")
    for name, mark in names:
        if "/" not in name and name not in reader.context.rule_ids:
            reader.problems.unknown(
                mark, "unknown-rule", ("规则", "rule"), name, reader.context.rule_ids
            )
    say = reader.words("say")
    warn = reader.text("else", among=("warn", "refused")) == "warn"
    if only is None and refuse is None and not names:
        reader.error(
            reader.node.mark,
            "missing-key",
            "gate 需要 only_if、refuse_if 或 not_while",
            "a gate needs only_if, refuse_if or not_while",
        )
    if action is None:
        return None
    return GateRule(
        **base,
        action=action,
        only_if=only,
        refuse_if=refuse,
        not_while=tuple(name for name, _ in names),
        say=say,
        warn=warn,
        while_marks=names,
    )
