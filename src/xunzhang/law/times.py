"""When a thing is due, how times run on from there, and why.

A due date is the whole of that day; a due instant is exact. Where hours are counted
from or back from a date, they are counted from its end (24:00).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from xunzhang.law.calendar import (
    COMPANY_ZONE,
    Calendar,
    DayReason,
    company_time,
    midnight,
)
from xunzhang.law.durations import (
    Duration,
    Term,
    Unit,
    Within,
    parse_before,
    parse_duration,
    parse_within,
    say_within,
)
from xunzhang.law.malformed import Malformed
from xunzhang.law.spans import Period, add_months, period_at

__all__ = [
    "ByKey",
    "Due",
    "Duration",
    "Term",
    "Unit",
    "Within",
    "after",
    "before",
    "due",
    "due_back",
    "explain_due",
    "further",
    "further_on",
    "parse_before",
    "parse_by",
    "parse_duration",
    "parse_within",
    "passed",
    "say_due",
    "say_within",
    "shift_for_pause",
]

_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)
LAST = datetime.max.replace(tzinfo=COMPANY_ZONE)
_ELAPSED = {Unit.MINUTES: timedelta(minutes=1), Unit.HOURS: timedelta(hours=1)}
_MONTHS = {Unit.MONTHS: 1, Unit.QUARTERS: 3, Unit.YEARS: 12}
_ENDS: dict[Term, Period] = {
    Term.END_OF_WEEK: "week",
    Term.END_OF_MONTH: "month",
    Term.END_OF_QUARTER: "quarter",
    Term.END_OF_YEAR: "year",
}


@dataclass(frozen=True, slots=True)
class Due:
    """A due date (`moment` None: due at the end of `on`), or an exact due instant on that date.

    Ordered by the moment at which it becomes overdue.
    """

    on: date
    moment: datetime | None = None

    @classmethod
    def at(cls, value: date | datetime) -> Due:
        """The due date or, of a datetime, the due instant in company time."""
        if isinstance(value, datetime):
            moment = company_time(value)
            return cls(moment.date(), moment)
        return cls(value)

    def __lt__(self, other: Due) -> bool:
        return self.lapses_at < other.lapses_at

    @property
    def is_date(self) -> bool:
        """Whether it is due at the end of a day."""
        return self.moment is None

    @property
    def instant(self) -> datetime:
        """The due instant; of a date the 00:00 that ends it. The calendar ends with the last day of 9999."""
        if self.moment is None and self.on == date.max:
            return LAST
        return self.moment or midnight(self.on + _DAY)

    @property
    def breach_at(self) -> datetime:
        """When the breach begins: the 00:00 that ends the due date, or the due instant."""
        return self.instant

    @property
    def lapses_at(self) -> datetime:
        """The first moment at which it is overdue."""
        return self.moment + _TICK if self.moment and self.moment < LAST else self.instant

    def in_time(self, at: datetime) -> bool:
        """Whether what happens at that moment is in time; exactly at the due time it is."""
        return company_time(at) < self.lapses_at

    @property
    def iso(self) -> str:
        """`2026-03-05`, or the instant in ISO form."""
        return (self.moment or self.on).isoformat()


def due(within: Within, start: datetime | date, calendar: Calendar) -> Due:
    """When a time that begins at `start` (the event, or a date) is up. Raises `UnknownYear`."""
    base = Due.at(start)
    if isinstance(within, Duration):
        return after(within, base, calendar)
    if within is Term.SAME_DAY:
        return Due(base.on)
    if within is Term.SAME_WORKDAY:
        return Due(calendar.workday_from(base.on))
    return Due(period_at(_ENDS[within], base.on, calendar).last)


def after(duration: Duration, base: Due, calendar: Calendar) -> Due:
    """So long after a date or instant; what lies behind the end of the calendar is due with its last day."""
    try:
        return _after(duration, base, calendar)
    except OverflowError:
        return Due(date.max) if duration.amount > 0 else Due(date.min)


def _after(duration: Duration, base: Due, calendar: Calendar) -> Due:
    if not duration.unit.exact:
        return Due(_day_away(duration, base.on, calendar))
    if duration.unit is Unit.WORK_HOURS:
        return Due.at(calendar.add_work_time(base.instant, duration.amount * 60))
    return Due.at(base.instant + duration.amount * _ELAPSED[duration.unit])


def before(duration: Duration, base: Due, calendar: Calendar) -> Due:
    """So long before a date or instant; before the beginning of the calendar lies its first day."""
    try:
        return _before(duration, base, calendar)
    except OverflowError:
        return Due(date.min)


def _before(duration: Duration, base: Due, calendar: Calendar) -> Due:
    if not duration.unit.exact:
        return Due(_day_away(duration.times(-1), base.on, calendar))
    if duration.unit is Unit.WORK_HOURS:
        return Due.at(calendar.subtract_work_time(base.instant, duration.amount * 60))
    return Due.at(base.instant - duration.amount * _ELAPSED[duration.unit])


def _day_away(duration: Duration, day: date, calendar: Calendar) -> date:
    """The day a duration of whole days leads to, earlier for a negative amount."""
    amount, unit = duration.amount, duration.unit
    if unit is Unit.WORKDAYS:
        return calendar.add_workdays(day, amount)
    if unit in _MONTHS:
        return add_months(day, amount * _MONTHS[unit])
    return day + amount * (_DAY if unit is Unit.DAYS else 7 * _DAY)


def due_back(duration: Duration, base: Due, calendar: Calendar) -> datetime:
    """When a reminder so long before the due time is sent.

    Minutes, hours and work hours lead to the exact instant; all others to the first
    opening of the day reached, or 09:00 where it has none.
    """
    reached = before(duration, base, calendar)
    if reached.moment:
        return reached.moment
    return calendar.reminder_time(reached.on)


def further(k: int, duration: Duration, base: Due, calendar: Calendar) -> datetime:
    """The moment at which k times the duration has fully passed since the due time."""
    return after(duration.times(k), base, calendar).instant


def further_on(k: int, duration: Duration, base: Due, calendar: Calendar) -> date:
    """The date to which that further moment belongs: of a date the day, not its midnight."""
    return after(duration.times(k), base, calendar).on


def passed(within: Within, start: datetime, now: datetime, calendar: Calendar) -> bool:
    """Whether `now` is after `start`'s own time plus the time; exactly at it, it is not."""
    return not due(within, start, calendar).in_time(now)


def shift_for_pause(
    unit: Unit | None, base: Due, stopped: datetime, resumed: datetime, calendar: Calendar
) -> Due:
    """The due time after a pause; `unit` is None where the time is no counted duration.

    A pause that begins after the due time changes nothing.
    """
    stopped, resumed = company_time(stopped), company_time(resumed)
    if not base.in_time(stopped) or resumed <= stopped:
        return base
    if unit is Unit.WORK_HOURS:
        lost = calendar.work_time_between(stopped, resumed)
        return Due.at(calendar.add_work_time(base.instant, lost))
    if unit in _ELAPSED:
        return Due.at(base.instant + (resumed - stopped))
    if unit is Unit.WORKDAYS:
        lost_days = calendar.workdays_between(stopped.date(), resumed.date())
        return _moved(base, calendar.add_workdays(base.on, lost_days))
    return _moved(base, base.on + (resumed.date() - stopped.date()))


def _moved(base: Due, day: date) -> Due:
    """The same due time on another day."""
    return Due(day) if base.moment is None else Due.at(base.moment + (day - base.on))


@dataclass(frozen=True, slots=True)
class ByKey:
    """A due time that an event's key names: `10:00 on key(held_on)`, `2 workdays before key(x)`.

    `offset` is counted after the key's value, or before it where `back`; `clock` is the
    time of the day reached.
    """

    key: str
    offset: Duration | None = None
    back: bool = False
    clock: time | None = None

    def resolve(self, value: date | datetime, calendar: Calendar) -> Due:
        """The due time for a value of the key."""
        reached = Due.at(value)
        if self.offset:
            count = before if self.back else after
            reached = count(self.offset, reached, calendar)
        if self.clock:
            return Due.at(datetime.combine(reached.on, self.clock, COMPANY_ZONE))
        return reached

    def say(self, lang: str = "zh") -> str:
        """The reference in words; the key keeps its own name."""
        way = ("before", "前") if self.back else ("after", "后")
        at = f"{self.clock:%H:%M}" if self.clock else ""
        if lang == "en":
            offset = f"{self.offset.say('en')} {way[0]} " if self.offset else ""
            return f"{at} on {offset}{self.key}" if at else f"{offset}{self.key}"
        offset = f"{way[1]} {self.offset.say('zh')}" if self.offset else ""
        return f"{self.key} {offset} {at}".rstrip().replace("  ", " ")


_BY = re.compile(
    r"(?:(?P<clock>[0-9]{2}:[0-9]{2}) on )?"
    r"(?:(?P<offset>.+?) (?P<way>before|after) )?"
    r"key\((?P<key>[^()\s]+)\)"
)


@lru_cache(maxsize=1024)
def parse_by(text: str) -> ByKey:
    """Read `key(K)`, `10:00 on key(K)`, `2 workdays before key(K)`. Raises `Malformed`."""
    found = _BY.fullmatch(" ".join(text.split()))
    if found is None:
        raise Malformed(
            f"看不懂期限“{text}”；应如 key(promised_on)、10:00 on key(held_on) "
            "或 2 workdays before key(held_on)",
            f"“{text}” names no due time; write key(promised_on), 10:00 on key(held_on) "
            "or 2 workdays before key(held_on)",
        )
    offset = parse_duration(found["offset"]) if found["offset"] else None
    clock = parse_clock(found["clock"]) if found["clock"] else None
    return ByKey(found["key"], offset, found["way"] == "before", clock)


def parse_clock(text: str) -> time:
    """Read a time of day such as 10:00. Raises `Malformed`."""
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise Malformed(
            f"“{text}”不是时刻；应如 10:00", f"“{text}” is no time of day; write 10:00"
        ) from None


def explain_due(within: Within, start: datetime | date, calendar: Calendar) -> list[DayReason]:
    """The days that were looked at to find the due day, each with why it counted or not.

    Only times that skip days off have any: workdays, work hours and `same workday`.
    """
    base = Due.at(start)
    found = due(within, start, calendar)
    if within is Term.SAME_WORKDAY or (
        isinstance(within, Duration) and within.unit is Unit.WORK_HOURS
    ):
        first = base.on
    elif isinstance(within, Duration) and within.unit is Unit.WORKDAYS:
        first = base.on + _DAY
    else:
        return []
    length = (found.on - first).days + 1
    return [calendar.why_day(first + step * _DAY) for step in range(length)]


_WEEKDAYS = ("一二三四五六日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))


def say_due(value: Due, lang: str = "zh") -> str:
    """`2026-03-05（周四）` or `2026-03-05 (Thu) 14:05`."""
    zh, en = _WEEKDAYS
    weekday = value.on.weekday()
    day = (
        f"{value.on.isoformat()} ({en[weekday]})"
        if lang == "en"
        else (f"{value.on.isoformat()}（周{zh[weekday]}）")
    )
    if value.moment is None:
        return day
    return f"{day} {value.moment:%H:%M}" if lang == "en" else f"{day}{value.moment:%H:%M}"
