"""sanction: what is proposed for a breach. A person decides; nothing is deducted by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from xunzhang.law.malformed import Malformed
from xunzhang.law.periods import Period
from xunzhang.law.read.rule import RuleReader
from xunzhang.law.rules.cadence import parse_every
from xunzhang.law.rules.common import Rule
from xunzhang.law.source import Mapping, Scalar, Sequence
from xunzhang.law.times import Duration
from xunzhang.law.who import InBreach, Manager, Who

_RANGE = re.compile(r"\d+(\.\d+)?\.\.=?\d+(\.\d+)?\Z")
_PERCENTS = re.compile(r"\d+(\.\d+)?%(\.\.=?\d+(\.\d+)?%)?\Z")
Fine = Decimal | str
Step = Fine | tuple[str, str]
"""A fine, or ("step" | "deduct", words)."""


MANAGER = Manager(InBreach())
"""Who decides where the rule names nobody: the manager of who is in breach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionRule(Rule):
    """Its data. One of `fine`, `steps`, `deduct`, `choose` says what is proposed."""

    codes: tuple[str, ...]
    fine: Fine | None = None
    steps: tuple[Step, ...] = ()
    deduct: str | None = None
    choose: tuple[str, ...] = ()
    over: Period | Duration | None = None
    counting: tuple[str, ...] = ()
    once_per: str | None = None
    since: int = 1
    double_from: int | None = None
    confirm: Who = MANAGER
    per: str | None = None
    also: tuple[Who, ...] = ()


def read(reader: RuleReader) -> SanctionRule | None:
    """The rule of a map; None after noting what is missing."""
    reader.book = reader.context.event_book(("breach.raised",))
    codes = reader.names("breach", required=True)
    counting = reader.names("counting")
    reader.context.answered += [*codes, *counting]
    base = reader.base(scoped=False)
    fine, steps = _fine(reader, "fine"), _steps(reader)
    deduct = _deduct(reader)
    choose = tuple(name for name, _ in reader.names("choose"))
    if not any(reader.has(key) for key in ("fine", "steps", "deduct", "choose")):
        reader.error(
            reader.node.mark,
            "missing-key",
            "sanction 需要 fine、steps、deduct 或 choose 之一",
            "a sanction needs fine, steps, deduct or choose",
        )
    if reader.has("fine") and reader.has("steps"):
        reader.error(
            reader.node.mark_of("fine"),
            "two-sanctions",
            "fine 和 steps 只能写一个；某一步要罚款，写 steps: [{fine: 50}]",
            "write fine or steps, not both; a step that fines is steps: [{fine: 50}]",
        )
    rest: dict[str, Any] = {
        "over": reader.time("over", parse_every),
        "once_per": next(iter(reader.keys("once_per", (reader.book,))), None),
        "since": reader.number("from", 1),
        "double_from": reader.number("double_from", None),
        "per": _word(reader, "per"),
        "also": _also(reader),
    }
    confirm = reader.who("confirm")
    if confirm is not None:
        rest["confirm"] = confirm
    if not codes:
        return None
    return SanctionRule(
        **base,
        codes=tuple(name for name, _ in codes),
        fine=fine,
        steps=steps,
        deduct=deduct,
        choose=choose,
        counting=tuple(name for name, _ in counting),
        **rest,
    )


def _word(reader: RuleReader, key: str) -> str | None:
    return next((name for name, _ in reader.names(key)), None)


def _also(reader: RuleReader) -> tuple[Who, ...]:
    node = reader.get("also")
    if node is None:
        return ()
    items = node.items if isinstance(node, Sequence) else [node]
    return tuple(who for item in items if (who := reader.who_of(item)) is not None)


def _fine(reader: RuleReader, key: str) -> Fine | None:
    node = reader.get(key)
    return reader.parsed(node, key, parse_fine) if node is not None else None


def parse_fine(text: str) -> Fine:
    """An amount in CNY, a range `100..1000`, or `open`. Raises Malformed."""
    words = text.strip()
    if words == "open":
        return words
    if _RANGE.match(words):
        return _upwards(words)
    try:
        found = Decimal(words)
    except InvalidOperation:
        found = Decimal(-1)
    if not found.is_finite() or found < 0:
        raise Malformed(
            f"“{text}”应为金额（50）、范围（100..1000）或 open",
            f"“{text}” should be an amount (50), a range (100..1000) or open",
        )
    return found


def _deduct(reader: RuleReader) -> str | None:
    return reader.time("deduct", parse_deduct)


def parse_deduct(text: str) -> str:
    """`10%` or `10%..30%`. Raises Malformed."""
    words = text.strip()
    if not _PERCENTS.match(words):
        raise Malformed(f"“{text}”应为 10% 或 10%..30%", f"“{text}” should be 10% or 10%..30%")
    return _upwards(words)


def _upwards(words: str) -> str:
    """The words of a range whose first bound is the lower one. Raises Malformed."""
    bounds = [Decimal(bound.strip("=%")) for bound in words.split("..")]
    if bounds != sorted(bounds):
        raise Malformed(
            f"区间“{words}”的下限大于上限，应先写小的",
            f"the range “{words}” has its bounds reversed; write the lower one first",
        )
    return words


def _steps(reader: RuleReader) -> tuple[Step, ...]:
    node = reader.get("steps")
    if node is None:
        return ()
    if not isinstance(node, Sequence) or not node.items:
        reader.error(
            node.mark,
            "value",
            "steps 应为列表，如 [education, {fine: 50}]",
            "steps is a list such as [education, {fine: 50}]",
        )
        return ()
    found: list[Step] = []
    for item in node.items:
        if isinstance(item, Scalar):
            found.append(("step", item.text))
        elif (
            isinstance(item, Mapping)
            and len(item.entries) == 1
            and set(item.entries) <= {"fine", "deduct"}
        ):
            ((key, value),) = item.entries.items()
            step: Step | None
            if key == "fine":
                step = reader.parsed(value, "fine", parse_fine)
            else:
                percent = reader.parsed(value, "deduct", parse_deduct)
                step = ("deduct", percent) if percent is not None else None
            if step is not None:
                found.append(step)
        else:
            reader.error(
                item.mark,
                "value",
                "每一步应为文字、{fine: 50} 或 {deduct: 10%}",
                "a step is a word, {fine: 50} or {deduct: 10%}",
            )
    return tuple(found)
