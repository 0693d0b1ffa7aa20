"""Quotas: of the events of a period, so many must have been followed by another."""

from __future__ import annotations

from decimal import ROUND_CEILING
from typing import TYPE_CHECKING

from xunzhang.law.calendar import midnight
from xunzhang.law.conditions import ALWAYS, match_value
from xunzhang.law.facts import Event, Value, frozen
from xunzhang.law.history import JUDGE, Timer
from xunzhang.law.metrics import of_period
from xunzhang.law.outcome import Persons
from xunzhang.law.periods import Span
from xunzhang.law.rules.quota import QuotaRule
from xunzhang.law.scope import Scope
from xunzhang.law.times import Due, due
from xunzhang.law.who import Group, groups, speaks_of_event

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run


class Quotas:
    """Judges quotas within one run."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def judge(self, rule: QuotaRule, span: Span, timer: Timer) -> None:
        """A period is over: judge each population whose last event's time is up, the others when it is."""
        found: dict[tuple[Persons, object], list[Event]] = {}
        others = [
            one
            for one in self.run.frame(midnight(span.starts)).instead_of(rule)
            if isinstance(one, QuotaRule)
        ]
        for event in of_period(
            self.run.history, rule.of, midnight(span.starts), midnight(span.ends)
        ):
            scope = self.run.scope(event, rule.calendar)
            if not rule.condition.holds(scope) or not self.run.counts_as_filed(event):
                continue
            if any(event.type in one.of and self._speaks(one, event) for one in others):
                continue
            value = frozen(rule.per.get(scope)) if rule.per is not None else None
            for who in groups(rule.who, scope) if speaks_of_event(rule.who) else [()]:
                found.setdefault((who, value), []).append(event)
        for (who, value), events in found.items():
            self._judge(rule, span, timer, who, value, events)

    def _speaks(self, rule: QuotaRule, event: Event) -> bool:
        return rule.condition.holds(self.run.scope(event, rule.calendar))

    def _judge(
        self,
        rule: QuotaRule,
        span: Span,
        timer: Timer,
        who: Persons,
        value: Value,
        events: list[Event],
    ) -> None:
        up = (
            max(
                (due(rule.within, event.at, rule.calendar).lapses_at for event in events),
                default=timer.at,
            )
            if (rule.within is not None)
            else timer.at
        )
        name = f"{who}/{value}"
        if up > timer.at:
            if not self.run.history.recall(("quota", rule.uid, span.starts.isoformat(), name)):
                self.run.history.remember(("quota", rule.uid, span.starts.isoformat(), name), True)
                self.run.history.schedule(Timer(up, JUDGE, rule.uid, "judge", timer.subject))
            return
        if self.run.history.recall(("quota judged", rule.uid, span.starts.isoformat(), name)):
            return
        self.run.history.remember(("quota judged", rule.uid, span.starts.isoformat(), name), True)
        needed = int((rule.share * len(events)).to_integral_value(rounding=ROUND_CEILING))
        done = sum(1 for event in events if self._followed(rule, event, span))
        if done >= needed or rule.breach is None:
            return
        because = rule.because(
            None, {"events": len(events), "needed": needed, "done": done, "share": rule.share}
        )
        keys = {rule.per.text: value} if rule.per is not None else {}
        for group in self._answerable(rule, who, timer):
            self.run.breaches.put(
                rule.breach, group, needed - done, timer.at, span.last, keys, because
            )

    def _answerable(self, rule: QuotaRule, who: Persons, timer: Timer) -> list[Group]:
        """Those who owe the quota, so far as the policy's scope speaks of them."""
        place = self.run.person_scope(None, timer.at, rule.calendar)
        found = [who] if speaks_of_event(rule.who) else groups(rule.who, place)
        return [
            group
            for group in found
            if rule.subjects.holds(place)
            or any(rule.subjects.holds(place.with_by(one)) for one in group)
        ]

    def _followed(self, rule: QuotaRule, event: Event, span: Span) -> bool:
        scope = self.run.scope(event, rule.calendar)
        values = tuple(match_value(scope, key) for key in rule.match)
        limit = (
            due(rule.within, event.at, rule.calendar) if rule.within is not None else Due(span.last)
        )
        for type_ in rule.do:
            for done in self.run.history.earlier(type_, rule.match, values, None):
                if (
                    done.seq > event.seq
                    and limit.in_time(done.at)
                    and self._serves(rule, done, scope)
                ):
                    return True
        return False

    def _serves(self, rule: QuotaRule, done: Event, of: Scope) -> bool:
        if not self.run.counts_as_filed(done):
            return False
        if rule.where is ALWAYS:
            return True
        scope = self.run.scope(done, rule.calendar)
        scope.kind, scope.present = "fulfilling", of
        return rule.where.holds(scope)
