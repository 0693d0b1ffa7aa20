"""Targets and promotions: what is measured of people and customers when a period is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from xunzhang.law.calendar import midnight
from xunzhang.law.facts import Event, Value
from xunzhang.law.outcome import Duty, Persons
from xunzhang.law.periods import Span
from xunzhang.law.rules.promotion import PromotionRule
from xunzhang.law.rules.target import TargetRule
from xunzhang.law.scope import Scope
from xunzhang.law.times import due
from xunzhang.law.who import groups, is_each_now, present

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run


class Targets:
    """Judges targets and promotions within one run."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def judge(self, rule: TargetRule, span: Span, now: datetime) -> None:
        """A period is over: whoever missed the target answers for it."""
        table = self._table(rule, span)
        others = [
            one
            for one in self.run.frame(midnight(span.starts)).instead_of(rule)
            if isinstance(one, TargetRule)
        ]
        silent = {
            subject
            for one in others
            for subject, _ in self._subjects(one, list(self._table(one, span)), now)
        }
        for subject, who in self._subjects(rule, list(table), now):
            if subject in silent:
                continue
            value = table.get(subject)
            if value is None and not hasattr(rule.metric, "event"):
                continue
            value = value if value is not None else Decimal(0)
            low, high = rule.at_least, rule.at_most
            if (low is not None and value < low) or (high is not None and value > high):
                self._missed(rule, span, subject, who, value, now)

    def _table(self, rule: TargetRule | PromotionRule, span: Span) -> Mapping[str, Decimal]:
        """What is measured of each in a period."""
        starts, ends = midnight(span.starts), midnight(span.ends)
        return rule.metric.table(self.run.history, starts, ends, rule.condition, rule.calendar)

    def _subjects(
        self, rule: TargetRule, found: list[str], now: datetime
    ) -> list[tuple[str, Persons]]:
        """Whom the target is for, with who answers: filed customers, those whom `who` names, or those with an event."""
        run = self.run
        if rule.metric.key == "customer":
            places = {
                one: run.customer_scope(one, now, rule.calendar)
                for one in run.history.filed_customers()
            }
            return [
                (one, who) for one, place in places.items() for who in self._answering(rule, place)
            ]
        place = run.person_scope(None, now, rule.calendar)
        if rule.who is not None:
            found = [person for group in groups(rule.who, place) for person in group]
        return [
            (one, present((one,), place))
            for one in sorted(set(found))
            if rule.subjects.holds(place.with_by(one))
        ]

    def _answering(self, rule: TargetRule, place: Scope) -> list[Persons]:
        """Those who answer for a customer, so far as the policy's scope speaks of them."""
        owner = place.owner()
        found = [present((owner,) if owner is not None else (), place)]
        if rule.who is not None:
            found = groups(rule.who, place)
        return [
            who
            for who in found
            if rule.subjects.holds(place)
            or any(rule.subjects.holds(place.with_by(one)) for one in who)
        ]

    def _missed(
        self,
        rule: TargetRule,
        span: Span,
        subject: str,
        who: Persons,
        value: Decimal,
        now: datetime,
    ) -> None:
        run = self.run
        key = rule.metric.key
        keys: dict[str, Value] = {key: subject} if key != "by" else {}
        because = rule.because(
            None, {"value": value, "at_least": rule.at_least, "at_most": rule.at_most}
        )
        if rule.duty is not None:
            scope = run.person_scope(subject if key != "customer" else None, now, rule.calendar)
            scope.customer = subject if key == "customer" else None
            scope.thing = {key: subject}
            scope.who = who
            for group in groups(rule.duty.who, scope):
                within = rule.duty.within
                when = (
                    due(within, midnight(span.last), rule.calendar) if within is not None else None
                )
                duty = Duty(
                    run.history.new_id(),
                    rule.uid,
                    group,
                    "open",
                    now,
                    when,
                    keys,
                    (subject,),
                    because,
                    {**keys, "by": subject if key == "by" else None},
                    0,
                    scope.customer,
                    None,
                    None,
                    is_each_now(rule.duty.who, scope),
                    run.chain,
                    first_who=group,
                )
                run.duties.begin(duty, now)
        if rule.breach is not None:
            run.breaches.put(rule.breach, who, 1, now, span.last, keys, because)

    def serve(self, event: Event) -> None:
        """An event may do what a missed target asked for."""
        for rule in self.run.book.target_closers.get(event.type, ()):
            subjects = event.get(rule.metric.key)
            listed = [subjects] if not isinstance(subjects, list) else subjects
            found = [
                duty for one in listed for duty in self.run.history.live_duties(rule.uid, (one,))
            ]
            if rule.metric.key != "customer" and event.by is not None:
                known = {duty.id for duty in found}
                found += [
                    duty
                    for duty in self.run.history.live_of_staff(event.by)
                    if duty.uid == rule.uid and duty.id not in known
                ]
            for duty in found:
                self.run.duties.settle(duty, event.at)
                if duty.opened_seq != event.seq and (not duty.own or event.by in duty.who):
                    self.run.duties.close(duty, event)

    def promote(self, rule: PromotionRule, span: Span, now: datetime) -> None:
        """A period is over: whoever reached the number in each of the last periods gets the role, once."""
        history = self.run.history
        spans = [span]
        while len(spans) < rule.periods:
            spans.append(spans[-1].previous(rule.calendar))
        tables = [self._table(rule, one) for one in spans]
        edition = self.run.book.edition(rule)
        if spans[-1].starts < max(edition.effective, rule.effective or edition.effective):
            return
        others = [
            one
            for one in self.run.frame(midnight(span.starts)).instead_of(rule)
            if isinstance(one, PromotionRule) and one.from_role == rule.from_role
        ]
        for person in history.directory().holders(rule.from_role):
            given = ("promoted", rule.policy, rule.id, person)
            place = self.run.person_scope(person, now, rule.calendar)
            if history.recall(given) or not rule.subjects.holds(place):
                continue
            if any(one.subjects.holds(place) for one in others):
                continue
            values = [table.get(person, Decimal(0)) for table in tables]
            if all(value >= rule.at_least for value in values):
                history.remember(given, True)
                because = rule.because(
                    None, {"values": list(reversed(values)), "at_least": rule.at_least}
                )
                self.run.promote(person, rule.from_role, rule.to_role, now, because)
