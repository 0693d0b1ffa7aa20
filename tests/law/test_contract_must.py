"""The contract, sentence by sentence: every rehearsal of the folder `must` holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from xunzhang.law.rehearsal import load_rehearsal, play

FOLDER = Path(__file__).parent / "rehearsals" / "must"
FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_the_rehearsal_holds(file: Path) -> None:
    rehearsal, problems = load_rehearsal(file)
    assert rehearsal is not None, [problem.say("en") for problem in problems]
    report = play(rehearsal)
    told = [
        f"step {one.step}, line {one.line}: {one.kind} {one.expected!r}, found {one.nearest or one.found!r}"
        for one in report.failures
    ]
    assert report.ok, "\n".join([*told, *(step.error["en"] for step in report.steps if step.error)])


def test_there_are_rehearsals() -> None:
    assert len(FILES) >= 60
