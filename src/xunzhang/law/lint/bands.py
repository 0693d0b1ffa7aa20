"""Gaps and overlaps in bands: the classes of a grade, the rows of tables of steps and of whos."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from xunzhang.law.conditions import ALWAYS, All, Condition, Test
from xunzhang.law.lint.finding import Finding
from xunzhang.law.lint.intervals import LOWEST, Interval, closed, gaps, interval
from xunzhang.law.parts import parts
from xunzhang.law.problems import Mark
from xunzhang.law.rules.approval import StepTable
from xunzhang.law.rules.grade import GradeRule, Indicator
from xunzhang.law.text import Edition
from xunzhang.law.who import Table

_HUNDRED = Decimal(100)
Band = tuple[str, Interval]


def uneven(edition: Edition) -> Iterator[Finding]:
    """Every gap, overlap and band that can never be reached."""
    for rule in edition.rules():
        if isinstance(rule, GradeRule):
            yield from _grade(rule)
        yield from _tables(rule, rule.mark, rule.id)
    for process in edition.processes.values():
        for stage in process.stages:
            yield from _tables(stage, stage.mark, f"{process.code}/{stage.code}")


# -- grades ------------------------------------------------------------------------------------------


def _grade(rule: GradeRule) -> Iterator[Finding]:
    for one in rule.indicators:
        yield from _repeated(one, rule)
    if not rule.of_thing:
        yield from _rows(rule.classes, rule.mark, rule.id, ("等级", "class"))
        return
    bands: list[Band] = []
    for name, condition in rule.classes:
        if not isinstance(condition, Test) or condition.path.text != "score":
            return
        found = interval(condition)
        if found is None:
            return
        bands.append((name, found))
    if bands:
        yield from _compared(bands, _scores(rule, bands), rule.mark, rule.id, ("等级", "class"))


def _repeated(one: Indicator, rule: GradeRule) -> Iterator[Finding]:
    """Bands of an indicator that begin at the same value."""
    seen: set[Decimal] = set()
    for least, points in one.bands:
        if least in seen:
            yield Finding(
                rule.mark,
                "overlap",
                f"“{rule.id}”的指标“{one.key}”有两档都从 {least} 起，得 {points} 分的一档轮不到；"
                "应删去一档，或改它的起点",
                f"two bands of the indicator “{one.key}” of “{rule.id}” begin at {least}, "
                f"so the one of {points} points is never reached; remove one, or change where it begins",
            )
        seen.add(least)


def _scores(rule: GradeRule, bands: list[Band]) -> Interval:
    """The scores that can come out: from what the indicators give, else from 0 to 100 or the highest bound."""
    lows, highs, weights = Decimal(0), Decimal(0), Decimal(0)
    for one in rule.indicators:
        span = _points(one)
        if span is None:
            bounds = [
                bound for _, band in bands for bound in (band.low, band.high) if bound.is_finite()
            ]
            return closed(Decimal(0), max(*bounds, _HUNDRED))
        lows, highs, weights = (
            lows + one.weight * span[0],
            highs + one.weight * span[1],
            weights + one.weight,
        )
    if not weights:
        return closed(Decimal(0), _HUNDRED)
    return closed(lows / weights, highs / weights)


def _points(one: Indicator) -> tuple[Decimal, Decimal] | None:
    given = [points for _, points in one.bands] + list(one.choices.values())
    return (min(Decimal(0), *given), max(given)) if given else None


# -- tables ------------------------------------------------------------------------------------------


def _tables(value: object, mark: Mark, name: str) -> Iterator[Finding]:
    """The tables of steps and of whos that a rule or stage holds."""
    for part in parts(value):
        match part:
            case StepTable(rows):
                found = [("", row.condition) for row in rows]
            case Table(listed):
                found = [("", condition) for condition, _ in listed]
            case _:
                continue
        yield from _rows(found, mark, name, ("行", "row"))


def _rows(
    rows: Sequence[tuple[str, Condition]], mark: Mark, name: str, what: tuple[str, str]
) -> Iterator[Finding]:
    """Rows that differ only in a number are bands; below the lowest a table may say nothing."""
    groups: dict[tuple[str, str], list[Band]] = {}
    for title, condition in rows:
        if condition is ALWAYS:
            return
        split = _number_apart(condition)
        if split is None:
            return
        path, rest, found = split
        groups.setdefault((path, rest), []).append((title or found.say(), found))
    for bands in groups.values():
        if len(bands) > 1:
            lowest = min(band.low for _, band in bands)
            with_low = any(band.with_low for _, band in bands if band.low == lowest)
            yield from _compared(bands, Interval(low=lowest, with_low=with_low), mark, name, what)


def _number_apart(condition: Condition) -> tuple[str, str, Interval] | None:
    """The key, the other tests and the numbers of a row that tests exactly one number; else None."""
    tests = list(condition.parts) if isinstance(condition, All) else [condition]
    numbers = [
        (test.path.text, found)
        for test in tests
        if isinstance(test, Test) and (found := interval(test)) is not None
    ]
    if len({path for path, _ in numbers}) != 1:
        return None
    whole = Interval()
    for _, found in numbers:
        whole = whole.both(found)
    rest = [
        repr(test) for test in tests if not (isinstance(test, Test) and interval(test) is not None)
    ]
    return numbers[0][0], "|".join(sorted(rest)), whole


# -- both --------------------------------------------------------------------------------------------


def _compared(
    bands: list[Band], whole: Interval, mark: Mark, rule: str, what: tuple[str, str]
) -> Iterator[Finding]:
    for hole in gaps([band for _, band in bands], whole):
        yield Finding(
            mark,
            "gap",
            f"“{rule}”的{what[0]}没有覆盖 {hole.say()}；应让各档首尾相接，或补一档",
            f"the {what[1]}s of “{rule}” leave out what is {hole.say('en')}; "
            "let the bands meet, or add one",
        )
    for index, (name, band) in enumerate(bands):
        yield from _overlaps(name, band, bands[:index], mark, rule, what)


def _overlaps(
    name: str, band: Interval, earlier: list[Band], mark: Mark, rule: str, what: tuple[str, str]
) -> Iterator[Finding]:
    if earlier and not gaps([one for _, one in earlier], band):
        yield Finding(
            mark,
            "never-reached",
            f"“{rule}”的{what[0]}“{name}”永远轮不到：前面的已经把它包括在内；应调整顺序或范围",
            f"the {what[1]} “{name}” of “{rule}” is never reached, since those before it hold all of it; "
            "change their order or bounds",
        )
        return
    for other, one in earlier:
        shared = band.both(one)
        if not shared.empty and _intrudes(band, one):
            yield Finding(
                mark,
                "overlap",
                f"“{rule}”的{what[0]}“{other}”和“{name}”在 {shared.say()} 重叠，以先写的为准；"
                "应让各档首尾相接",
                f"the {what[1]}s “{other}” and “{name}” of “{rule}” overlap at what is {shared.say('en')}, "
                "where the first counts; let the bands meet",
            )


def _intrudes(band: Interval, other: Interval) -> bool:
    """Whether a bound that the band itself names lies inside the other: a staircase of open bands does not."""
    low = band.low != LOWEST and not closed(band.low, band.low).both(other).empty
    high = band.high.is_finite() and not closed(band.high, band.high).both(other).empty
    shared = band.both(other)
    at_low = low and shared.low == band.low and (shared.low < shared.high or band.with_low)
    at_high = high and shared.high == band.high and (shared.low < shared.high or band.with_high)
    return at_low or at_high
