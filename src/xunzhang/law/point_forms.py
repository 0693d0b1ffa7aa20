"""Reads points in a period as the policy writes them."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from xunzhang.law.malformed import Malformed
from xunzhang.law.point_rules import RULE, parse_rule
from xunzhang.law.points import (
    WEEKDAYS,
    Beside,
    MonthDay,
    NthDay,
    Point,
    Spot,
    Weekday,
    WorkdayNumber,
    YearDay,
    ordinal,
)
from xunzhang.law.spans import Period, parse_period
from xunzhang.law.times import parse_clock

_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_NAMED = re.compile(rf"({'|'.join(_NTH)}) (day|workday|{'|'.join(WEEKDAYS)})")
_NUMBERED = re.compile(r"([0-9]{1,2})(st|nd|rd|th)")
_WORKDAY = re.compile(r"workday ([0-9]{1,3})")
_YEAR_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")
_BESIDE = re.compile(rf"(workday|{'|'.join(WEEKDAYS)}) (before|after) (.+)")
_CLOCK = re.compile(r"([0-9]{2}:[0-9]{2}) on (.+)")
_WORKDAYS = re.compile(r"(workday [0-9]{1,3})\.\.([0-9]{1,3})")


@lru_cache(maxsize=1024)
def parse_point(text: str) -> Point:
    """Read a point such as `last workday`, `25th`, `20th..25th`, `10:00 on 25th`.

    Raises `Malformed`.
    """
    words = " ".join(text.split())
    if words.startswith(RULE):
        spot, clock = parse_rule(words)
        return Point(spot, clock=clock)
    timed = _CLOCK.fullmatch(words)
    clock = parse_clock(timed[1]) if timed else None
    words = timed[2] if timed else words
    words = _WORKDAYS.sub(r"\1..workday \2", words)
    first, dots, last = words.partition("..")
    if not dots:
        return Point(_spot(first, text), clock=clock)
    opens, at = _spot(first, text), _spot(last, text)
    match opens, at:
        case WorkdayNumber(start), WorkdayNumber(end) if end < start:
            raise _unreadable(text)
        case _:
            pass
    return Point(at, opens, clock)


def parse_of(text: str) -> tuple[Period, bool]:
    """Read `of: month` or `of: next month` as (period, whether the next). Raises `Malformed`."""
    words = text.split()
    ahead = words[:1] == ["next"]
    if words[:1] in (["next"], ["this"]):
        words = words[1:]
    return parse_period(" ".join(words)), ahead


def _spot(words: str, text: str) -> Spot:
    """The single day; `text` is the whole as written, for the message."""
    beside = _BESIDE.fullmatch(words)
    if beside:
        what, way, other = beside.groups()
        return Beside(
            "workday" if what == "workday" else WEEKDAYS.index(what),
            way == "before",
            _spot(other, text),
        )
    if words in WEEKDAYS:
        return Weekday(WEEKDAYS.index(words))
    return _named(words) or _numbered(words, text) or _dated(words, text)


def _named(words: str) -> Spot | None:
    found = _NAMED.fullmatch(words)
    if found is None:
        return None
    nth = _NTH[found[1]]
    match found[2]:
        case "day":
            return NthDay(nth, "day")
        case "workday":
            return NthDay(nth, "workday")
        case weekday:
            return NthDay(nth, WEEKDAYS.index(weekday))


def _numbered(words: str, text: str) -> Spot | None:
    found = _NUMBERED.fullmatch(words)
    if found:
        number = int(found[1])
        if not 1 <= number <= 31:
            raise _unreadable(text)
        if ordinal(number) != words:
            right = ordinal(number)
            raise Malformed(f"“{words}”应写作 {right}", f"“{words}” is written {right}")
        return MonthDay(number)
    workday = _WORKDAY.fullmatch(words)
    if workday is None:
        return None
    if int(workday[1]) < 1:
        raise _unreadable(text)
    return WorkdayNumber(int(workday[1]))


def _dated(words: str, text: str) -> Spot:
    found = _YEAR_DAY.fullmatch(words)
    if found is None:
        raise _unreadable(text)
    try:
        leap = date(2000, int(found[1]), int(found[2]))
    except ValueError:
        raise _unreadable(text) from None
    return YearDay(leap.month, leap.day)


def _unreadable(text: str) -> Malformed:
    return Malformed(
        f"看不懂时点“{text}”；应如 25th、last workday、first monday、friday before 25th、"
        "20th..25th、workday 1..3、03-25 或 rrule:FREQ=MONTHLY;BYDAY=-1FR",
        f"“{text}” is no point in a period; write 25th, last workday, first monday, "
        "friday before 25th, 20th..25th, workday 1..3, 03-25 or rrule:FREQ=MONTHLY;BYDAY=-1FR",
    )
