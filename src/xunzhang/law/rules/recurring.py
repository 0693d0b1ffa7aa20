"""recurring: somebody must do something in every period, by a point in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from xunzhang.law.conditions import ALWAYS, Condition
from xunzhang.law.malformed import Malformed
from xunzhang.law.paths import Path
from xunzhang.law.periods import DateList, Period, Point, Shift, parse_period
from xunzhang.law.read.rule import RuleReader, key_of
from xunzhang.law.rules.common import EachValue, Ladder, Reminding, Rule
from xunzhang.law.rules.due import read_point, read_shift
from xunzhang.law.source import Scalar, Sequence
from xunzhang.law.who import Who


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringRule(Rule):
    """Its data. `done_by` says whose event serves: its who's (None), a key's, or anyone's."""

    who: Who
    do: tuple[str, ...]
    every: Period | DateList
    by: Point | None = None
    shift: Shift | None = None
    at_least: int = 1
    where: Condition = ALWAYS
    evidence: tuple[str, ...] = ()
    signed: bool = False
    remind: tuple[Reminding, ...] = ()
    escalate: tuple[Ladder, ...] = ()
    breach: str | None = None
    for_each: EachValue | None = None
    done_by: Path | Literal["anyone"] | None = None


def read(reader: RuleReader) -> RecurringRule | None:
    """The rule of a map; None after noting what is missing."""
    context = reader.context
    do = reader.events("do", required=True)
    done = context.event_book(do)
    reader.book = context.book_of("staff")
    who = reader.who(required=True)
    every = _every(reader)
    base = reader.base()
    rest: dict[str, Any] = {
        "by": read_point(reader),
        "shift": read_shift(reader),
        "at_least": reader.number("at_least", 1),
        "where": reader.condition("where", done),
        "evidence": reader.keys("evidence", (done,)),
        "signed": reader.flag("signed"),
        "remind": reader.remind(),
        "escalate": reader.escalate(),
        "breach": reader.code(),
        "for_each": reader.for_each(done),
        "done_by": _done_by(reader),
    }
    if isinstance(every, DateList) and reader.has("by"):
        reader.error(
            reader.node.mark_of("by"),
            "two-dues",
            "every 已经列出日期，不再写 by",
            "every lists the dates; there is no by",
        )
    if who is None or every is None or not do:
        return None
    return RecurringRule(**base, who=who, do=do, every=every, **rest)


def _every(reader: RuleReader) -> Period | DateList | None:
    node = reader.get("every", required=True)
    if isinstance(node, Sequence):
        if not node.items or not all(isinstance(item, Scalar) for item in node.items):
            reader.error(
                node.mark,
                "time",
                "every 的日期应如 03-15 或 2026-03-15，至少一个",
                "the dates of every are such as 03-15 or 2026-03-15, one at least",
            )
            return None
        try:
            return DateList.parse([item.text for item in node.items if isinstance(item, Scalar)])
        except Malformed as error:
            reader.error(node.mark, "time", f"every：{error.zh}", f"every: {error.en}")
            return None
    return reader.time("every", parse_period)


def _done_by(reader: RuleReader) -> Path | Literal["anyone"] | None:
    node = reader.get("done_by")
    if node is None:
        return None
    text = node.text if isinstance(node, Scalar) else ""
    if text == "anyone":
        return "anyone"
    book = reader.context.event_book(reader.events("do"))
    name = key_of(text) or text.removeprefix("event.")
    return reader.context.path(name, book, node.mark)
