"""Plays a rehearsal on an engine and compares each step with what was expected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from xunzhang.law.book import Book
from xunzhang.law.calendar import UnknownYear, company_time, midnight
from xunzhang.law.engine.engine import Engine
from xunzhang.law.facts import Value
from xunzhang.law.history import History
from xunzhang.law.memory import MemoryHistory
from xunzhang.law.outcome import LISTED, Duty, Outcome, Ruling
from xunzhang.law.rehearsal import rows
from xunzhang.law.rehearsal.compare import assign, differing, reason_matches, same
from xunzhang.law.rehearsal.expecting import ROW_KINDS
from xunzhang.law.rehearsal.story import Rehearsal, Step
from xunzhang.law.text import Words

Row = dict[str, Any]
MakeHistory = Callable[[Rehearsal, datetime], History]
LISTED_RULING = ("ruling", "steps", "reasons", "warnings", "say", "because")


@dataclass(frozen=True, slots=True)
class Failure:
    """One expectation that did not hold: what was expected, what there was, and the nearest result."""

    step: int
    line: int
    kind: str
    expected: Any
    found: list[Row]
    nearest: Row | None = None
    differs: tuple[str, ...] = ()


@dataclass(slots=True)
class Played:
    """One step as it was played: its new results by kind, the ruling if one was asked for, and its failures."""

    step: Step
    new: Mapping[str, list[Row]]
    duties: list[Row]
    ruling: Row | None = None
    failures: list[Failure] = field(default_factory=list)
    error: Words | None = None


@dataclass(slots=True)
class Report:
    """A rehearsal as it was played."""

    rehearsal: Rehearsal
    steps: list[Played] = field(default_factory=list)
    history: History | None = None
    book: Book | None = None

    @property
    def failures(self) -> list[Failure]:
        """All expectations that did not hold."""
        return [failure for step in self.steps for failure in step.failures]

    @property
    def ok(self) -> bool:
        """Whether everything held."""
        return not self.failures and not any(step.error for step in self.steps)

    @property
    def proven(self) -> set[str]:
        """The clauses of steps that expect something and in which all of it held."""
        return {
            clause
            for step in self.steps
            if step.step.expect and not step.failures and step.error is None
            for clause in step.step.clause
        }


def in_memory(rehearsal: Rehearsal, start: datetime) -> History:
    """The world of a rehearsal, in memory."""
    return MemoryHistory(rehearsal.staff, rehearsal.departments, rehearsal.customers, start)


def play(rehearsal: Rehearsal, make: MakeHistory = in_memory) -> Report:
    """Play all steps; a step that raises (an unknown year) ends the run with its error."""
    start = midnight(company_time(rehearsal.steps[0].at).date())
    history = make(rehearsal, start)
    book = Book(rehearsal.editions)
    player = _Player(Engine(book, history), history)
    report = Report(rehearsal, history=history, book=book)
    for number, step in enumerate(rehearsal.steps):
        played = player.step(step, start if number == 0 else None)
        report.steps.append(played)
        if played.error is not None:
            break
    return report


class _Player:
    def __init__(self, engine: Engine, history: History) -> None:
        self.engine = engine
        self.history = history
        self.duties: dict[int, Duty] = {}

    def step(self, step: Step, start: datetime | None) -> Played:
        out = Outcome()
        ruling: Ruling | None = None
        error: Words | None = None
        try:
            if start is not None:
                _add(out, self.engine.begin(start))
            _add(out, self.engine.advance(step.at))
            self._tell(step, out)
            ruling = self._ask(step, out)
        except UnknownYear as problem:
            error = {"zh": problem.zh, "en": problem.en}
        for duty in out.duties:
            self.duties[duty.id] = duty
        new = rows.of_outcome(out)
        current = [rows.duty(duty) for duty in self.duties.values() if duty.state in LISTED]
        played = Played(
            step, new, current, rows.ruling(ruling) if ruling is not None else None, error=error
        )
        if step.expect is not None and error is None:
            played.failures = list(_failures(step, played))
        return played

    def _tell(self, step: Step, out: Outcome) -> None:
        for stated in step.sets:
            values = dict(stated.keys)
            kind, id_ = values.pop("=")
            change = self.engine.set_customer if kind == "customer" else self.engine.set_staff
            _add(out, change(id_, values, step.at))
        for stated in step.events:
            keys = {
                "by": None,
                **{key: value for key, value in stated.keys.items() if key != "type"},
            }
            _add(out, self.engine.record(str(stated.keys["type"]), step.at, keys))

    def _ask(self, step: Step, out: Outcome) -> Ruling | None:
        if step.ask is None:
            return None
        keys: dict[str, Value] = dict(step.ask.keys)
        if "action" in keys:
            action = str(keys.pop("action"))
            ruling = self.engine.judge(action, step.at, keys)
            out.missing.extend(ruling.missing)
            out.guides.extend(ruling.guides)
            return ruling
        indicators = keys.pop("indicators", {})
        if "grade" in keys:
            grade = self.engine.grade(str(keys.pop("grade")), step.at, keys, _decimals(indicators))
            if grade is not None:
                out.grades.append(grade)
        elif "checklist" in keys:
            missing = self.engine.checklist(
                str(keys["checklist"]), step.at, str(keys.get("customer"))
            )
            out.missing.extend(missing or [])
        return None


def _decimals(values: Mapping[str, Value]) -> dict[str, Value]:
    return {
        key: Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
        for key, value in values.items()
    }


def _add(out: Outcome, more: Outcome) -> None:
    for one in fields(Outcome):
        getattr(out, one.name).extend(getattr(more, one.name))


def _failures(step: Step, played: Played) -> list[Failure]:
    expect = step.expect or {}
    found: list[Failure] = []
    only = set(_list(expect.get("only")))
    for kind in ROW_KINDS:
        expected = expect.get(kind)
        if kind in expect or kind in only:
            found += _compare(step, played, kind, _list(expected), only=kind in only)
    for kind in _list(expect.get("none")):
        if played.new.get(kind):
            found.append(Failure(step.number, step.mark.line, kind, "none", played.new[kind]))
    found += _ruling(step, played, expect)
    return found


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _reasons(value: Any) -> list[str]:
    """Reasons as expected; `PROCESS/STAGE: what` written without quotes has been read as a map."""
    return [
        ": ".join(map(str, next(iter(one.items())))) if isinstance(one, dict) and one else str(one)
        for one in _list(value)
    ]


def _compare(
    step: Step, played: Played, kind: str, expected: list[Row], *, only: bool
) -> list[Failure]:
    new = played.new[kind]
    results = played.duties if kind == "duties" else new
    new_ids = {row["id"] for row in new} if kind == "duties" else set()
    first = {index for index, row in enumerate(results) if row.get("id") in new_ids}
    hits = assign(expected, results, first)
    failures = []
    for row, hit in zip(expected, hits, strict=True):
        if hit is None:
            nearest = min(results, key=lambda one: len(differing(row, one)), default=None)
            differs = tuple(differing(row, nearest)) if nearest is not None else ()
            failures.append(
                Failure(step.number, step.mark.line, kind, row, results, nearest, differs)
            )
    if only:
        listed = (
            {id(results[hit]) for hit in hits if hit is not None}
            if kind != "duties"
            else {results[hit]["id"] for hit in hits if hit is not None}
        )
        extra = [row for row in new if (row["id"] if kind == "duties" else id(row)) not in listed]
        if extra and not any(failure.kind == kind for failure in failures):
            failures.append(Failure(step.number, step.mark.line, f"only {kind}", expected, extra))
    return failures


def _ruling(step: Step, played: Played, expect: Mapping[str, Any]) -> list[Failure]:
    asked = {key: expect[key] for key in LISTED_RULING if key in expect}
    if "score" in expect or "class" in expect:
        wanted = {key: expect[key] for key in ("score", "class") if key in expect}
        return _compare(step, played, "grades", [wanted], only=False)
    if not asked:
        return []
    ruling = played.ruling
    if ruling is None:
        return [Failure(step.number, step.mark.line, "ruling", asked, [])]
    differs = [key for key, value in asked.items() if not _same_ruling(key, value, ruling)]
    if not differs:
        return []
    return [Failure(step.number, step.mark.line, "ruling", asked, [ruling], ruling, tuple(differs))]


def _same_ruling(key: str, expected: Any, ruling: Row) -> bool:
    if key == "ruling":
        return str(expected) == str(ruling["ruling"])
    if key == "steps":
        steps = [one if isinstance(one, list) else [one] for one in _list(expected)]
        return len(steps) == len(ruling["steps"]) and same(key, steps, ruling["steps"])
    if key == "because":
        return all(any(same(key, one, each) for each in ruling[key]) for one in _list(expected))
    if key == "say":
        return set(map(str, _list(expected))) <= set(ruling[key])
    given, wanted = ruling[key], _reasons(expected)
    if not wanted or key == "warnings":
        return len(wanted) == len(given) and all(reason_matches(one, given) for one in wanted)
    return all(reason_matches(one, given) for one in wanted)
