"""cap: a limit that an action may not exceed, by itself or with what was done before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from xunzhang.law.malformed import Malformed
from xunzhang.law.paths import Path
from xunzhang.law.periods import Period, parse_period
from xunzhang.law.read.rule import RuleReader
from xunzhang.law.rules.approval import StepTable, read_steps
from xunzhang.law.rules.common import Rule
from xunzhang.law.source import Mapping, Node, Scalar, Sequence

_PER = re.compile(r"(\d+(?:\.\d+)?)(?:\s+per\s+(\S+))?\Z")


@dataclass(frozen=True, slots=True)
class Limit:
    """No more than `amount` (times the value of `times`) of `key`; key None counts events."""

    key: Path | None
    amount: Decimal
    times: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CapRule(Rule):
    """Its data. With `of` it is a running total over `every` (or all time), for each `per`."""

    action: str
    limits: tuple[Limit, ...]
    of: tuple[str, ...] = ()
    per: Path | None = None
    every: Period | None = None
    over: Literal["refused", "warn"] | StepTable = "refused"


def read(reader: RuleReader) -> CapRule | None:
    """The rule of a map; None after noting what is missing."""
    action = reader.action(required=True)
    reader.book = reader.context.action_book(action)
    base = reader.base()
    limits = _limits(reader)
    of, per = reader.events("of"), reader.path("per")
    every = reader.time("every", parse_period)
    over = _over(reader)
    counted = any(limit.key is None for limit in limits)
    if (every is not None or per is not None or counted) and not of:
        reader.error(
            reader.node.mark,
            "missing-key",
            "累计的 cap 需要 of: 事件",
            "a running total needs of: EVENT",
        )
    if action is None:
        return None
    return CapRule(**base, action=action, limits=limits, of=of, per=per, every=every, over=over)


def _limits(reader: RuleReader) -> tuple[Limit, ...]:
    node = reader.get("limit", required=True)
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        reader.error(node.mark, "value", "limit 应为 {键: 数字}", "limit is {KEY: number}")
        return ()
    if not node.entries:
        reader.error(
            node.mark,
            "value",
            "limit 是空的，应为 {键: 数字}",
            "limit is empty; it is {KEY: number}",
        )
    found = []
    for key, value in node.entries.items():
        limit = _limit(reader, key, value, node)
        if limit is not None:
            found.append(limit)
    return tuple(found)


def _limit(reader: RuleReader, key: str, value: Node, node: Mapping) -> Limit | None:
    pair = reader.parsed(value, "limit", parse_limit)
    if pair is None:
        return None
    path = None
    if key != "count" or "count" in reader.book.own:
        path = reader.context.path(key, reader.book, node.mark_of(key))
        if path is None:
            return None
    times = reader.context.path(pair[1], reader.book, value.mark) if pair[1] else None
    return Limit(path, pair[0], times)


def parse_limit(text: str) -> tuple[Decimal, str | None]:
    """`500` or `500 per guests`. Raises Malformed."""
    found = _PER.match(text.strip().replace(",", ""))
    if not found:
        raise Malformed(
            f"“{text}”应为 500 或 500 per guests", f"“{text}” should be 500 or 500 per guests"
        )
    return Decimal(found[1]), found[2]


def _over(reader: RuleReader) -> Literal["refused", "warn"] | StepTable:
    node = reader.get("over")
    if isinstance(node, Mapping):
        for name in node.entries:
            if name not in ("by", "table"):
                reader.problems.unknown(
                    node.mark_of(name), "unknown-key", ("键", "key"), name, ("by", "table")
                )
        if "by" not in node.entries and "table" not in node.entries:
            _bad_over(reader, node)
        return read_steps(reader, node.get("by"), node.get("table"), reader.book) or "refused"
    if isinstance(node, Sequence):
        _bad_over(reader, node)
    if isinstance(node, Scalar) and node.text == "warn":
        return "warn"
    if isinstance(node, Scalar) and node.text != "refused":
        reader.problems.unknown(
            node.mark, "value", (" over 值", "over"), node.text, ("refused", "warn")
        )
    return "refused"


def _bad_over(reader: RuleReader, node: Node) -> None:
    reader.error(
        node.mark,
        "value",
        "over 应为 refused、warn 或 {by: [步骤]}",
        "over is refused, warn or {by: [steps]}",
    )
