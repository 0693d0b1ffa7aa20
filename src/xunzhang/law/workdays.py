"""The State Council's holidays and make-up working days, read from a data file.

The shipped file covers the years that were announced when it was made. A company
keeps later years in a file of the same form: a year in it replaces the shipped one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from xunzhang.law.malformed import Malformed

SHIPPED = Path(__file__).parent / "data" / "workdays.yaml"

_DAY = re.compile(r"(?:([0-9]{4})-)?([0-9]{2})-([0-9]{2})")


class UnknownYear(Exception):
    """The arrangement of holidays of a year is needed and not known."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"the State Council's holiday arrangement of {year} is not known; "
            f"add {year} to the company's workday data"
        )
        self.year = year
        self.zh = f"没有 {year} 年的国务院放假安排；请在公司的工作日数据中补充 {year} 年"
        self.en = str(self)


@dataclass(frozen=True, slots=True)
class Festival:
    """The holiday that an arrangement belongs to."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, eq=False)
class WorkdayTable:
    """Days off and make-up working days of the known years, each with its festival."""

    years: frozenset[int]
    off: Mapping[date, Festival]
    work: Mapping[date, Festival]

    def require(self, year: int) -> None:
        """Raise `UnknownYear` unless the year's arrangement is known."""
        if year not in self.years:
            raise UnknownYear(year)


@lru_cache(maxsize=1)
def shipped_table() -> WorkdayTable:
    """The table that comes with the product."""
    return _table(_read(SHIPPED))


def load_workday_data(path: Path | None = None) -> WorkdayTable:
    """The shipped table, with the years of a company's own file put in their place.

    Raises `Malformed` where the file does not have the form of the shipped one.
    """
    return shipped_table() if path is None else _laid_over(_read(path))


def with_years(years: Mapping[int, Mapping[str, Any]]) -> WorkdayTable:
    """The shipped table, with these years put in their place: {2027: {春节: {off: [02-05..02-11], work: [02-14]}}}.

    Raises `Malformed`.
    """
    return _laid_over({"years": years}) if years else shipped_table()


def _laid_over(data: Mapping[str, Any]) -> WorkdayTable:
    shipped = shipped_table()
    own = _table(data, {name.zh: name for name in shipped.off.values()})
    return WorkdayTable(
        shipped.years | own.years,
        _overlaid(shipped.off, own.off, own),
        _overlaid(shipped.work, own.work, own),
    )


def _overlaid(
    below: Mapping[date, Festival], above: Mapping[date, Festival], own: WorkdayTable
) -> dict[date, Festival]:
    named = own.off.keys() | own.work.keys()
    kept = {
        day: name for day, name in below.items() if day.year not in own.years and day not in named
    }
    return kept | dict(above)


def _read(path: Path) -> Mapping[str, Any]:
    try:
        data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, YAMLError) as error:
        words = " ".join(str(error).split())
        raise Malformed(
            f"读不了工作日数据 {path}：{words}", f"cannot read the workday data {path}: {words}"
        ) from None
    if not isinstance(data, Mapping) or not isinstance(data.get("years"), Mapping):
        raise Malformed(
            f"{path.name}：缺少 years；应如 years: {{2027: {{春节: {{off: [02-05..02-11]}}}}}}",
            f"{path.name}: years is missing; write "
            "years: {2027: {春节: {off: [02-05..02-11]}}}",
        )
    return data


def _table(data: Mapping[str, Any], known: Mapping[str, Festival] | None = None) -> WorkdayTable:
    """The table of a file's content; a festival without English name keeps its own word."""
    english = data.get("english") or {}
    names = dict(known or {}) | {zh: Festival(zh, str(en)) for zh, en in english.items()}
    off: dict[date, Festival] = {}
    work: dict[date, Festival] = {}
    for year, festivals in data["years"].items():
        if not isinstance(year, int) or not isinstance(festivals, Mapping):
            raise _wrong(f"years: {year}")
        for name, days in festivals.items():
            if not isinstance(days, Mapping) or not set(days) <= {"off", "work"}:
                raise _wrong(f"{year}: {name}")
            festival = names.get(str(name)) or Festival(str(name), str(name))
            for into, key in ((off, "off"), (work, "work")):
                for text in days.get(key) or ():
                    into.update((day, festival) for day in _days(year, str(text)))
    return WorkdayTable(frozenset(data["years"]), off, work)


def _days(year: int, text: str) -> Iterator[date]:
    """The dates of `02-15`, `02-15..02-23` or `2026-12-31`, which may leave the year."""
    first, _, last = text.partition("..")
    day, end = _day(year, first), _day(year, last or first)
    if end < day:
        raise _wrong(f"{year}: {text}")
    while day <= end:
        yield day
        day += timedelta(days=1)


def _day(year: int, text: str) -> date:
    found = _DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        return date(int(found[1] or year), int(found[2]), int(found[3]))
    except ValueError:
        raise _wrong(f"{year}: {text}") from None


def _wrong(where: str) -> Malformed:
    return Malformed(
        f"工作日数据“{where}”写法不对，应如 2027: {{春节: {{off: [02-05..02-11], work: [02-14]}}}}",
        f"workday data “{where}” cannot be read; write "
        f"2027: {{春节: {{off: [02-05..02-11], work: [02-14]}}}}",
    )
