"""Due times of duties, as written in a rule: a time from the event, a date key, or a point in a period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from xunzhang.law.calendar import Calendar, company_time, midnight
from xunzhang.law.facts import Value
from xunzhang.law.paths import Path
from xunzhang.law.periods import Period, Point, Shift, Window, parse_of, parse_point, period_at
from xunzhang.law.read.rule import RuleReader
from xunzhang.law.scope import Scope
from xunzhang.law.source import Node, Scalar
from xunzhang.law.times import ByKey, Due, Duration, Unit, Within, due, parse_by
from xunzhang.law.vocabulary import BadValue, Key, coerce


@dataclass(frozen=True, slots=True)
class DueRule:
    """Exactly one of `within`, `by_key` (with its path) and `point` is set."""

    within: Within | None = None
    start: Path | None = None
    by_key: ByKey | None = None
    by_path: Path | None = None
    point: Point | None = None
    of: Period | None = None
    next_period: bool = False
    shift: Shift | None = None

    @property
    def unit(self) -> Unit | None:
        """The unit by which a pause moves it; None for days."""
        return self.within.unit if isinstance(self.within, Duration) else None

    def resolve(self, scope: Scope, at: datetime, calendar: Calendar) -> Due | None:
        """The due time for an opening at `at`; None where the event lacks the key."""
        if self.within is not None:
            return self._within(scope, at, calendar)
        if self.by_key is not None and self.by_path is not None:
            value = as_time(self.by_path.get(scope))
            return self.by_key.resolve(value, calendar) if value is not None else None
        window = self.window(at, calendar)
        return window.due if window is not None else None

    def window(self, at: datetime, calendar: Calendar) -> Window | None:
        """Where it is a point: its place in the period that holds `at`, or the next."""
        if self.point is None:
            return None
        span = period_at(self.of or self.point.natural_period, company_time(at).date(), calendar)
        return self.point.window(
            span.next(calendar) if self.next_period else span, calendar, self.shift
        )

    def _within(self, scope: Scope, at: datetime, calendar: Calendar) -> Due | None:
        start: datetime | None = at
        if self.start is not None:
            value = as_time(self.start.get(scope))
            start = value if isinstance(value, datetime) or value is None else midnight(value)
        return (
            due(self.within, start, calendar)
            if start is not None and self.within is not None
            else None
        )


_WHO = re.compile(r"role:|(?:event|owner|by|manager|head|each|in|everyone)\b")


def read_point(reader: RuleReader) -> Point | None:
    """The point in a period of `by`; a person written there is told where he belongs."""
    node = reader.get("by")
    if isinstance(node, Scalar) and _WHO.match(node.text.strip()):
        reader.error(
            node.mark,
            "time",
            "这里的 by 是期限；由谁做写在 who",
            "here by is a due time; the person goes into who",
        )
        return None
    return reader.time("by", parse_point)


def as_time(value: Value) -> date | datetime | None:
    """A date or instant, also where a key of another type holds one as text; else None."""
    if value is None or isinstance(value, date):
        return value
    try:
        found = coerce(Key("", "date" if len(str(value)) == 10 else "datetime"), value)
    except BadValue:
        return None
    return found if isinstance(found, date) else None


DATED = frozenset({"date", "datetime", "text", "long"})
"""Types of keys from which a time can run; a text may hold a date."""


def _dated(reader: RuleReader, path: Path | None, node: Node | None) -> Path | None:
    """The key, after noting where it can hold no date."""
    if path is None or node is None or path.key.type in DATED:
        return path
    reader.error(
        node.mark,
        "value",
        f"“{path.text}”的类型是 {path.key.type}，不是日期；应写 date 或 datetime 的键",
        f"“{path.text}” is of type {path.key.type}, no date; name a key of type date or datetime",
    )
    return None


def read_due(reader: RuleReader) -> DueRule | None:
    """`within` (with `from`), or `by` (with `of` and `shift`)."""
    within = reader.within()
    start = _dated(reader, reader.path("from"), reader.get("from"))
    by = reader.get("by")
    shift = read_shift(reader)
    of, following = read_of(reader)
    if by is None:
        if start is not None and within is None:
            reader.error(
                reader.node.mark_of("from"), "missing-key", "from 需要 within", "from needs within"
            )
        return DueRule(within=within, start=start) if within is not None else None
    if within is not None:
        reader.error(by.mark, "two-dues", "within 和 by 只能写一个", "write within or by, not both")
        return None
    if not isinstance(by, Scalar):
        reader.error(
            by.mark,
            "time",
            "by 应为一个时间，如 25th 或 key(held_on)",
            "by is a time such as 25th or key(held_on)",
        )
        return None
    if "key(" in by.text:
        key = reader.parsed(by, "by", parse_by)
        path = reader.context.path(key.key, reader.book, by.mark) if key is not None else None
        path = _dated(reader, path, by)
        return DueRule(by_key=key, by_path=path) if path is not None else None
    point = read_point(reader)
    return (
        DueRule(point=point, of=of, next_period=following, shift=shift)
        if point is not None
        else None
    )


def read_shift(reader: RuleReader) -> Shift | None:
    """`shift: before | after`."""
    return cast("Shift | None", reader.text("shift", among=("before", "after")))


def read_of(reader: RuleReader) -> tuple[Period | None, bool]:
    """`of: month | next month | …`."""
    found = reader.time("of", parse_of)
    return found if found is not None else (None, False)
