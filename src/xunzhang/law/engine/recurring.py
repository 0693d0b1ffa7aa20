"""Recurring duties: opened with their period or window, served by the events in it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from xunzhang.law.calendar import company_time, midnight
from xunzhang.law.conditions import ALWAYS, equal
from xunzhang.law.facts import Event, Value
from xunzhang.law.outcome import Duty, Persons
from xunzhang.law.periods import DateList, Span
from xunzhang.law.rules.recurring import RecurringRule
from xunzhang.law.times import Due
from xunzhang.law.who import Group, groups

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run


class Recurring:
    """Opens and serves recurring duties within one run."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def begin(self, rule: RecurringRule, span: Span, now: datetime) -> None:
        """Open the duties of a period: at once, or when its window opens."""
        opens, when = midnight(span.starts), Due(span.last)
        if rule.by is not None and not isinstance(rule.every, DateList):
            window = rule.by.window(span, rule.calendar, rule.shift)
            if window is None:
                return
            opens = midnight(window.opens) if window.opens is not None else opens
            when = window.due
        elif rule.shift is not None:
            day = (
                rule.calendar.workday_until(when.on)
                if rule.shift == "before"
                else rule.calendar.workday_from(when.on)
            )
            when = Due(day)
        if when.on < company_time(self.run.history.began_at()).date():
            return
        ends = max(midnight(span.ends), when.lapses_at)
        values: list[tuple[str, Value] | None] = [None]
        if rule.for_each is not None:
            values = [(rule.for_each.key, value) for value in rule.for_each.values]
        for group in self._groups(rule, now):
            for each in values:
                self._open(rule, span, group, each, when, (opens, ends), now)

    def _groups(self, rule: RecurringRule, now: datetime) -> list[Group]:
        found = groups(rule.who, self.run.person_scope(None, now, rule.calendar))
        others = self._overruling(rule, now)
        if any(one.condition is ALWAYS for one in others):
            return []
        if rule.condition is ALWAYS and not others:
            return found
        kept = []
        for group in found:
            rest = tuple(one for one in group if self._owes(rule, others, one, now))
            if rest or (not group and self._owes(rule, others, None, now)):
                kept.append(rest)
        return kept

    def _owes(
        self, rule: RecurringRule, others: list[RecurringRule], person: str | None, now: datetime
    ) -> bool:
        """Whether the rule speaks of a person, and no other one in its place."""
        scope = self.run.person_scope(person, now, rule.calendar)
        return rule.condition.holds(scope) and not any(one.condition.holds(scope) for one in others)

    def _overruling(self, rule: RecurringRule, now: datetime) -> list[RecurringRule]:
        """The rules that speak instead of this one where their `if` holds."""
        found = self.run.frame(now).instead_of(rule)
        return [other for other in found if isinstance(other, RecurringRule)]

    def _open(
        self,
        rule: RecurringRule,
        span: Span,
        group: Persons,
        each: tuple[str, Value] | None,
        when: Due,
        serves: tuple[datetime, datetime],
        now: datetime,
    ) -> None:
        run = self.run
        opens = max(serves[0], now) if serves[0] > now else serves[0]
        because = rule.because(None, {"period": span.say("zh")})
        duty = Duty(
            run.history.new_id(),
            rule.uid,
            group,
            "waiting" if opens > now else "open",
            opens,
            when,
            {},
            (),
            because,
            {},
            0,
            None,
            None,
            each,
            False,
            run.chain,
            serves=serves,
            shifted=when.on >= span.ends,
            first_who=group,
        )
        run.duties.begin(duty, now)

    # -- serving -----------------------------------------------------------------------------------------

    def serve(self, event: Event) -> None:
        """An event serves the running period of each rule, or the earlier one whose day was moved."""
        served: set[tuple[str, str]] = set()
        for rule in self.run.book.recurring.get(event.type, ()):
            # What serves an earlier version of a rule, its due day moved into the next period, serves no later one
            if (rule.policy, rule.id) not in served and self._serve(rule, event):
                served.add((rule.policy, rule.id))
        if event.type == "form.signed":
            self._signed(event)

    def _serve(self, rule: RecurringRule, event: Event) -> bool:
        """Count an event; say whether some duty took it."""
        if not self._speaks_of(rule, event):
            return False
        form = self.run.form_of(event) if rule.signed else None
        if form is not None and self.run.cases.forms.unsigned(form, event):
            return False
        if form is not None:
            self._counted(rule, event)
        found = self._served(rule, event)
        for duty in found:
            self._count(rule, duty, event)
        return bool(found)

    def _count(self, rule: RecurringRule, duty: Duty, event: Event) -> None:
        """One more of the events that a duty asks for; the last closes it."""
        duty.done += 1
        self.run.history.save_duty(duty)
        if duty.done >= rule.at_least:
            self.run.duties.close(duty, event)

    def _counted(self, rule: RecurringRule, filing: Event) -> bool:
        """Whether a filing with all its signatures has counted before; from now on it has."""
        name = ("signed filing", rule.uid, str(filing.seq))
        before = bool(self.run.history.recall(name))
        self.run.history.remember(name, True)
        return before

    def _served(self, rule: RecurringRule, event: Event) -> list[Duty]:
        """For each group of people (and value) the earliest duty that the event may serve."""
        chosen: dict[object, Duty] = {}
        for duty in self.run.history.live_duties(rule.uid, ()):
            if duty.serves is None or duty.state == "waiting":
                continue
            if not duty.serves[0] <= event.at < duty.serves[1]:
                continue
            self.run.duties.settle(duty, event.at)
            if duty.each is not None and not equal(event.get(duty.each[0]), duty.each[1]):
                continue
            if self._by(rule, duty, event):
                chosen.setdefault((duty.first_who, duty.each), duty)
        return list(chosen.values())

    def _by(self, rule: RecurringRule, duty: Duty, event: Event) -> bool:
        if rule.done_by == "anyone":
            return True
        person = (
            event.by
            if rule.done_by is None
            else rule.done_by.get(self.run.scope(event, rule.calendar))
        )
        return bool(set(person if isinstance(person, list) else [person]) & set(duty.who))

    def _speaks_of(self, rule: RecurringRule, event: Event) -> bool:
        if rule.evidence and any(event.get(key) in (None, "", []) for key in rule.evidence):
            return False
        if rule.where is not ALWAYS and not rule.where.holds(self.run.scope(event, rule.calendar)):
            return False
        return self.run.counts_as_filed(event)

    def _signed(self, event: Event) -> None:
        """The last signature makes its filing count, for the period in which it was filed."""
        found = self.run.cases.forms.filing_signed(event)
        if found is None or self.run.cases.forms.unsigned(*found):
            return
        filing = found[1]
        for rule in self.run.book.signed:
            if filing.type not in rule.do or not self._speaks_of(rule, filing):
                continue
            if self._counted(rule, filing):
                continue
            for duty in self._served(rule, filing):
                self.run.duties.settle(duty, event.at)
                self._count(rule, duty, event)
