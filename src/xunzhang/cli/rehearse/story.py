"""Plays one rehearsal file and tells it as plain data, which a process can hand to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from xunzhang.cli.rehearse.near import Moment, moment_after, near
from xunzhang.law.facts import jsonable
from xunzhang.law.problems import Problem
from xunzhang.law.rehearsal import Failure, Played, Rehearsal, Report, load_rehearsal, play
from xunzhang.law.rehearsal.expecting import ROW_KINDS
from xunzhang.law.text import Edition

Row = dict[str, Any]
EXPLAINED = 8
"""Of how many failing steps it is said which rules nearly applied; the rest mostly follow from these."""


@dataclass(slots=True)
class Story:
    """A rehearsal as it was played. `problems` say why it could not be."""

    file: str
    name: str = ""
    problems: list[Problem] = field(default_factory=list)
    expectations: int = 0
    steps: list[Row] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    proven: list[str] = field(default_factory=list)

    @property
    def broken(self) -> bool:
        """Whether it could not be played at all."""
        return any(not problem.warning for problem in self.problems)

    @property
    def failures(self) -> list[Row]:
        """All expectations that did not hold."""
        return [failure for step in self.steps for failure in step["failures"]]

    @property
    def ok(self) -> bool:
        """Whether everything held."""
        return (
            not self.broken and not self.failures and not any(step["error"] for step in self.steps)
        )

    def as_row(self) -> Row:
        """The story for programs."""
        return {
            "file": self.file,
            "name": self.name,
            "ok": self.ok,
            "expectations": self.expectations,
            "failed": len(self.failures),
            "proven": self.proven,
            "steps": self.steps,
            "problems": [
                {
                    "file": one.file,
                    "line": one.line,
                    "column": one.column,
                    "code": one.code,
                    "zh": one.zh,
                    "en": one.en,
                    "severity": "warning" if one.warning else "error",
                }
                for one in self.problems
            ],
        }


def tell(path: Path) -> Story:
    """Load and play a file."""
    rehearsal, problems = load_rehearsal(path)
    if rehearsal is None:
        return Story(str(path), path.stem, problems)
    return told(play(rehearsal), problems)


def told(report: Report, problems: list[Problem]) -> Story:
    """What a report says, as data."""
    rehearsal = report.rehearsal
    story = Story(
        rehearsal.file,
        rehearsal.name,
        problems,
        _expectations(rehearsal),
        names=_names(rehearsal),
        proven=sorted(report.proven),
    )
    before: dict[int, str] = {}
    failing = 0
    for played in report.steps:
        failing += bool(played.failures)
        story.steps.append(_step(report, played, before, explain=failing <= EXPLAINED))
        before = {row["id"]: row["state"] for row in played.duties}
    return story


def with_edition(rehearsal: Rehearsal, other: Edition) -> Rehearsal:
    """The rehearsal with all editions of a policy replaced by another one, as if that had been in force."""
    replaced = [one for one in rehearsal.editions if one.policy == other.policy]
    if not replaced:
        return rehearsal
    placed = replace(other, effective=min(one.effective for one in replaced), until=None)
    kept = tuple(one for one in rehearsal.editions if one.policy != other.policy)
    return replace(
        rehearsal,
        editions=(*kept, placed),
        vocabulary=rehearsal.vocabulary.joined(other.vocabulary),
    )


def _names(rehearsal: Rehearsal) -> dict[str, str]:
    found = {one.id: one.name for one in rehearsal.staff if one.name}
    for customer in rehearsal.customers:
        if customer.get("name"):
            found[str(customer["id"])] = str(customer["name"])
    return found


def _expectations(rehearsal: Rehearsal) -> int:
    return sum(
        _size(key, value)
        for step in rehearsal.steps
        if step.expect
        for key, value in step.expect.items()
    )


def _size(key: str, value: Any) -> int:
    return len(value) if key in (*ROW_KINDS, "none") and isinstance(value, list) else 1


def _step(report: Report, played: Played, before: Mapping[int, str], *, explain: bool) -> Row:
    step = played.step
    moved = [
        {**row, "was": before[row["id"]]}
        for row in played.duties
        if row["id"] in before and row["state"] != before[row["id"]]
    ]
    return {
        "step": step.number,
        "line": step.mark.line,
        "at": step.at.isoformat(),
        "clause": list(step.clause),
        "set": [jsonable(dict(one.keys)) for one in step.sets],
        "events": [jsonable(dict(one.keys)) for one in step.events],
        "ask": jsonable(dict(step.ask.keys)) if step.ask is not None else None,
        "new": {kind: rows for kind, rows in played.new.items() if rows},
        "moved": moved,
        "ruling": played.ruling,
        "error": played.error,
        "failures": _failures(report, played, explain=explain),
    }


def _failures(report: Report, played: Played, *, explain: bool) -> list[Row]:
    """The failures of a step, explained where wanted: that takes playing the story again up to there."""
    moment = moment_after(report, played.step.number) if played.failures and explain else None
    return [_failure(moment, one) for one in played.failures]


def _failure(moment: Moment | None, failure: Failure) -> Row:
    return {
        "step": failure.step,
        "line": failure.line,
        "kind": failure.kind,
        "expected": jsonable(failure.expected),
        "found": failure.found,
        "nearest": failure.nearest,
        "differs": list(failure.differs),
        "near": near(moment, failure),
    }
