"""How long: `3 workdays`, `same day`, `end of month`, as values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from typing_extensions import override

from xunzhang.law.malformed import Malformed
from xunzhang.law.problems import nearest


class Unit(Enum):
    """What a duration is counted in."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKDAYS = "workdays"
    WEEKS = "weeks"
    MONTHS = "months"
    QUARTERS = "quarters"
    YEARS = "years"
    WORK_HOURS = "work hours"

    @property
    def exact(self) -> bool:
        """Whether it leads to an instant rather than to the end of a date."""
        return self in _EXACT


_EXACT = frozenset({Unit.MINUTES, Unit.HOURS, Unit.WORK_HOURS})

_UNIT_WORDS: dict[Unit, str] = {
    Unit.MINUTES: "分钟",
    Unit.HOURS: "小时",
    Unit.DAYS: "天",
    Unit.WORKDAYS: "个工作日",
    Unit.WEEKS: "周",
    Unit.MONTHS: "个月",
    Unit.QUARTERS: "个季度",
    Unit.YEARS: "年",
    Unit.WORK_HOURS: "个工作小时",
}

_PER_CENTURY: dict[Unit, int] = {
    Unit.MINUTES: 52_560_000,
    Unit.HOURS: 876_000,
    Unit.DAYS: 36_500,
    Unit.WORKDAYS: 36_500,
    Unit.WEEKS: 5_200,
    Unit.MONTHS: 1_200,
    Unit.QUARTERS: 400,
    Unit.YEARS: 100,
    Unit.WORK_HOURS: 876_000,
}


@dataclass(frozen=True, slots=True)
class Duration:
    """A whole number, from 1, of one unit."""

    amount: int
    unit: Unit

    @override
    def __str__(self) -> str:
        return f"{self.amount} {self._unit_word}"

    @property
    def _unit_word(self) -> str:
        word = self.unit.value
        return word[:-1] if self.amount == 1 else word

    def times(self, count: int) -> Duration:
        """So many times this duration, in one go."""
        return Duration(self.amount * count, self.unit)

    def say(self, lang: str = "zh") -> str:
        """`3 个工作日` or `3 workdays`."""
        return str(self) if lang == "en" else f"{self.amount} {_UNIT_WORDS[self.unit]}"


class Term(Enum):
    """A time limit that is named rather than counted."""

    SAME_DAY = "same day"
    SAME_WORKDAY = "same workday"
    END_OF_WEEK = "end of week"
    END_OF_MONTH = "end of month"
    END_OF_QUARTER = "end of quarter"
    END_OF_YEAR = "end of year"

    @override
    def __str__(self) -> str:
        return self.value

    def say(self, lang: str = "zh") -> str:
        """`本月底前` or `by the end of the month`."""
        return _TERM_WORDS[self][1 if lang == "en" else 0]

    def say_back(self, lang: str = "zh") -> str:
        """`本月` or `in the same month`: what happened so lately that this time is not up."""
        return _TERM_BACK[self][1 if lang == "en" else 0]


_TERM_WORDS: dict[Term, tuple[str, str]] = {
    Term.SAME_DAY: ("当天内", "on the same day"),
    Term.SAME_WORKDAY: (
        "当日内（休息日顺延至下一工作日）",
        "on the same day, on a day off by the end of the next workday",
    ),
    Term.END_OF_WEEK: ("本周结束前", "by the end of the week"),
    Term.END_OF_MONTH: ("本月结束前", "by the end of the month"),
    Term.END_OF_QUARTER: ("本季度结束前", "by the end of the quarter"),
    Term.END_OF_YEAR: ("本年结束前", "by the end of the year"),
}

_TERM_BACK: dict[Term, tuple[str, str]] = {
    Term.SAME_DAY: ("当天", "on the same day"),
    Term.SAME_WORKDAY: (
        "当日（休息日至下一工作日）",
        "on the same day or, after a day off, workday",
    ),
    Term.END_OF_WEEK: ("本周", "in the same week"),
    Term.END_OF_MONTH: ("本月", "in the same month"),
    Term.END_OF_QUARTER: ("本季度", "in the same quarter"),
    Term.END_OF_YEAR: ("本年", "in the same year"),
}

Within = Duration | Term

_COUNTED = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?) ?([a-z][a-z ]*)")
_UNITS = {unit.value: unit for unit in Unit} | {unit.value[:-1]: unit for unit in Unit}
_TERMS = {term.value: term for term in Term}


@lru_cache(maxsize=1024)
def parse_duration(text: str) -> Duration:
    """Read `3 workdays`, singular or plural. Raises `Malformed`."""
    found = _COUNTED.fullmatch(" ".join(text.split()))
    if found is None:
        raise _unreadable(text)
    unit = _UNITS.get(found[2])
    if unit is None:
        raise _unknown_unit(found[2])
    if not found[1].isdigit() or int(found[1]) < 1:
        raise Malformed(
            f"时间“{text}”应是从 1 起的整数；应如 1 {unit.value[:-1]}",
            f"“{text}” must be a whole number from 1; write 1 {unit.value[:-1]}",
        )
    if int(found[1]) > _PER_CENTURY[unit]:
        raise Malformed(f"时间“{text}”超过一百年", f"“{text}” is more than a hundred years")
    return Duration(int(found[1]), unit)


@lru_cache(maxsize=1024)
def parse_within(text: str) -> Within:
    """Read a duration or a named term. Raises `Malformed`."""
    term = _TERMS.get(" ".join(text.split()))
    if term is not None:
        return term
    if re.match(r"(same|end)\b", text.strip()):
        near = nearest(text, _TERMS) or "end of month"
        raise Malformed(
            f"没有时间“{text}”；是不是“{near}”？", f"“{text}” is no time; did you mean “{near}”?"
        )
    return parse_duration(text)


@lru_cache(maxsize=1024)
def parse_before(text: str) -> Duration:
    """Read when a reminder is sent: `1 workday before`. Raises `Malformed`."""
    words = " ".join(text.split())
    if not words.endswith(" before"):
        raise Malformed(
            f"提醒“{text}”应如 1 workday before",
            f"“{text}” must say how long before; write 1 workday before",
        )
    return parse_duration(words.removesuffix(" before"))


def say_lately(within: Within | None, lang: str = "zh") -> str:
    """`最近 3 天内`, `本月`, `此前`; `in the last 3 days`, `in the same month`, or nothing."""
    if isinstance(within, Term):
        return within.say_back(lang)
    if within is None:
        return "" if lang == "en" else "此前"
    return f"in the last {within.say('en')}" if lang == "en" else f"最近 {within.say('zh')}内"


def say_within(within: Within, lang: str = "zh") -> str:
    """`3 个工作日内` or `within 3 workdays`; a named term as it is said."""
    if isinstance(within, Term):
        return within.say(lang)
    return f"within {within.say('en')}" if lang == "en" else f"{within.say('zh')}内"


def _unreadable(text: str) -> Malformed:
    return Malformed(
        f"看不懂时间“{text}”；应如 3 workdays、2 work hours、same day 或 end of month",
        f"“{text}” is no time; write 3 workdays, 2 work hours, same day or end of month",
    )


def _unknown_unit(word: str) -> Malformed:
    near = nearest(word, [unit.value for unit in Unit])
    known = ", ".join(unit.value for unit in Unit)
    return Malformed(
        f"没有时间单位“{word}”；" + (f"是不是“{near}”？" if near else f"可用：{known}"),
        f"no unit of time “{word}”; " + (f"did you mean “{near}”?" if near else f"known: {known}"),
    )
