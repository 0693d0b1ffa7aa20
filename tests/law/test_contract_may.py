"""The contract's sentences on what may be done and what follows, and several of them at once, as small rehearsals."""

from __future__ import annotations

from pathlib import Path

import pytest

from xunzhang.law.rehearsal import load_rehearsal, play

HERE = Path(__file__).parent / "rehearsals"
STORIES = [*sorted((HERE / "may").glob("*.yaml")), *sorted((HERE / "both").glob("*.yaml"))]
WRONG = sorted((HERE / "wrong").glob("*.yaml"))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_what_the_contract_says_comes_out(path: Path) -> None:
    rehearsal, problems = load_rehearsal(path)
    assert rehearsal is not None, [problem.say("en") for problem in problems]
    report = play(rehearsal)
    told = [(one.step, one.kind, one.expected, one.differs, one.nearest) for one in report.failures]
    assert report.ok, (told, [step.error for step in report.steps if step.error])


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_a_wrong_expectation_fails(path: Path) -> None:
    rehearsal, problems = load_rehearsal(path)
    assert rehearsal is not None, [problem.say("en") for problem in problems]
    report = play(rehearsal)
    assert not report.ok
    assert [one.step for one in report.failures] == [len(rehearsal.steps)]
