"""Compares expected rows with results."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from xunzhang.law.times import Due
from xunzhang.law.vocabulary import company_time

Row = Mapping[str, Any]
_ITEM = re.compile(r"(?:[（(【〔\[①-⑳]|第).*\Z", re.DOTALL)


def matches(expected: Row, row: Row) -> bool:
    """Whether a result agrees with every key that an expected row names."""
    return not differing(expected, row)


def differing(expected: Row, row: Row) -> list[str]:
    """The keys on which a result differs."""
    return [key for key, value in expected.items() if not same(key, value, row.get(key))]


def same(key: str, expected: Any, found: Any) -> bool:
    """Whether one value agrees: numbers at the row's decimals, lists as sets, a due date as the end of its day."""
    if key == "due":
        return _same_due(expected, found)
    if key == "article":
        return _same_article(str(expected), str(found))
    if key == "because" and isinstance(expected, Mapping) and isinstance(found, Mapping):
        flat = {**found.get("facts", {}), **found}
        return all(same(name, value, flat.get(name)) for name, value in expected.items())
    return _same_value(expected, found)


def _same_value(expected: Any, found: Any) -> bool:
    if isinstance(expected, list) or isinstance(found, list):
        return _same_sets(
            expected if isinstance(expected, list) else [] if expected is None else [expected],
            found if isinstance(found, list) else [] if found is None else [found],
        )
    if expected is None or found is None:
        return expected is None and found is None
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        return all(same(str(key), value, found.get(key)) for key, value in expected.items())
    if isinstance(expected, bool) or isinstance(found, bool):
        return str(expected).lower() == str(found).lower()
    if isinstance(expected, int | Decimal):
        return _same_number(Decimal(expected), found)
    return str(expected) == str(found)


def _same_number(expected: Decimal, found: Any) -> bool:
    try:
        number = Decimal(str(found))
    except InvalidOperation:
        return str(expected) == str(found)
    exponent = expected.as_tuple().exponent
    places = Decimal(1).scaleb(exponent if isinstance(exponent, int) and exponent < 0 else 0)
    try:
        return number.quantize(places, ROUND_HALF_UP) == expected
    except InvalidOperation:
        return number == expected


def _same_sets(expected: Sequence[Any], found: Sequence[Any]) -> bool:
    """Whether each has what the other has, however often."""
    return all(any(_same_value(one, other) for other in found) for one in expected) and all(
        any(_same_value(one, other) for one in expected) for other in found
    )


def _same_due(expected: Any, found: Any) -> bool:
    if expected is None or found is None:
        return expected is None and found is None
    try:
        return _due(str(expected)).instant == _due(str(found)).instant
    except ValueError:
        return False


def _due(text: str) -> Due:
    return Due.at(date.fromisoformat(text)) if len(text) == 10 else Due.at(_instant(text))


def _instant(text: str) -> datetime:
    if text.endswith("T24:00"):
        return Due.at(date.fromisoformat(text[:10])).instant
    return company_time(text)


def _same_article(expected: str, found: str) -> bool:
    bare = found.rpartition("/")[2]
    for whole in (found, bare):
        if expected == whole:
            return True
        if whole.startswith(expected) and _ITEM.match(whole[len(expected) :]):
            return True
    return False


def reason_matches(expected: str, reasons: Sequence[str]) -> bool:
    """Whether a reason is among those given; a stage's may name the stage alone."""
    wanted, named, rest = expected.partition(":")
    for reason in reasons:
        if _same_article(expected, reason):
            return True
        place, colon, lack = reason.partition(": ")
        if colon and wanted.strip() == place and (not named or _same_lack(rest.strip(), lack)):
            return True
    return False


def _same_lack(expected: str, lack: str) -> bool:
    """Whether an expectation names what is missing (`form report`, `report`, `report missing`)."""
    name = lack.partition(" ")[2]
    return expected in lack or lack in expected or (bool(name) and name in expected)


def assign(
    expected: Sequence[Row], rows: Sequence[Row], first: Container[int] = ()
) -> list[int | None]:
    """For each expected row the index of a distinct result that it matches (a maximum matching), or None.

    As many of the results `first` are matched as can be.
    """
    options = [[index for index, row in enumerate(rows) if matches(one, row)] for one in expected]
    taken: dict[int, int] = {}

    def place(one: int, seen: set[int], among: Sequence[Sequence[int]]) -> bool:
        for index in among[one]:
            if index in seen:
                continue
            seen.add(index)
            if index not in taken or place(taken[index], seen, among):
                taken[index] = one
                return True
        return False

    for among in ([[index for index in one if index in first] for one in options], options):
        for one in range(len(expected)):
            if one not in taken.values():
                place(one, set(), among)
    found = {one: index for index, one in taken.items()}
    return [found.get(one) for one in range(len(expected))]
