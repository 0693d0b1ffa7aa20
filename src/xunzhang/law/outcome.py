"""What the engine answers. Every row carries `because`; a duty lives on, the rest is said once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from xunzhang.law.facts import NOTHING, Event, Value
from xunzhang.law.times import Due

DutyState = Literal["waiting", "open", "suspended", "overdue", "done", "late", "cancelled"]
LIVE: frozenset[str] = frozenset({"waiting", "open", "suspended", "overdue"})
LISTED: frozenset[str] = frozenset({"open", "suspended", "overdue", "done", "late", "cancelled"})
Persons = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Because:
    """Why: the policy, version, article and rule that decided, and the facts compared."""

    policy: str
    version: str
    article: str
    rule: str
    facts: Mapping[str, Value] = field(default_factory=lambda: NOTHING)


@dataclass(slots=True)
class Duty:
    """Something that `who` must do. It keeps the edition and article it was opened under.

    `uid` names its rule with policy and version; `key` are the values of its match keys.
    `opened` is the opening event's keys; `chain` the breach codes that led to it.
    """

    id: int
    uid: str
    who: Persons
    state: DutyState
    opened_at: datetime
    due: Due | None
    match: Mapping[str, Value]
    key: tuple[Any, ...]
    because: Because
    opened: Mapping[str, Value] = field(default_factory=lambda: NOTHING)
    opened_seq: int = 0
    customer: str | None = None
    case: str | None = None
    each: tuple[str, Value] | None = None
    own: bool = False
    chain: frozenset[str] = frozenset()
    plan: int = 0
    suspended_at: datetime | None = None
    closed_at: datetime | None = None
    closed_seq: int | None = None
    breaches: int = 0
    done: int = 0
    serves: tuple[datetime, datetime] | None = None
    shifted: bool = False
    first_who: Persons = ()

    @property
    def rule(self) -> str:
        """The id of its rule."""
        return self.because.rule


@dataclass(frozen=True, slots=True)
class Breach:
    """A named failing. `at` is when it begins, `on` the day that it belongs to."""

    id: int
    code: str
    who: Persons
    count: Value
    at: datetime
    on: date
    keys: Mapping[str, Value]
    because: Because
    again: bool = False
    duty: int | None = None

    @property
    def customer(self) -> str | None:
        """The customer it is about."""
        return self.keys.get("customer")


@dataclass(frozen=True, slots=True)
class Sanction:
    """A proposal for a person to confirm, lower or waive; nothing happens by itself.

    Exactly one of `fine` (CNY, or a range or `open` as written), `step`, `deduct`,
    `choose` says what is proposed.
    """

    id: int
    breach: int
    who: Persons
    uid: str
    because: Because
    breach_because: Because
    confirm: Persons
    number: int
    customer: str | None = None
    fine: Decimal | str | None = None
    step: str | None = None
    deduct: str | None = None
    choose: tuple[str, ...] | None = None
    doubled: bool = False


@dataclass(frozen=True, slots=True)
class Award:
    """Points for a member of staff or a customer."""

    to: str
    points: Decimal
    because: Because


@dataclass(frozen=True, slots=True)
class Assignment:
    """A customer (or a case) that now belongs to somebody, or to the pool."""

    customer: str | None
    to: str
    because: Because
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """A word to people before something falls due, or up the ladder after."""

    rule: str
    who: Persons
    because: Because
    at: datetime
    customer: str | None = None
    duty: int | None = None
    escalated: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A text for one person."""

    rule: str
    to: str
    text: Mapping[str, str]
    because: Because
    customer: str | None = None


@dataclass(frozen=True, slots=True)
class Promotion:
    """A member of staff who has earned another role."""

    who: str
    to: str
    because: Because


@dataclass(frozen=True, slots=True)
class Part:
    """One indicator's share in a grade."""

    key: str
    weight: Decimal
    value: Value
    points: Decimal


@dataclass(frozen=True, slots=True)
class Grade:
    """The result of a grade rule: a score, the class it falls in, and the parts of the score."""

    name: str
    score: Decimal | None
    cls: str | None
    parts: tuple[Part, ...]
    because: Because


@dataclass(frozen=True, slots=True)
class Missing:
    """An item of a checklist that is not there."""

    key: str
    label: Mapping[str, str]
    because: Because
    unsigned: bool = False


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """A case that has entered a stage."""

    case: str
    process: str
    stage: str
    because: Because


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground of a ruling: an article, a form's field or what a stage lacks."""

    text: str
    because: Because
    say: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an approval: any one of `who` may give it."""

    who: Persons
    because: Because


@dataclass(frozen=True, slots=True)
class Guide:
    """A word of help at an action or a stage."""

    text: Mapping[str, str]
    because: Because


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether an action may be done."""

    ruling: Literal["allowed", "refused", "needs_approval"]
    steps: tuple[Step, ...] = ()
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()
    missing: tuple[Missing, ...] = ()
    guides: tuple[Guide, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerSet:
    """An order: these keys of a customer change."""

    customer: str
    values: Mapping[str, Value]
    because: Because


@dataclass(frozen=True, slots=True)
class StaffSet:
    """An order: these keys of a member of staff change."""

    staff: str
    values: Mapping[str, Value]
    because: Because


@dataclass(slots=True)
class Outcome:
    """All that is new after one call, in the order in which it came about.

    `duties` are those newly opened, `moved` those whose state, who or due time changed.
    """

    duties: list[Duty] = field(default_factory=list)
    moved: list[Duty] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)
    sanctions: list[Sanction] = field(default_factory=list)
    awards: list[Award] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    reminders: list[Reminder] = field(default_factory=list)
    promotions: list[Promotion] = field(default_factory=list)
    grades: list[Grade] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    cases: list[CaseEntry] = field(default_factory=list)
    guides: list[Guide] = field(default_factory=list)
    orders: list[CustomerSet | StaffSet] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
