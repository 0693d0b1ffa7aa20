"""A rehearsal as it is played: a world, and the steps of a timeline."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from xunzhang.law.facts import Department, Staff, Value
from xunzhang.law.problems import Mark
from xunzhang.law.text import Edition
from xunzhang.law.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Stated:
    """One thing that a step tells: an event, an ask, or a change of the world."""

    keys: Map[str, Value]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Step:
    """One moment of the timeline."""

    number: int
    at: datetime
    sets: tuple[Stated, ...]
    events: tuple[Stated, ...]
    ask: Stated | None
    expect: Map[str, Any] | None
    clause: tuple[str, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A world and a timeline, ready to be played."""

    name: str
    file: str
    editions: tuple[Edition, ...]
    staff: tuple[Staff, ...]
    departments: tuple[Department, ...]
    customers: tuple[Map[str, Value], ...]
    steps: tuple[Step, ...]
    vocabulary: Vocabulary = field(repr=False)
