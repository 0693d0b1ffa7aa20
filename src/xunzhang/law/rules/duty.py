"""duty: after an event, somebody must do something, mostly by a due time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xunzhang.law.conditions import ALWAYS, Condition
from xunzhang.law.facts import Event, Value
from xunzhang.law.paths import KeyBook, Path
from xunzhang.law.read.rule import RuleReader
from xunzhang.law.rules.common import (
    EachValue,
    Ladder,
    Reminding,
    Repeat,
    Rule,
    facts_of_customer,
)
from xunzhang.law.rules.due import DueRule, read_due
from xunzhang.law.scope import Scope
from xunzhang.law.times import Within
from xunzhang.law.who import Who, groups, is_each_now

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRule(Rule):
    """Its data. `due` None: it stays open and is never overdue."""

    when: tuple[str, ...]
    who: Who
    do: tuple[str, ...]
    match: tuple[str, ...] = ("customer",)
    due: DueRule | None = None
    where: Condition = ALWAYS
    evidence: tuple[str, ...] = ()
    remind: tuple[Reminding, ...] = ()
    breach: str | None = None
    again: Repeat | None = None
    escalate: tuple[Ladder, ...] = ()
    once: bool = False
    for_each: EachValue | None = None
    customers: Condition | None = None
    personal: bool = False
    opens: Within | None = None
    count: Path | None = None
    suspended_by: tuple[str, ...] = ()
    resumed_by: tuple[str, ...] = ()
    cancelled_by: tuple[str, ...] = ()

    def own(self, scope: Scope) -> bool:
        """Whether only its own people's events close what it opens here."""
        return self.personal or is_each_now(self.who, scope)


def read(reader: RuleReader) -> DutyRule | None:
    """The rule of a map; None after noting what is missing."""
    context = reader.context
    when = reader.events("when", required=True)
    do = reader.events("do", required=True)
    reader.book = context.event_book(when)
    done = context.event_book(do)
    who = reader.who(required=True)
    customer = context.book_of("customer")
    rule = DutyRule(
        **reader.base(),
        when=when,
        who=who if who is not None else _NOBODY,
        do=do,
        due=read_due(reader),
        match=reader.keys("match", (reader.book, done), ("customer",)),
        where=reader.where(done, joined(done, reader.book)),
        evidence=reader.keys("evidence", (done,)),
        remind=reader.remind(),
        breach=reader.code(),
        again=reader.again(),
        escalate=reader.escalate(),
        once=reader.flag("once"),
        for_each=reader.for_each(done),
        customers=reader.where(customer, joined(customer, reader.book), "for")
        if reader.has("for")
        else None,
        personal=reader.flag("personal"),
        opens=reader.within("opens"),
        count=reader.path("count"),
        suspended_by=reader.events("suspended_by"),
        resumed_by=reader.events("resumed_by"),
        cancelled_by=reader.events("cancelled_by"),
    )
    check_due(reader, has_due=rule.due is not None)
    if rule.resumed_by and not rule.suspended_by:
        reader.error(
            reader.node.mark_of("resumed_by"),
            "missing-key",
            "resumed_by 需要 suspended_by",
            "resumed_by needs suspended_by",
        )
    return rule if who is not None and when and do else None


class _Nobody:
    def people(self, scope: Scope) -> tuple[str, ...]:
        return ()


_NOBODY = _Nobody()


def joined(one: KeyBook, two: KeyBook) -> KeyBook:
    """The keys of both places; the first one's types count."""
    return KeyBook(one.vocabulary, {**two.own, **one.own}, one.terms, one.kind)


def check_due(reader: RuleReader, *, has_due: bool) -> None:
    """What hangs on a due time is idle without one: such a duty stays open and is never overdue."""
    for key in ("again", "breach", "escalate", "remind"):
        if reader.has(key) and not has_due and not reader.has("within") and not reader.has("by"):
            reader.problems.warn(
                reader.node.mark_of(key),
                "no-due",
                f"没有期限，{key} 不会用到：请写 within 或 by",
                f"without a due time {key} is never used: write within or by",
            )


def follow(rule: DutyRule, run: Run, event: Event, scope: Scope) -> None:
    """Open what the event asks for: one duty a customer (with `for`), a group and a value."""
    listed = (
        [(rule.for_each.key, value) for value in rule.for_each.values] if rule.for_each else [None]
    )
    for place, more in _places(rule, run, scope):
        because = rule.because(scope, more)
        for group in groups(rule.who, place):
            for each in listed:
                run.duties.open(rule, event, place, group, each, because)


def _places(
    rule: DutyRule, run: Run, scope: Scope
) -> list[tuple[Scope, Mapping[str, Value] | None]]:
    """Where it opens: the event's own place, or with `for` one for each customer, with what was compared of him."""
    if rule.customers is None:
        return [(scope, None)]
    found: list[tuple[Scope, Mapping[str, Value] | None]] = []
    for customer in run.history.filed_customers():
        inner = run.customer_scope(customer, scope.now, rule.calendar, seq=scope.seq)
        inner.present = scope
        if not rule.customers.holds(inner):
            continue
        place = Scope(
            scope.world,
            scope.now,
            scope.calendar,
            kind="event",
            thing={**scope.thing, "customer": customer},
            customer=customer,
            by=scope.by,
            case=scope.case,
            seq=scope.seq,
        )
        found.append((place, facts_of_customer(rule.customers, inner)))
    return found
