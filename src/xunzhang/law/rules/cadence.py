"""cadence: each customer of a kind must get something so often in every period."""

from __future__ import annotations

from dataclasses import dataclass

from xunzhang.law.conditions import ALWAYS, Condition
from xunzhang.law.malformed import Malformed
from xunzhang.law.periods import PERIODS, Period, Point, Shift
from xunzhang.law.read.rule import RuleReader
from xunzhang.law.rules.common import Reminding, Rule
from xunzhang.law.rules.due import read_point, read_shift
from xunzhang.law.times import Duration, parse_duration
from xunzhang.law.who import Who


@dataclass(frozen=True, slots=True, kw_only=True)
class CadenceRule(Rule):
    """Its data. `every` a period (calendar) or a duration (rolling)."""

    customers: Condition
    do: tuple[str, ...]
    every: Period | Duration
    who: Who
    at_least: int = 1
    by: Point | None = None
    shift: Shift | None = None
    where: Condition = ALWAYS
    breach: str | None = None
    remind: tuple[Reminding, ...] = ()

    @property
    def rolling(self) -> bool:
        """Whether the time runs anew from each event."""
        return isinstance(self.every, Duration)


def parse_every(text: str) -> Period | Duration:
    """A period such as month, or a time such as 30 days. Raises Malformed."""
    words = " ".join(text.split())
    if words in PERIODS:
        return words
    try:
        return parse_duration(words)
    except Malformed as error:
        raise Malformed(
            f"“{text}”应为周期（{'、'.join(PERIODS)}）或时间（如 30 days）",
            f"“{text}” should be a period ({', '.join(PERIODS)}) or a time such as 30 days",
        ) from error


def read(reader: RuleReader) -> CadenceRule | None:
    """The rule of a map; None after noting what is missing."""
    context = reader.context
    customer = context.book_of("customer")
    reader.book = customer
    customers = reader.condition("for") if reader.get("for", required=True) is not None else ALWAYS
    do = reader.events("do", required=True)
    every = reader.time("every", parse_every, required=True)
    who = reader.who(required=True)
    base = reader.base()
    at_least = reader.number("at_least", 1)
    by = read_point(reader)
    shift = read_shift(reader)
    where = reader.condition("where", context.event_book(do))
    breach, remind = reader.code(), reader.remind()
    if isinstance(every, Duration) and (at_least != 1 or by is not None):
        reader.error(
            reader.node.mark_of("at_least" if at_least != 1 else "by"),
            "rolling",
            "滚动的 cadence 只能要求一次，也没有 by",
            "a rolling cadence has at_least 1 and no by",
        )
    if not do or every is None or who is None:
        return None
    return CadenceRule(
        **base,
        customers=customers,
        do=do,
        every=every,
        who=who,
        at_least=at_least,
        by=by,
        shift=shift,
        where=where,
        breach=breach,
        remind=remind,
    )
