"""Working days and business hours of a calendar, counted exactly.

Every instant is aware; days and hours are those of the company's time zone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from xunzhang.law.calendar_form import DEFAULT_WINDOWS, Base, Fault, Windows, read_calendar
from xunzhang.law.malformed import Malformed
from xunzhang.law.problems import nearest
from xunzhang.law.workdays import UnknownYear, WorkdayTable, load_workday_data, shipped_table

__all__ = [
    "CHINA",
    "COMPANY_ZONE",
    "EVERYDAY",
    "WEEKDAYS",
    "Base",
    "Calendar",
    "DayReason",
    "Fault",
    "UnknownYear",
    "WorkdayTable",
    "calendar_named",
    "company_time",
    "load_workday_data",
    "midnight",
]

COMPANY_ZONE = ZoneInfo("Asia/Shanghai")

_DAY = timedelta(days=1)
_NO_TIME = timedelta(0)
_NINE = 9 * 60
_OFFICE_WEEK: tuple[Windows, ...] = (DEFAULT_WINDOWS,) * 5 + ((), ())

DayKind = Literal[
    "workday",
    "weekend",
    "closed",
    "holiday",
    "make-up day",
    "company holiday",
    "company workday",
    "half day",
]

_KIND_WORDS: dict[DayKind, tuple[str, str]] = {
    "workday": ("工作日", "workday"),
    "weekend": ("周末", "weekend"),
    "closed": ("无营业时间", "no business hours"),
    "holiday": ("放假", "holiday"),
    "make-up day": ("调休上班", "make-up working day"),
    "company holiday": ("公司放假", "company holiday"),
    "company workday": ("公司上班", "company workday"),
    "half day": ("半天上班", "half day"),
}


def company_time(at: datetime) -> datetime:
    """The same instant on the company's clock; a time without a zone is refused."""
    if at.tzinfo is COMPANY_ZONE:
        return at
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone")
    return at.astimezone(COMPANY_ZONE)


def midnight(day: date) -> datetime:
    """00:00 at which the day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=COMPANY_ZONE)


@dataclass(frozen=True, slots=True)
class DayReason:
    """Why a day counts as a working day, or does not."""

    on: date
    counted: bool
    kind: DayKind
    zh: str
    en: str

    def say(self, lang: str = "zh") -> str:
        """The reason in one language."""
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True)
class Calendar:
    """Which days are worked and in which hours.

    `hours` are the windows of Monday to Sunday in minutes of the day; a weekday with
    windows is worked unless it is a holiday. `half_days` prevail over `workdays`, these
    over `holidays`, these over the base. `table` is the base `china`'s arrangement,
    by default the shipped one.
    """

    name: str
    base: Base
    hours: tuple[Windows, ...] = _OFFICE_WEEK
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    half_days: Mapping[date, Windows] = field(default_factory=dict, hash=False)
    table: WorkdayTable | None = None
    _years: dict[int, list[int]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        if not any(self.hours):
            raise ValueError(f"calendar {self.name} is never open")

    @classmethod
    def from_mapping(
        cls, name: str, mapping: object, table: WorkdayTable | None = None
    ) -> tuple[Calendar | None, list[Fault]]:
        """The calendar that a `calendars:` entry declares, or everything wrong with it."""
        form, faults = read_calendar(mapping)
        if form is None:
            return None, faults
        made = cls(name, form.base, form.hours, form.holidays, form.workdays, form.half_days, table)
        return made, []

    # Days

    def is_workday(self, day: date) -> bool:
        """Whether the day has business hours. Raises `UnknownYear`."""
        return bool(self.hours_on(day))

    def hours_on(self, day: date) -> Windows:
        """The windows of the date in minutes; none where it is not worked."""
        half = self.half_days.get(day)
        if half is not None:
            return half
        if day in self.workdays:
            return self._hours_made(day)
        if day in self.holidays:
            return ()
        if self.base == "china":
            table = self.table or shipped_table()
            table.require(day.year)
            if day in table.off:
                return ()
            if day in table.work:
                return self._hours_made(day)
        return self.hours[day.weekday()]

    def _hours_made(self, day: date) -> Windows:
        """Hours of a day made a workday: a Saturday or Sunday takes Monday's."""
        weekday = day.weekday()
        return self.hours[0 if weekday > 4 else weekday]

    def _ordinals(self, year: int) -> list[int]:
        """The proleptic ordinals of a year's working days, in order."""
        known = self._years.get(year)
        if known is None:
            first = date(year, 1, 1)
            days = range(first.toordinal(), date(year, 12, 31).toordinal() + 1)
            known = [one for one in days if self.hours_on(date.fromordinal(one))]
            self._years[year] = known
        return known

    def add_workdays(self, day: date, count: int) -> date:
        """The working day `count` places after (before, if negative) the day, itself not counted.

        Zero gives the day itself. Raises `UnknownYear` where counting enters one.
        """
        if count == 0:
            return day
        year = day.year
        days = self._ordinals(year)
        if count > 0:
            place = bisect_right(days, day.toordinal()) + count - 1
            while place >= len(days):
                place -= len(days)
                year += 1
                days = self._ordinals(year)
        else:
            place = bisect_left(days, day.toordinal()) + count
            while place < 0:
                year -= 1
                days = self._ordinals(year)
                place += len(days)
        return date.fromordinal(days[place])

    def workday_from(self, day: date) -> date:
        """The day itself where it is worked, else the next working day."""
        return day if self.is_workday(day) else self.add_workdays(day, 1)

    def workday_until(self, day: date) -> date:
        """The day itself where it is worked, else the working day before it."""
        return day if self.is_workday(day) else self.add_workdays(day, -1)

    def workdays_between(self, start: date, end: date) -> int:
        """How many working days lie from `start`, included, to `end`, excluded; never negative."""
        if end <= start:
            return 0
        first, last = start.toordinal(), end.toordinal()
        total = 0
        for year in range(start.year, (end - _DAY).year + 1):
            days = self._ordinals(year)
            total += bisect_left(days, last) - bisect_left(days, first)
        return total

    # Hours

    def windows(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The day's business hours as instants, in order."""
        start = midnight(day)
        return tuple(
            (start + timedelta(minutes=opens), start + timedelta(minutes=closes))
            for opens, closes in self.hours_on(day)
        )

    def first_opening(self, day: date) -> datetime | None:
        """When business begins on the day; None where it has no hours."""
        hours = self.hours_on(day)
        return midnight(day) + timedelta(minutes=hours[0][0]) if hours else None

    def reminder_time(self, day: date) -> datetime:
        """The day's first opening, 09:00 where it has none.

        In an unknown year it is told where a day worked and a day off would give the same;
        otherwise `UnknownYear` is raised.
        """
        try:
            opening = self.first_opening(day)
        except UnknownYear:
            made = self._hours_made(day)
            likely = {hours[0][0] for hours in (made, self.hours[day.weekday()]) if hours}
            if likely - {_NINE}:
                raise
            opening = None
        return opening or midnight(day) + timedelta(minutes=_NINE)

    def add_work_time(self, at: datetime, amount: int | timedelta) -> datetime:
        """The instant at which so much business time (minutes) has passed since `at`.

        Time that ends with a window is due at its end; what starts outside hours starts
        at the next opening.
        """
        left = amount if isinstance(amount, timedelta) else timedelta(minutes=amount)
        at = company_time(at)
        if left <= _NO_TIME:
            return at
        day = at.date()
        while True:
            for opens, closes in self.windows(day):
                begins = max(opens, at)
                open_for = closes - begins
                if _NO_TIME < left <= open_for:
                    return begins + left
                left -= max(open_for, _NO_TIME)
            day = self.add_workdays(day, 1)

    def subtract_work_time(self, at: datetime, amount: int | timedelta) -> datetime:
        """The latest instant from which so much business time (minutes) passes until `at`.

        The mirror of `add_work_time`: time that begins with a window begins at its opening.
        """
        left = amount if isinstance(amount, timedelta) else timedelta(minutes=amount)
        at = company_time(at)
        if left <= _NO_TIME:
            return at
        day = at.date()
        if at == midnight(day):
            day -= _DAY
        while True:
            for opens, closes in reversed(self.windows(day)):
                ends = min(closes, at)
                open_for = ends - opens
                if _NO_TIME < left <= open_for:
                    return ends - left
                left -= max(open_for, _NO_TIME)
            day = self.add_workdays(day, -1)

    def work_time_between(self, start: datetime, end: datetime) -> timedelta:
        """How much business time lies between two instants; never negative."""
        start, end = company_time(start), company_time(end)
        total = _NO_TIME
        day = start.date()
        while midnight(day) < end:
            for opens, closes in self.windows(day):
                total += max(min(closes, end) - max(opens, start), _NO_TIME)
            day += _DAY
        return total

    # Reasons

    def why_day(self, day: date) -> DayReason:
        """Why the day is a working day or not, as it is told to people."""
        kind, zh, en = self._kind(day)
        words_zh, words_en = _KIND_WORDS[kind]
        return DayReason(
            day,
            self.is_workday(day),
            kind,
            f"{zh}{words_zh}" if zh else words_zh,
            f"{words_en}: {en}" if en else words_en,
        )

    def _kind(self, day: date) -> tuple[DayKind, str, str]:
        """The kind of day, with the festival's names where one is the reason."""
        own = self._own_kind(day)
        if own:
            return own, "", ""
        if self.base == "china":
            table = self.table or shipped_table()
            table.require(day.year)
            if day in table.off:
                return "holiday", table.off[day].zh, table.off[day].en
            if day in table.work:
                return "make-up day", table.work[day].zh, table.work[day].en
        if self.hours[day.weekday()]:
            return "workday", "", ""
        return ("weekend" if day.weekday() > 4 else "closed"), "", ""

    def _own_kind(self, day: date) -> DayKind | None:
        if day in self.half_days:
            return "half day"
        if day in self.workdays:
            return "company workday"
        return "company holiday" if day in self.holidays else None


CHINA = Calendar("china", "china")
WEEKDAYS = Calendar("weekdays", "weekdays")
EVERYDAY = Calendar("everyday", "everyday", (DEFAULT_WINDOWS,) * 7)

PREDEFINED: Mapping[str, Calendar] = {one.name: one for one in (CHINA, WEEKDAYS, EVERYDAY)}


@lru_cache(maxsize=8)
def china_with(table: WorkdayTable) -> Calendar:
    """The calendar `china` with a company's own arrangement of the years."""
    return Calendar("china", "china", table=table)


def calendar_named(
    name: str,
    own: Mapping[str, Calendar] | None = None,
    table: WorkdayTable | None = None,
) -> Calendar:
    """A company's calendar or a predefined one. Raises `Malformed` for an unknown name."""
    found = (own or {}).get(name) or PREDEFINED.get(name)
    if found is None:
        known = [*PREDEFINED, *(own or {})]
        near = nearest(name, known)
        zh = f"；是不是“{near}”？" if near else f"；可用：{'、'.join(known)}"
        en = f"; did you mean “{near}”?" if near else f"; known: {', '.join(known)}"
        raise Malformed(f"未知的日历“{name}”{zh}", f"unknown calendar “{name}”{en}")
    return china_with(table) if found is CHINA and table else found
