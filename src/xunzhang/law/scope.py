"""From where a condition looks at the world: the thing itself, its customer, people, case, moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from xunzhang.law.facts import NOTHING, Ask, Directory, Event, Value

if TYPE_CHECKING:
    from xunzhang.law.calendar import Calendar
    from xunzhang.law.cases import CaseState


class Lookups(Protocol):
    """What conditions and whos may look up about the past and the present."""

    def directory(self) -> Directory:
        """Who is who now."""

    def customer(self, id: str) -> Mapping[str, Value] | None:
        """The keys of a customer now; None where unknown."""

    def customer_at(self, id: str, at: datetime) -> Mapping[str, Value] | None:
        """The keys of a customer as they stood at an instant (changes of that instant included)."""

    def case(self, id: str) -> CaseState | None:
        """What is known of a case; None where it has no event."""

    def earlier(
        self, type: str, keys: tuple[str, ...], values: tuple[Value, ...], before: int | None
    ) -> Iterable[Event]:
        """Events of a type that agree in these keys, latest first, recorded before `before`."""


class Scope:
    """One place to look from. `seq` bounds what is earlier; `asof` reads customers as of then."""

    __slots__ = (
        "asof",
        "by",
        "calendar",
        "case",
        "customer",
        "kind",
        "now",
        "present",
        "seq",
        "thing",
        "who",
        "world",
    )

    def __init__(
        self,
        world: Lookups,
        now: datetime,
        calendar: Calendar,
        *,
        kind: str,
        thing: Mapping[str, Value] = NOTHING,
        customer: str | None = None,
        by: str | None = None,
        case: str | None = None,
        seq: int | None = None,
        asof: datetime | None = None,
    ) -> None:
        self.world = world
        self.now = now
        self.calendar = calendar
        self.kind = kind
        self.thing = thing
        self.customer = customer
        self.by = by
        self.case = case
        self.seq = seq
        self.asof = asof
        self.present: Scope | None = None
        self.who: tuple[str, ...] = ()

    @classmethod
    def of_event(cls, world: Lookups, event: Event, calendar: Calendar) -> Scope:
        """The place of an event: its keys are the bare keys."""
        keys = event.keys
        scope = cls(
            world,
            event.at,
            calendar,
            kind="event",
            thing=keys,
            customer=keys.get("customer"),
            by=keys.get("by"),
            case=keys.get("case"),
            seq=event.seq,
        )
        if event.type == "breach.raised":
            scope.who = tuple(keys.get("who") or ())
        return scope

    @classmethod
    def of_ask(cls, world: Lookups, ask: Ask, calendar: Calendar) -> Scope:
        """The place of an ask: the action's keys are the bare keys."""
        keys = ask.keys
        return cls(
            world,
            ask.at,
            calendar,
            kind="action",
            thing=keys,
            customer=keys.get("customer"),
            by=keys.get("by"),
            case=keys.get("case"),
        )

    def facts_of(self, customer: str) -> Mapping[str, Value] | None:
        """The keys of a customer, as of this scope's instant where it has one."""
        if self.asof is not None:
            return self.world.customer_at(customer, self.asof)
        return self.world.customer(customer)

    def owner(self) -> str | None:
        """The owner of this scope's customer."""
        if self.customer is None:
            return None
        facts = self.facts_of(self.customer)
        return facts.get("owner") if facts else None

    def anchor(self) -> str | None:
        """The person to whom a role is nearest: who recorded or asked, else the owner."""
        if self.by is not None:
            return self.by
        if self.kind == "event" and self.who:
            return self.who[0]
        return self.owner()

    def with_by(self, person: str) -> Scope:
        """The same place, `by` being a person."""
        other = Scope(
            self.world,
            self.now,
            self.calendar,
            kind=self.kind,
            thing=self.thing,
            customer=self.customer,
            by=person,
            case=self.case,
            seq=self.seq,
            asof=self.asof,
        )
        other.present, other.who = self.present, self.who
        return other

    def moved(
        self,
        *,
        kind: str,
        thing: Mapping[str, Value],
        customer: str | None = None,
        by: str | None = None,
        case: str | None = None,
    ) -> Scope:
        """The place of another thing at the same moment."""
        other = Scope(
            self.world,
            self.now,
            self.calendar,
            kind=kind,
            thing=thing,
            customer=customer,
            by=by,
            case=case,
            seq=self.seq,
            asof=self.asof,
        )
        other.present = self
        return other
