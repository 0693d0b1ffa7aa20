"""guide: a word of help at an action or a stage. It never blocks."""

from __future__ import annotations

from dataclasses import dataclass, field

from xunzhang.law.read.rule import RuleReader
from xunzhang.law.rules.common import Rule, Words
from xunzhang.law.source import Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideRule(Rule):
    """Its data. `at` is an action type or PROCESS/STAGE."""

    at: str
    text: Words = field(default_factory=dict)


def read(reader: RuleReader) -> GuideRule | None:
    """The rule of a map; None after noting what is missing."""
    node = reader.get("at", required=True)
    at = node.text if isinstance(node, Scalar) else None
    context = reader.context
    if at is not None and "/" in at:
        process, _, stage = at.partition("/")
        if process not in context.processes:
            context.problems.unknown(node.mark, "unknown-process", ("流程", "process"), process, context.processes)  # type: ignore[union-attr]
        elif context.processes[process].stage(stage) is None:
            known = [one.code for one in context.processes[process].stages]
            context.problems.unknown(node.mark, "unknown-stage", ("阶段", "stage"), stage, known)  # type: ignore[union-attr]
        reader.book = context.book_of("case")
    elif at is not None:
        reader.action("at")
        reader.book = context.action_book(at)
    base = reader.base()
    text = reader.words("text", required=True)
    return GuideRule(**base, at=at, text=text) if at is not None else None
