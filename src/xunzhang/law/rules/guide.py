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
    text = reader.words("text", required=True)
    if not isinstance(node, Scalar):
        return None
    if "/" in node.text:
        _check_stage(reader, node)
        reader.book = reader.context.any_book()
    else:
        reader.action("at")
        reader.book = reader.context.action_book(node.text)
    base = reader.base()
    return GuideRule(**base, at=node.text, text=text)


def _check_stage(reader: RuleReader, node: Scalar) -> None:
    process, _, stage = node.text.partition("/")
    problems, known = reader.problems, reader.context.processes
    if process not in known:
        problems.unknown(node.mark, "unknown-process", ("流程", "process"), process, known)
    elif known[process].stage(stage) is None:
        codes = [one.code for one in known[process].stages]
        problems.unknown(node.mark, "unknown-stage", ("阶段", "stage"), stage, codes)
