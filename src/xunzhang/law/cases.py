"""What the law knows of a case: its process and stage, and the latest value of every key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from xunzhang.law.facts import Event, Value
from xunzhang.law.vocabulary import CASE_KEYS

NOT_KEPT = frozenset({"type", "at", "by", "case", "items", *CASE_KEYS})
"""Keys of events that do not become keys of their case."""


@dataclass(frozen=True, slots=True)
class Entered:
    """One entry of a stage."""

    stage: str
    seq: int
    at: datetime


@dataclass(slots=True)
class CaseState:
    """One case. `process` names the process of the edition it began under (policy@version/CODE)."""

    id: str
    process: str | None = None
    stage: str | None = None
    entered: tuple[Entered, ...] = ()
    handler: str | None = None
    late: bool = False
    values: dict[str, Value] = field(default_factory=dict)

    @property
    def code(self) -> str | None:
        """The code of its process."""
        return self.process.rpartition("/")[2] if self.process is not None else None

    def get(self, key: str) -> Value:
        """The value of a case key; None where it has none."""
        match key:
            case "process":
                return self.code
            case "stage":
                return self.stage
            case "handler":
                return self.handler
            case "late":
                return self.late
            case _:
                return self.values.get(key)

    def keys(self) -> Mapping[str, Value]:
        """All its keys with their values."""
        own = {key: self.get(key) for key in CASE_KEYS}
        return {**self.values, **own, "case": self.id}

    def lies_behind(self, stage: str) -> bool:
        """Whether going to a stage is going back: it stands on the way that led to the present one."""
        way: list[str] = []
        for one in self.entered:
            way = way[: way.index(one.stage)] if one.stage in way else way
            way.append(one.stage)
        return stage in way[:-1]

    def keep(self, event: Event) -> None:
        """Take over the keys that an event of the case carries."""
        for key, value in event.keys.items():
            if key not in NOT_KEPT and value is not None:
                self.values[key] = value
