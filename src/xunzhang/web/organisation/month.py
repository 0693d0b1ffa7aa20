"""The next thirty days of a calendar as weeks, each day with its hours, and what a change makes of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from xunzhang.law.calendar import Calendar, UnknownYear
from xunzhang.law.calendar_form import Windows
from xunzhang.web.saying import language
from xunzhang.web.words import weekday

DAYS = 30
_WEEK = 7
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """One day: why it is worked or not, its hours, and what it was before where that is otherwise.

    A `plain` one is like every other of its weekday.
    """

    on: date
    label: str
    worked: bool
    words: str
    hours: tuple[str, ...]
    before: str
    plain: bool
    outside: bool


@dataclass(frozen=True, slots=True)
class Month:
    """Whole weeks around the days; `worked` counts the working days among them, `before` those of before."""

    head: tuple[str, ...]
    weeks: tuple[tuple[Day, ...], ...]
    worked: int
    before: int | None
    changed: int


def month_of(calendar: Calendar, today: date, *, before: Calendar | None = None) -> Month:
    """Return the days from today on; with `before`, what has changed among them."""
    days = list(_days(calendar, today, before))
    weeks = tuple(tuple(days[place : place + _WEEK]) for place in range(0, len(days), _WEEK))
    shown = [one for one in days if not one.outside]
    return Month(
        tuple(weekday(one.on) for one in days[:_WEEK]),
        weeks,
        sum(one.worked for one in shown),
        None if before is None else _worked(before, today),
        sum(bool(one.before) for one in shown),
    )


def _days(calendar: Calendar, today: date, before: Calendar | None) -> Iterator[Day]:
    last = today + _DAY * (DAYS - 1)
    day = today - _DAY * today.weekday()
    end = last + _DAY * (_WEEK - 1 - last.weekday())
    while day <= end:
        worked, words, hours = _say(calendar, day)
        was = ""
        if before is not None and _say(before, day) != (worked, words, hours):
            _was_worked, was_words, was_hours = _say(before, day)
            was = " ".join((was_words, *was_hours))
        label = f"{day.month}-{day.day}" if day.day == 1 or day == today else str(day.day)
        outside = not today <= day <= last
        yield Day(day, label, worked, words, hours, was, _plain(calendar, day) and not was, outside)
        day += _DAY


def _say(calendar: Calendar, day: date) -> tuple[bool, str, tuple[str, ...]]:
    try:
        reason = calendar.why_day(day)
        return reason.counted, reason.say(language()), _hours(calendar.hours_on(day))
    except UnknownYear:
        return False, _("not announced yet"), ()


def _plain(calendar: Calendar, day: date) -> bool:
    try:
        return calendar.why_day(day).kind in ("workday", "weekend")
    except UnknownYear:
        return False


def _hours(windows: Windows) -> tuple[str, ...]:
    return tuple(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in windows)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _worked(calendar: Calendar, today: date) -> int:
    return sum(_say(calendar, today + _DAY * place)[0] for place in range(DAYS))
