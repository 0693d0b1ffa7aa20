"""Reads what a `calendars:` entry of a policy or rehearsal file says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple, cast, get_args

from xunzhang.law.malformed import Malformed
from xunzhang.law.problems import nearest

Base = Literal["china", "weekdays", "everyday"]
Windows = tuple[tuple[int, int], ...]
"""Business hours of one day as (opens, closes) in minutes from 00:00, in order."""

DEFAULT_WINDOWS: Windows = ((9 * 60, 12 * 60), (13 * 60, 18 * 60))

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PARTS = ("base", "hours", "holidays", "workdays", "half_days")
_WINDOW = re.compile(r"([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Place = tuple[str | int, ...]


class Fault(NamedTuple):
    """Something wrong in a calendar: the path from its top, and what would be right."""

    path: Place
    message: Malformed


@dataclass(frozen=True, slots=True)
class CalendarForm:
    """A calendar as declared, every value read."""

    base: Base
    hours: tuple[Windows, ...]
    holidays: frozenset[date]
    workdays: frozenset[date]
    half_days: Mapping[date, Windows]


def read_calendar(mapping: object) -> tuple[CalendarForm | None, list[Fault]]:
    """The declared calendar, or None and everything wrong with it."""
    reader = _Reader()
    form = reader.calendar(mapping)
    return (None if reader.faults else form), reader.faults


class _Reader:
    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, path: Place, zh: str, en: str) -> None:
        self.faults.append(Fault(path, Malformed(zh, en)))

    def calendar(self, mapping: object) -> CalendarForm:
        given = self.mapping((), mapping)
        for key in given:
            if key not in _PARTS:
                hint = nearest(str(key), _PARTS) or "、".join(_PARTS)
                self.fault(
                    (key,),
                    f"日历没有“{key}”这一项；应为 {hint}",
                    f"a calendar has no “{key}”; write {hint}",
                )
        base = self.base(given.get("base", "china"))
        return CalendarForm(
            base,
            self.hours(given["hours"]) if "hours" in given else _default_hours(base),
            self.dates("holidays", given.get("holidays", [])),
            self.dates("workdays", given.get("workdays", [])),
            self.half_days(given.get("half_days", {})),
        )

    def base(self, text: object) -> Base:
        if text in get_args(Base):
            return cast(Base, text)
        self.fault(
            ("base",),
            f"base 不能是“{text}”；应为 china、weekdays 或 everyday",
            f"base cannot be “{text}”; write china, weekdays or everyday",
        )
        return "china"

    def mapping(self, path: Place, value: object) -> Mapping[Any, Any]:
        if isinstance(value, Mapping):
            return value
        self.fault(
            path,
            f"这里应是“键: 值”，不是“{value}”",
            f"this must be a map of key: value, not “{value}”",
        )
        return {}

    def hours(self, value: object) -> tuple[Windows, ...]:
        """Windows of the week; a weekday named alone prevails over a range that holds it."""
        week: list[Windows] = [()] * 7
        taken: dict[int, bool] = {}
        before = len(self.faults)
        for key, texts in self.mapping(("hours",), value).items():
            days = _weekdays(str(key))
            windows = self.windows(("hours", key), texts)
            if not days:
                self.fault(
                    ("hours", key),
                    f"“{key}”不是星期；应如 mon、sat 或 mon-fri",
                    f"“{key}” is no weekday; write mon, sat or mon-fri",
                )
            alone = len(days) == 1
            for day in days:
                if taken.get(day) == alone:
                    self.fault(
                        ("hours", key),
                        f"{_WEEKDAYS[day]} 的时间写了两次",
                        f"the hours of {_WEEKDAYS[day]} are given twice",
                    )
                elif alone or day not in taken:
                    week[day] = windows
                    taken[day] = alone
        if not any(week) and len(self.faults) == before:
            self.fault(
                ("hours",),
                '没有任何营业时间；应如 {mon-fri: ["09:00-12:00"]}',
                'no business hours at all; write {mon-fri: ["09:00-12:00"]}',
            )
        return tuple(week)

    def windows(self, path: Place, value: object) -> Windows:
        found: list[tuple[int, int]] = []
        for place, text in self.entries(path, value, '["09:00-12:00", "13:00-18:00"]'):
            window = _window(str(text))
            if window is None:
                self.fault(
                    place,
                    f"“{text}”不是时间段；应如 09:00-12:00，止晚于起，至多 24:00",
                    f"“{text}” is no span of time; write 09:00-12:00, ending after it "
                    "starts and by 24:00",
                )
            elif any(window[0] < closes and opens < window[1] for opens, closes in found):
                self.fault(
                    place, f"时间段“{text}”与前面的重叠", f"“{text}” overlaps an earlier one"
                )
            else:
                found.append(window)
        return tuple(sorted(found))

    def dates(self, key: str, value: object) -> frozenset[date]:
        found = (
            self.date(place, text) for place, text in self.entries((key,), value, "[2026-08-15]")
        )
        return frozenset(day for day in found if day)

    def half_days(self, value: object) -> Mapping[date, Windows]:
        half: dict[date, Windows] = {}
        for key, texts in self.mapping(("half_days",), value).items():
            day = self.date(("half_days", key), key)
            windows = self.windows(("half_days", key), texts)
            if day:
                half[day] = windows
        return half

    def entries(self, path: Place, value: object, right: str) -> Iterator[tuple[Place, object]]:
        if isinstance(value, list | tuple):
            for index, entry in enumerate(value):
                yield (*path, index), entry
        else:
            self.fault(path, f"这里应是列表，如 {right}", f"this must be a list such as {right}")

    def date(self, path: Place, text: object) -> date | None:
        try:
            if not _DATE.fullmatch(str(text)):
                raise ValueError
            return date.fromisoformat(str(text))
        except ValueError:
            self.fault(
                path,
                f"“{text}”不是日期；应如 2026-08-15",
                f"“{text}” is no date; write it as 2026-08-15",
            )
            return None


def _default_hours(base: Base) -> tuple[Windows, ...]:
    worked = 7 if base == "everyday" else 5
    return (DEFAULT_WINDOWS,) * worked + ((),) * (7 - worked)


def _weekdays(text: str) -> list[int]:
    """The weekdays of `sat`, `mon-fri` or `sat-mon` (which runs over Sunday); none if neither."""
    first, dash, last = text.partition("-")
    if first not in _WEEKDAYS or (dash and last not in _WEEKDAYS):
        return []
    start, end = _WEEKDAYS.index(first), _WEEKDAYS.index(last or first)
    return [(start + step) % 7 for step in range((end - start) % 7 + 1)]


def _window(text: str) -> tuple[int, int] | None:
    found = _WINDOW.fullmatch(text)
    if found is None:
        return None
    opens, closes = (int(found[i]) * 60 + int(found[i + 1]) for i in (1, 3))
    whole = int(found[2]) < 60 and int(found[4]) < 60
    return (opens, closes) if whole and opens < closes <= 24 * 60 else None
