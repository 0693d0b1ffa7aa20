"""What all rule kinds share: where a rule stands, when it speaks, and the reader of its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from xunzhang.law.calendar import Calendar
from xunzhang.law.conditions import ALWAYS, Condition, facts
from xunzhang.law.facts import Value
from xunzhang.law.outcome import Because
from xunzhang.law.problems import Mark
from xunzhang.law.scope import Scope
from xunzhang.law.times import Duration
from xunzhang.law.who import Who

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Silences:
    """A rule that is silent where another one's `if` holds; `policy` None means its own."""

    policy: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Where a rule stands and when it speaks. `condition` includes the policy's scope."""

    id: str
    policy: str
    version: str
    article: str
    order: tuple[int, int]
    calendar: Calendar
    mark: Mark
    condition: Condition = ALWAYS
    instead_of: tuple[Silences, ...] = ()
    effective: date | None = None

    @property
    def uid(self) -> str:
        """Its name with policy and version."""
        return f"{self.policy}@{self.version}/{self.id}"

    def because(self, scope: Scope | None, more: Mapping[str, Value] | None = None) -> Because:
        """Why this rule speaks here: its place and the facts compared."""
        found = (
            facts(self.condition, scope)
            if scope is not None and self.condition is not ALWAYS
            else {}
        )
        return Because(self.policy, self.version, self.article, self.id, {**found, **(more or {})})


def facts_of_customer(condition: Condition | None, scope: Scope) -> dict[str, Value]:
    """The facts of a rule's `for`, named as a customer's: `customer.grade`."""
    found = facts(condition, scope) if condition is not None else {}
    return {
        name if "(" in name or name.startswith("customer.") else f"customer.{name}": value
        for name, value in found.items()
    }


@dataclass(frozen=True, slots=True)
class Reminding:
    """When to remind: so long before the due time."""

    before: Duration


@dataclass(frozen=True, slots=True)
class Repeat:
    """A further breach each time this has passed."""

    every: Duration


@dataclass(frozen=True, slots=True)
class Ladder:
    """Whom to tell when it is still open after a time."""

    after: Duration
    to: Who


@dataclass(frozen=True, slots=True)
class EachValue:
    """One duty for each value, which the fulfilling event must carry."""

    key: str
    values: tuple[Value, ...]
