"""Periods aligned to the calendar, half-open, and lists of dates that act as periods."""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Literal, get_args

from xunzhang.law.calendar import Calendar
from xunzhang.law.malformed import Malformed
from xunzhang.law.problems import nearest

Period = Literal["day", "workday", "week", "month", "quarter", "half-year", "year"]
PERIODS: tuple[Period, ...] = get_args(Period)

_DAY = timedelta(days=1)
_MONTHS: dict[Period, int] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
_EVERY: dict[Period, tuple[str, str]] = {
    "day": ("每天", "every day"),
    "workday": ("每个工作日", "every workday"),
    "week": ("每周", "every week"),
    "month": ("每月", "every month"),
    "quarter": ("每季度", "every quarter"),
    "half-year": ("每半年", "every half-year"),
    "year": ("每年", "every year"),
}


def add_months(day: date, months: int) -> date:
    """The same day so many months later (earlier, if negative); a month's end clamps."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(year)
    return date(year, month + 1, min(day.day, gregorian.monthrange(year, month + 1)[1]))


def clamped(year: int, month: int, day: int) -> date:
    """The date, or the month's last where the month is shorter."""
    return date(year, month, min(day, gregorian.monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Span:
    """One period, from `starts` up to but without `ends`. A list of dates has kind `dates`."""

    kind: Period | Literal["dates"]
    starts: date
    ends: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.starts <= day < self.ends

    @property
    def last(self) -> date:
        """Its last day."""
        return self.ends - _DAY

    @property
    def name(self) -> str:
        """`2026-03-01/2026-04-01`: its first day and the day after its last."""
        return f"{self.starts.isoformat()}/{self.ends.isoformat()}"

    def next(self, calendar: Calendar) -> Span:
        """The period after it (of a list of dates: ask the list)."""
        return period_at(self._period, self.ends, calendar)

    def previous(self, calendar: Calendar) -> Span:
        """The period before it (of a list of dates: ask the list)."""
        if self.kind == "workday":
            return period_at("workday", calendar.add_workdays(self.starts, -1), calendar)
        return period_at(self._period, self.starts - _DAY, calendar)

    @property
    def _period(self) -> Period:
        if self.kind == "dates":
            raise ValueError("the neighbours of a date in a list are asked of the list")
        return self.kind

    def say(self, lang: str = "zh") -> str:
        """`2026-03`, `2026 年第 1 季度`, or its first and last day."""
        year, part = self.starts.year, (self.starts.month - 1)
        match self.kind:
            case "year":
                return f"{year}" if lang == "en" else f"{year} 年"
            case "half-year":
                return (
                    f"{year} H{part // 6 + 1}"
                    if lang == "en"
                    else (f"{year} 年{'上' if part < 6 else '下'}半年")
                )
            case "quarter":
                return (
                    f"{year} Q{part // 3 + 1}"
                    if lang == "en"
                    else (f"{year} 年第 {part // 3 + 1} 季度")
                )
            case "month":
                return f"{year}-{self.starts:%m}" if lang == "en" else f"{year} 年 {part + 1} 月"
            case "day" | "workday":
                return self.starts.isoformat()
            case "week" | "dates":
                joint = " to " if lang == "en" else " 至 "
                return f"{self.starts.isoformat()}{joint}{self.last.isoformat()}"


def parse_period(text: str) -> Period:
    """Read the name of a period. Raises `Malformed`."""
    for period in PERIODS:
        if text == period:
            return period
    near = nearest(text, PERIODS)
    zh = f"是不是“{near}”？" if near else f"可用：{'、'.join(PERIODS)}"
    en = f"did you mean “{near}”?" if near else f"known: {', '.join(PERIODS)}"
    raise Malformed(f"没有周期“{text}”；{zh}", f"no period “{text}”; {en}")


def period_at(kind: Period, day: date, calendar: Calendar) -> Span:
    """The period that holds the day. A day off is in no workday: it gives the next one."""
    match kind:
        case "day":
            return Span(kind, day, day + _DAY)
        case "workday":
            worked = calendar.workday_from(day)
            return Span(kind, worked, worked + _DAY)
        case "week":
            monday = day - timedelta(days=day.weekday())
            return Span(kind, monday, monday + 7 * _DAY)
        case "month" | "quarter" | "half-year" | "year":
            length = _MONTHS[kind]
            first = date(day.year, (day.month - 1) // length * length + 1, 1)
            return Span(kind, first, add_months(first, length))


def say_period(kind: Period, lang: str = "zh") -> str:
    """`每月` or `every month`."""
    return _EVERY[kind][1 if lang == "en" else 0]


@dataclass(frozen=True, slots=True)
class DateList:
    """Due dates: some once, some (month, day) every year. 29 February clamps."""

    once: frozenset[date]
    yearly: frozenset[tuple[int, int]]

    @classmethod
    def parse(cls, texts: Iterable[str]) -> DateList:
        """Read `03-15` (each year) and `2026-03-15` (once). Raises `Malformed`."""
        once: set[date] = set()
        yearly: set[tuple[int, int]] = set()
        for text in texts:
            try:
                if len(text) == 5:
                    leap = date.fromisoformat(f"2000-{text}")
                    yearly.add((leap.month, leap.day))
                elif len(text) == 10:
                    once.add(date.fromisoformat(text))
                else:
                    raise ValueError(text)
            except ValueError:
                raise Malformed(
                    f"“{text}”不是日期；应如 03-15（每年）或 2026-03-15（一次）",
                    f"“{text}” is no date; write 03-15 (each year) or 2026-03-15 (once)",
                ) from None
        if not once and not yearly:
            raise Malformed(
                "日期列表是空的；应如 [03-15, 2026-09-01]",
                "the list of dates is empty; write [03-15, 2026-09-01]",
            )
        return cls(frozenset(once), frozenset(yearly))

    def _of_year(self, year: int) -> list[date]:
        yearly = {clamped(year, month, day) for month, day in self.yearly}
        return sorted(yearly | {day for day in self.once if day.year == year})

    def due_dates(self, since: date) -> Iterator[date]:
        """The dates on or after `since`, in order; endless where some are yearly."""
        last = max((day.year for day in self.once), default=since.year)
        for year in count(since.year):
            if not self.yearly and year > last:
                return
            yield from (day for day in self._of_year(year) if day >= since)

    def before(self, day: date) -> date | None:
        """The latest due date before the day."""
        yearly = self._of_year(day.year) + self._of_year(day.year - 1) if self.yearly else ()
        return max((one for one in (*yearly, *self.once) if one < day), default=None)

    def spans(self, effective: date) -> Iterator[Span]:
        """The periods whose due date (`last`) is on or after `effective`, in order.

        Each runs from the day after the due date before it; where there is none, from
        `effective`.
        """
        for due in self.due_dates(effective):
            before = self.before(due)
            yield Span("dates", before + _DAY if before else effective, due + _DAY)

    def span_at(self, day: date, effective: date) -> Span | None:
        """The period that holds the day; None after the last date and before the first period."""
        span = next(self.spans(max(day, effective)), None)
        if span is None:
            return None
        first = span if self.before(span.last) else next(self.spans(effective))
        return first if day in first else None

    def say(self, lang: str = "zh") -> str:
        """`每年 03-15、2026-09-01` or `every 03-15, 2026-09-01`."""
        each = "every" if lang == "en" else "每年"
        yearly = [f"{each} {month:02}-{day:02}" for month, day in sorted(self.yearly)]
        joint = ", " if lang == "en" else "、"
        return joint.join(yearly + [day.isoformat() for day in sorted(self.once)])
