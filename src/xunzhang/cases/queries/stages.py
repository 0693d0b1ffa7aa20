"""The way of a case through its process: which stages, when each was entered, and what is still ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from xunzhang.cases.standing import Standing
from xunzhang.law.text import Stage


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a case's process. `state` is done, now, or "" while it lies ahead."""

    stage: Stage
    state: str
    entered_at: datetime | None
    times: int


def steps_of(standing: Standing) -> list[Step]:
    """Return the stages of the case's process in order."""
    codes = [one.code for one in standing.process.stages]
    here = codes.index(standing.stage.code)
    return [
        _step(standing, stage, place, here) for place, stage in enumerate(standing.process.stages)
    ]


def _step(standing: Standing, stage: Stage, place: int, here: int) -> Step:
    entries = [one for one in standing.state.entered if one.stage == stage.code]
    state = ""
    if place == here:
        state = "done" if standing.over else "now"
    elif entries and place < here:
        state = "done"
    return Step(stage, state, entries[-1].at if entries else None, len(entries))
