"""Cadences of the calendar: who lacks events in a period, reminders of it, and the breach at its end."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from xunzhang.law.calendar import company_time, midnight
from xunzhang.law.conditions import ALWAYS
from xunzhang.law.facts import Event
from xunzhang.law.history import JUDGE, REMIND, Timer
from xunzhang.law.periods import Span, Window
from xunzhang.law.rules.cadence import CadenceRule
from xunzhang.law.rules.common import facts_of_customer
from xunzhang.law.scope import Scope
from xunzhang.law.times import Due, due_back

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run


class Cadences:
    """Plans and judges cadences, period by period, within one run."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def plan(self, rule: CadenceRule, span: Span, now: datetime) -> None:
        """Plan the judgement of a period and its reminders; a point before the ledger began is not judged."""
        history = self.run.history
        window = _window(rule, span)
        if rule.by is not None and (
            window is None or window.due.on < company_time(history.began_at()).date()
        ):
            return
        when = window.due if window is not None else Due(span.last)
        history.schedule(Timer(when.lapses_at, JUDGE, rule.uid, "judge", span.name))
        for reminding in rule.remind:
            at = due_back(reminding.before, when, rule.calendar)
            if at >= now:
                history.schedule(Timer(at, REMIND, rule.uid, "cadence-remind", span.name))

    # -- who lacks what ----------------------------------------------------------------------------------

    def shortfalls(
        self, rule: CadenceRule, span: Span, now: datetime, *, with_now: bool = False
    ) -> list[tuple[str, int, Scope]]:
        """Customers who lack events in a period so far: (customer, how many are missing, place).

        Events of the instant `now` itself count only `with_now`: a period is judged before them, an ask after them;
        nobody lacks anything that is asked about before its window opens.
        """
        run = self.run
        opens, ends = _counting(rule, span)
        if with_now and now < opens:
            return []
        served = self._served(rule, span, ends if with_now else min(ends, now))
        silent = run.rolling.silenced(rule, midnight(span.starts))
        found = []
        for customer in run.history.filed_customers():
            got = len(served.get(customer, ()))
            if (
                got >= rule.at_least
                or customer in silent
                or not self._speaks_of(rule, customer, span)
            ):
                continue
            place = run.customer_scope(customer, now, rule.calendar)
            if rule.condition is ALWAYS or run.owing(rule, rule.who, place):
                found.append((customer, rule.at_least - got, place))
        return found

    def _speaks_of(self, rule: CadenceRule, customer: str, span: Span) -> bool:
        """Whether the customer was filed, and of the kind, when the period began."""
        start = midnight(span.starts)
        filed = self.run.history.filed_at(customer)
        if filed is not None and filed > start:
            return False
        return rule.customers.holds(
            self.run.customer_scope(customer, start, rule.calendar, asof=start)
        )

    def _served(self, rule: CadenceRule, span: Span, until: datetime) -> dict[str, list[Event]]:
        """The events that serve a period, by customer.

        Those after its end serve it only up to a due day moved there, while it lacks them; they serve no other.
        """
        opens, ends = _counting(rule, span)
        taken = self._taken(rule, span, until)
        found: dict[str, list[Event]] = {}
        for customer, events in self.run.history.counts(rule.do, opens, min(ends, until)).items():
            gone = taken.get(customer, set())
            mine = [event for event in events if event.seq not in gone and self.counts(rule, event)]
            inside = [event for event in mine if event.at < midnight(span.ends)]
            found[customer] = inside + mine[len(inside) :][: max(0, rule.at_least - len(inside))]
        return found

    def _taken(self, rule: CadenceRule, span: Span, until: datetime) -> dict[str, set[int]]:
        """The events of a period that served the one before it, whose due day was moved into this one."""
        if rule.shift != "after":
            return {}
        before = span.previous(rule.calendar)
        window = _window(rule, before)
        if (
            window is None
            or window.due.on < span.starts
            or before.starts < self.run.rolling.effective(rule)
            or not self.run.periods.speaks(rule, before.starts)
        ):
            return {}
        return {
            customer: {event.seq for event in events if event.at >= midnight(span.starts)}
            for customer, events in self._served(rule, before, until).items()
            if self._speaks_of(rule, customer, before)
        }

    def counts(self, rule: CadenceRule, event: Event) -> bool:
        """Whether an event counts for the cadence: it fulfils `where` and, where it files a form, counts as filed."""
        if not self.run.counts_as_filed(event):
            return False
        return rule.where is ALWAYS or rule.where.holds(self.run.scope(event, rule.calendar))

    # -- what follows --------------------------------------------------------------------------------------

    def judge(self, rule: CadenceRule, span: Span, now: datetime) -> None:
        """A period is over, or its point has passed: one breach for each customer who lacks events."""
        window = _window(rule, span)
        on = min(window.due.on, span.last) if window is not None else span.last
        for customer, missing, scope in self.shortfalls(rule, span, now):
            if rule.breach is None:
                continue
            because = rule.because(
                scope,
                {
                    **facts_of_customer(rule.customers, scope),
                    "missing": missing,
                    "period": span.say("zh"),
                    "at_least": rule.at_least,
                },
            )
            for group in self.run.owing(rule, rule.who, scope):
                self.run.breaches.put(
                    rule.breach, group, missing, now, on, {"customer": customer}, because
                )

    def remind(self, rule: CadenceRule, span: Span, now: datetime) -> None:
        """Remind of customers who still lack events."""
        for customer, missing, scope in self.shortfalls(rule, span, now):
            because = rule.because(scope, {"missing": missing})
            for group in self.run.owing(rule, rule.who, scope):
                self.run.remind(rule.id, group, because, now, customer=customer)


def _window(rule: CadenceRule, span: Span) -> Window | None:
    return rule.by.window(span, rule.calendar, rule.shift) if rule.by is not None else None


def _counting(rule: CadenceRule, span: Span) -> tuple[datetime, datetime]:
    """From when until when events may serve a period: its window's opening, and its end or a due day moved after it."""
    window = _window(rule, span)
    start, end = midnight(span.starts), midnight(span.ends)
    if window is None:
        return start, end
    return (midnight(window.opens) if window.opens is not None else start), max(
        end, window.due.lapses_at
    )
