"""allocation: an event whose customer (or case) is given to somebody, fairly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from xunzhang.law.facts import Event, frozen
from xunzhang.law.read.rule import RuleReader
from xunzhang.law.rules.common import Rule
from xunzhang.law.scope import Scope
from xunzhang.law.who import Each, Except, OnDuty, Role, Table, Together, Who, on_shift, people

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run

Method = Literal["equal", "load", "region"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationRule(Rule):
    """Its data."""

    when: tuple[str, ...]
    among: Who
    method: Method = "equal"
    gives: Literal["customer", "case"] = "customer"


def read(reader: RuleReader) -> AllocationRule | None:
    """The rule of a map; None after noting what is missing."""
    when = reader.events("when", required=True)
    reader.book = reader.context.event_book(when)
    among = reader.who("among", required=True)
    base = reader.base()
    method = reader.text("method", among=("equal", "load", "region")) or "equal"
    gives = reader.text("gives", among=("customer", "case")) or "customer"
    if among is None or not when:
        return None
    return AllocationRule(**base, when=when, among=among, method=method, gives=gives)  # type: ignore[arg-type]


def follow(rule: AllocationRule, run: Run, event: Event, scope: Scope) -> None:
    """Choose the receiver and give him the customer or the case."""
    batch = frozen(event.get("batch"))
    receiver = choose(rule, run, scope, batch)
    if receiver is None:
        return
    because = rule.because(scope, {"method": rule.method})
    counter = ("allocated", rule.policy, rule.id, batch, receiver)
    run.history.remember(counter, (run.history.recall(counter) or 0) + 1)
    if rule.gives == "case":
        run.give_case(scope.case, receiver, scope.customer, because)
    elif scope.customer is not None:
        run.give_customer(scope.customer, receiver, event.at, because)


def choose(rule: AllocationRule, run: Run, scope: Scope, batch: object) -> str | None:
    """Who receives: the fewest so far, the fewest open duties, or of the same region; ties by staff id."""
    found = sorted(candidates(rule.among, scope))
    history = run.history

    def so_far(person: str) -> int:
        return int(history.recall(("allocated", rule.policy, rule.id, batch, person)) or 0)

    if rule.method == "region":
        facts = scope.facts_of(scope.customer) if scope.customer else None
        region = facts.get("region") if facts else None
        staff = history.directory().staff
        found = [
            one
            for one in found
            if region is not None and one in staff and staff[one].region == region
        ]
    if not found:
        return None
    if rule.method == "load":
        return min(found, key=lambda one: (history.open_duties(one), one))
    return min(found, key=lambda one: (so_far(one), one))


def candidates(who: Who, scope: Scope) -> tuple[str, ...]:
    """The people of a who; of a role all holders count, not only the nearest."""
    match who:
        case Role(name):
            return scope.world.directory().holders(name)
        case OnDuty(name):
            holders = scope.world.directory().holders(name)
            return tuple(one for one in holders if on_shift(scope, one))
        case Together(parts):
            found = (one for part in parts for one in candidates(part, scope))
            return tuple(dict.fromkeys(found))
        case Except(one, without):
            gone = set(without.people(scope))
            return tuple(person for person in candidates(one, scope) if person not in gone)
        case Each(one):
            return candidates(one, scope)
        case Table():
            chosen = who.row(scope)
            return candidates(chosen, scope) if chosen is not None else ()
        case _:
            return people(who, scope)
