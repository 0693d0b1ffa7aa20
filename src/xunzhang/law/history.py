"""What the engine may look up and keep: the ledger of a company, in memory or in a database."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from xunzhang.law.cases import CaseState
from xunzhang.law.facts import Event, Value
from xunzhang.law.metrics import Records
from xunzhang.law.outcome import Breach, Duty, Sanction

TimerKind = Literal[
    "lapse",
    "again",
    "escalate",
    "remind",
    "open",
    "period",
    "judge",
    "cadence-remind",
    "roll",
    "roll-remind",
    "reclaim",
    "reclaim-remind",
    "vacant",
    "look",
    "edition",
]
LAPSE, JUDGE, MEASURE, PROMOTE, START, REMIND = range(6)
"""In which order the timers of one instant go off.

What counts breaches comes after what raises them; a new role counts from then on, after what was, before what begins.
"""


@dataclass(frozen=True, slots=True, order=True)
class Timer:
    """Something that goes off at an instant. `subject` names the duty, customer or period."""

    at: datetime
    phase: int
    uid: str
    kind: TimerKind
    subject: str = ""
    plan: int = 0
    nth: int = 0


class History(Records, Protocol):
    """The engine's memory. Writes are seen by later reads at once; the host makes them last."""

    def append(self, type: str, at: datetime, keys: Mapping[str, Value]) -> Event:
        """A new event at the end of the ledger."""

    def set_staff(self, id: str, values: Mapping[str, Value], at: datetime) -> None:
        """Change a member of staff."""

    def set_customer(self, id: str, values: Mapping[str, Value], at: datetime) -> None:
        """Change a customer; an unknown one is created."""

    def filed_customers(self) -> Iterable[str]:
        """Ids of all filed customers, in order."""

    def owned_customers(self) -> Iterable[str]:
        """Ids of all customers that have an owner, in order."""

    def filed_at(self, customer: str) -> datetime | None:
        """When a customer was filed; None where that was before the ledger began."""

    def owned_since(self, customer: str) -> datetime | None:
        """Since when the present owner has a customer; None where since before the ledger began."""

    def began_at(self) -> datetime:
        """When the ledger began."""

    def latest(self, types: tuple[str, ...], customer: str) -> Event | None:
        """The latest event of these types for a customer."""

    def counts(
        self, types: tuple[str, ...], start: datetime, end: datetime
    ) -> Mapping[str, list[Event]]:
        """Events of these types in [start, end), by customer."""

    def save_case(self, case: CaseState) -> None:
        """Keep what is known of a case."""

    def new_id(self) -> int:
        """A number for a new duty, breach or sanction."""

    def add_duty(self, duty: Duty) -> None:
        """Keep a new duty."""

    def save_duty(self, duty: Duty) -> None:
        """Keep a changed duty."""

    def drop_duty(self, duty: Duty) -> None:
        """Forget a duty that never opened."""

    def duty(self, id: int) -> Duty | None:
        """The duty of a number."""

    def live_duties(self, uid: str, key: tuple[Hashable, ...]) -> list[Duty]:
        """Waiting, open, suspended and overdue duties of a rule with these match values, oldest first."""

    def live_of_rule(self, policy: str, rule: str) -> Iterable[Duty]:
        """Open, suspended and overdue duties of a rule of any version."""

    def live_of_staff(self, staff: str) -> list[Duty]:
        """Waiting, open, suspended and overdue duties of a person, oldest first."""

    def live_of_owner_rule(self, uid: str, customer: str) -> list[Duty]:
        """Live duties of a rule for a customer."""

    def live_of_case(self, case: str, uid_prefix: str) -> list[Duty]:
        """Live duties of a case under rules whose uid begins so."""

    def open_duties(self, staff: str) -> int:
        """How many duties a person has open, suspended or overdue."""

    def ever(
        self,
        policy: str,
        rule: str,
        key: tuple[Hashable, ...],
        who: tuple[str, ...],
        each: tuple[str, Value] | None,
    ) -> bool:
        """Whether a duty of a rule with these values, people and for_each value was ever opened and not cancelled."""

    def add_breach(self, breach: Breach) -> None:
        """Keep a breach."""

    def breaches_of(self, person: str, policy: str, codes: tuple[str, ...]) -> list[Breach]:
        """A person's breaches of these codes of a policy, as raised."""

    def add_sanction(self, sanction: Sanction) -> None:
        """Keep a proposal."""

    def sanctions_of(self, rule: str, staff: str) -> list[Sanction]:
        """A person's proposals by the rules of this id, as made."""

    def waive(self, sanction: Sanction) -> None:
        """Mark a proposal as waived."""

    def is_waived(self, sanction: Sanction) -> bool:
        """Whether a proposal was waived."""

    def waived_breaches(self, uid_rule: tuple[str, str], person: str) -> set[int]:
        """Numbers of the breaches whose proposal by a rule (policy, id) was waived for a person."""

    def schedule(self, timer: Timer) -> None:
        """Keep a timer."""

    def due_timer(self, now: datetime) -> Timer | None:
        """Take the earliest timer that goes off at or before `now`."""

    def remember(self, key: tuple[Hashable, ...], value: Value) -> None:
        """Keep a small fact of the engine's own."""

    def recall(self, key: tuple[Hashable, ...]) -> Value:
        """A fact kept before; None where there is none."""
