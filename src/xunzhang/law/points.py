"""Points in a period: `last workday`, `25th`, `friday before 25th`, `20th..25th`, RFC 5545 rules.

A point is literal. Where a month is shorter than the point's number, its last day
counts (`31st` in April is the 30th); a week that does not hold the 25th, or a month
without a fifth Monday, has no such point. In a period longer than a month `25th` is
that of its first month; a bare weekday is the period's first.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from typing_extensions import override

from xunzhang.law.calendar import COMPANY_ZONE, Calendar
from xunzhang.law.spans import Period, Span, clamped
from xunzhang.law.times import Due

Shift = Literal["before", "after"]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ZH_WEEKDAYS = "一二三四五六日"
_DAY = timedelta(days=1)
_LAST = -1
_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", _LAST: "last"}


@dataclass(frozen=True, slots=True)
class Window:
    """A point of one period: from when it is open (None: the whole time), and when it is due."""

    opens: date | None
    due: Due


class Spot(ABC):
    """A single day of a period."""

    @property
    def natural(self) -> Period:
        """The period that it is a day of where none is said."""
        return "month"

    @abstractmethod
    def day(self, span: Span, calendar: Calendar) -> date | None:
        """The day in the period; None where the period has no such day."""

    @abstractmethod
    def say(self, lang: str) -> str:
        """The day in words."""


@dataclass(frozen=True, slots=True)
class NthDay(Spot):
    """`first day`, `second monday`, `last workday`; `what` may be a weekday's number."""

    nth: int
    what: Literal["day", "workday"] | int

    @override
    def day(self, span: Span, calendar: Calendar) -> date | None:
        if self.what == "workday":
            return _nth_workday(self.nth, span, calendar)
        step = 1 if self.what == "day" else 7
        if self.nth == _LAST:
            found = span.last
            if isinstance(self.what, int):
                found -= timedelta(days=(found.weekday() - self.what) % 7)
        else:
            found = span.starts
            if isinstance(self.what, int):
                found += timedelta(days=(self.what - found.weekday()) % 7)
            found += timedelta(days=step * (self.nth - 1))
        return found if found in span else None

    @override
    def say(self, lang: str) -> str:
        if lang == "en":
            what = WEEKDAYS[self.what].capitalize() if isinstance(self.what, int) else self.what
            return f"the {_ORDINALS[self.nth]} {what}"
        if self.what == "day":
            return "最后一天" if self.nth == _LAST else f"第 {self.nth} 天"
        what = _zh_weekday(self.what) if isinstance(self.what, int) else "工作日"
        return f"最后一个{what}" if self.nth == _LAST else f"第 {self.nth} 个{what}"


@dataclass(frozen=True, slots=True)
class Weekday(Spot):
    """`friday`: the first of the period, in a week the only one."""

    number: int

    @property
    @override
    def natural(self) -> Period:
        return "week"

    @override
    def day(self, span: Span, calendar: Calendar) -> date | None:
        return NthDay(1, self.number).day(span, calendar)

    @override
    def say(self, lang: str) -> str:
        return WEEKDAYS[self.number].capitalize() if lang == "en" else _zh_weekday(self.number)


@dataclass(frozen=True, slots=True)
class WorkdayNumber(Spot):
    """`workday 3`: the third working day; in a period with fewer, its last."""

    number: int

    @override
    def day(self, span: Span, calendar: Calendar) -> date | None:
        return _nth_workday(self.number, span, calendar) or _nth_workday(_LAST, span, calendar)

    @override
    def say(self, lang: str) -> str:
        return f"workday {self.number}" if lang == "en" else f"第 {self.number} 个工作日"


@dataclass(frozen=True, slots=True)
class MonthDay(Spot):
    """`25th`: that day of the period's (first) month."""

    number: int

    @override
    def day(self, span: Span, calendar: Calendar) -> date | None:
        if span.kind in ("day", "workday", "week", "dates"):
            return next((day for day in _days(span) if day.day == self.number), None)
        return clamped(span.starts.year, span.starts.month, self.number)

    @override
    def say(self, lang: str) -> str:
        return f"the {ordinal(self.number)}" if lang == "en" else f"{self.number} 日"


@dataclass(frozen=True, slots=True)
class YearDay(Spot):
    """`03-25`: that date where the period holds it."""

    month: int
    number: int

    @property
    @override
    def natural(self) -> Period:
        return "year"

    @override
    def day(self, span: Span, calendar: Calendar) -> date | None:
        for year in range(span.starts.year, span.last.year + 1):
            day = clamped(year, self.month, self.number)
            if day in span:
                return day
        return None

    @override
    def say(self, lang: str) -> str:
        text = f"{self.month:02}-{self.number:02}"
        return text if lang == "en" else f"{self.month} 月 {self.number} 日"


@dataclass(frozen=True, slots=True)
class Beside(Spot):
    """`friday before 25th`, `monday after 10th`: the nearest such day strictly beside another.

    It may lie outside the period. `what` is a weekday's number or `workday`.
    """

    what: Literal["workday"] | int
    back: bool
    of: Spot

    @property
    @override
    def natural(self) -> Period:
        return self.of.natural

    @override
    def day(self, span: Span, calendar: Calendar) -> date | None:
        other = self.of.day(span, calendar)
        if other is None:
            return None
        if self.what == "workday":
            return calendar.add_workdays(other, -1 if self.back else 1)
        if self.back:
            return other - timedelta(days=(other.weekday() - self.what - 1) % 7 + 1)
        return other + timedelta(days=(self.what - other.weekday() - 1) % 7 + 1)

    @override
    def say(self, lang: str) -> str:
        if lang == "en":
            what = WEEKDAYS[self.what].capitalize() if isinstance(self.what, int) else "workday"
            return f"the {what} {'before' if self.back else 'after'} {self.of.say(lang)}"
        what = _zh_weekday(self.what) if isinstance(self.what, int) else "工作日"
        return f"{self.of.say(lang)}{'前最后一个' if self.back else '后第一个'}{what}"


@dataclass(frozen=True, slots=True)
class Point:
    """A point in a period: a spot, or a window from one spot to another, with a time of day.

    A window whose end lies before its start ends in the next period.
    """

    at: Spot
    opens: Spot | None = None
    clock: time | None = None

    @property
    def natural_period(self) -> Period:
        """The period that it is a point of where none is said."""
        return (self.opens or self.at).natural

    def window(self, span: Span, calendar: Calendar, shift: Shift | None = None) -> Window | None:
        """Its place in one period, or None where the period has none. Raises `UnknownYear`.

        `shift` moves a due day off to the working day before or after; a window never
        opens after it is due.
        """
        return _window(self, span, calendar, shift)

    def say(self, lang: str = "zh") -> str:
        """The point in words."""
        text = self.at.say(lang)
        if self.opens:
            start = self.opens.say(lang)
            text = f"from {start} to {text}" if lang == "en" else f"{start}至 {text}"
        if self.clock is None:
            return text
        return f"{self.clock:%H:%M} on {text}" if lang == "en" else f"{text} {self.clock:%H:%M}"


@lru_cache(maxsize=4096)
def _window(point: Point, span: Span, calendar: Calendar, shift: Shift | None) -> Window | None:
    due = point.at.day(span, calendar)
    opens = point.opens.day(span, calendar) if point.opens else None
    if due is None or (point.opens and opens is None):
        return None
    if opens and due < opens and span.kind != "dates":
        due = point.at.day(span.next(calendar), calendar) or due
    if shift:
        due = calendar.workday_until(due) if shift == "before" else calendar.workday_from(due)
    if opens and opens > due:
        opens = due
    moment = datetime.combine(due, point.clock, COMPANY_ZONE) if point.clock else due
    return Window(opens, Due.at(moment))


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `11th`."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(number % 10, 'th')}"


def _nth_workday(nth: int, span: Span, calendar: Calendar) -> date | None:
    if nth == _LAST:
        found = calendar.workday_until(span.last)
    else:
        found = calendar.add_workdays(calendar.workday_from(span.starts), nth - 1)
    return found if found in span else None


def _days(span: Span) -> Iterator[date]:
    for step in range((span.ends - span.starts).days):
        yield span.starts + step * _DAY


def _zh_weekday(number: int) -> str:
    return f"周{_ZH_WEEKDAYS[number]}"


def say_point(point: Point, lang: str = "zh") -> str:
    """The point in words: `25 日`, `the last workday`."""
    return point.say(lang)
