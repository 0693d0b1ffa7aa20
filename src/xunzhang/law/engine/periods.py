"""Rules of the calendar that are judged period by period: recurring, cadence, quota, target, promotion."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from xunzhang.law.book import CalendarRule
from xunzhang.law.calendar import company_time, midnight
from xunzhang.law.conditions import ALWAYS, match_value
from xunzhang.law.engine.recurring import Recurring
from xunzhang.law.facts import Event, Value, frozen
from xunzhang.law.history import JUDGE, REMIND, START, Timer
from xunzhang.law.outcome import Duty, Persons
from xunzhang.law.periods import DateList, Period, Span, period_at
from xunzhang.law.rules.cadence import CadenceRule
from xunzhang.law.rules.post import PostRule
from xunzhang.law.rules.promotion import PromotionRule
from xunzhang.law.rules.quota import QuotaRule
from xunzhang.law.rules.reclaim import ReclaimRule
from xunzhang.law.rules.recurring import RecurringRule
from xunzhang.law.rules.target import TargetRule
from xunzhang.law.scope import Scope
from xunzhang.law.times import Due, due, due_back
from xunzhang.law.who import groups, is_each, speaks_of_event

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run

Judged = CadenceRule | QuotaRule | TargetRule | PromotionRule


class Periods:
    """Opens and judges periods within one run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.recurring = Recurring(run)

    # -- starting rules ------------------------------------------------------------------------------

    def take_effect(self, rule: CalendarRule, effective: date, now: datetime) -> None:
        """Start a rule of the calendar on the day from which it speaks, or when the ledger begins after that."""
        if isinstance(rule, ReclaimRule):
            self.run.rolling.start_reclaim(rule, now)
        elif isinstance(rule, PostRule):
            self.run.rolling.check_post(rule, now)
        elif isinstance(rule, CadenceRule) and rule.rolling:
            self.run.rolling.start(rule, now)
        else:
            today = company_time(now).date()
            span = self.first(rule, effective, today)
            if span is not None:
                self._schedule_start(rule, span, now)

    def first(self, rule: CalendarRule, effective: date, today: date) -> Span | None:
        """The running period where the rule was in force when it began, else the next whole one."""
        every = self.every(rule)
        if isinstance(every, DateList):
            return next((span for span in every.spans(effective) if span.ends > today), None)
        span = period_at(every, max(effective, today), rule.calendar)
        return span if span.starts >= effective else span.next(rule.calendar)

    @staticmethod
    def every(rule: CalendarRule) -> Period | DateList:
        """The period of a rule."""
        found = getattr(rule, "every", "day")
        return found  # type: ignore[no-any-return]

    def _schedule_start(self, rule: CalendarRule, span: Span, now: datetime) -> None:
        at = max(midnight(span.starts), now)
        self.run.history.schedule(Timer(at, START, rule.uid, "period", _name(span)))

    def span(self, rule: CalendarRule, name: str) -> Span:
        """The period of a timer."""
        starts, ends = (date.fromisoformat(part) for part in name.split("/"))
        every = self.every(rule)
        return Span("dates" if isinstance(every, DateList) else every, starts, ends)

    def _next(self, rule: CalendarRule, span: Span) -> Span | None:
        every = self.every(rule)
        if isinstance(every, DateList):
            return next((one for one in every.spans(span.ends) if one.starts >= span.ends), None)
        return span.next(rule.calendar)

    def begin(self, timer: Timer) -> None:
        """A period begins: open what it asks for, plan its judgement, and the period after it."""
        rule = self.run.book.rule(timer.uid)
        if not isinstance(rule, CadenceRule | RecurringRule | QuotaRule | TargetRule | PromotionRule):
            return
        span = self.span(rule, timer.subject)
        if not self.speaks(rule, span.starts, timer.at):
            return
        following = self._next(rule, span)
        if following is not None:
            self._schedule_start(rule, following, timer.at)
        if isinstance(rule, RecurringRule):
            self.recurring.begin(rule, span, timer.at)
            return
        self._plan_judgement(rule, span, timer.at)

    def speaks(self, rule: CalendarRule, day: date, now: datetime) -> bool:
        """Whether a rule's edition governs the period that begins on a day."""
        edition = next(one for one in self.run.book.editions if one.policy == rule.policy and one.version == rule.version)
        starts = max(day, edition.effective, rule.effective or edition.effective)
        return self.run.book.in_force(edition, starts)

    def _plan_judgement(self, rule: Judged, span: Span, now: datetime) -> None:
        history = self.run.history
        at = midnight(span.ends)
        if isinstance(rule, CadenceRule) and rule.by is not None:
            window = rule.by.window(span, rule.calendar, rule.shift)
            if window is None:
                return
            at = window.due.lapses_at
            if window.due.on < company_time(history.began_at()).date():
                return
        history.schedule(Timer(at, JUDGE, rule.uid, "judge", _name(span)))
        if isinstance(rule, CadenceRule):
            for reminding in rule.remind:
                when = due_back(reminding.before, self._due(rule, span), rule.calendar)
                if when >= now:
                    history.schedule(Timer(when, REMIND, rule.uid, "cadence-remind", _name(span)))

    @staticmethod
    def _due(rule: CadenceRule, span: Span) -> Due:
        window = rule.by.window(span, rule.calendar, rule.shift) if rule.by is not None else None
        return window.due if window is not None else Due(span.last)

    # -- judging ---------------------------------------------------------------------------------------

    def judge(self, timer: Timer) -> None:
        """A period is over: judge it."""
        rule = self.run.book.rule(timer.uid)
        match rule:
            case CadenceRule():
                self._cadence(rule, self.span(rule, timer.subject), timer.at)
            case QuotaRule():
                self._quota(rule, self.span(rule, timer.subject), timer)
            case TargetRule():
                self._target(rule, self.span(rule, timer.subject), timer.at)
            case PromotionRule():
                self._promotion(rule, self.span(rule, timer.subject), timer.at)
            case _:
                return

    def shortfalls(self, rule: CadenceRule, span: Span, now: datetime) -> list[tuple[str, int, Scope]]:
        """Customers who lack events in a period so far: (customer, how many are missing, place)."""
        run = self.run
        start = midnight(span.starts)
        counts = run.history.counts(rule.do, start, min(midnight(span.ends), now))
        found = []
        for customer in run.history.filed_customers():
            filed = run.history.filed_at(customer)
            if filed is not None and filed > start:
                continue
            place = run.customer_scope(customer, start, rule.calendar, asof=start)
            if not rule.customers.holds(place) or not self._if(rule, customer, now):
                continue
            got = sum(1 for event in counts.get(customer, ()) if self._counts(rule, event))
            if got < rule.at_least:
                found.append((customer, rule.at_least - got, run.customer_scope(customer, now, rule.calendar)))
        return found

    def _if(self, rule: CadenceRule, customer: str, now: datetime) -> bool:
        if rule.condition is ALWAYS:
            return True
        scope = self.run.customer_scope(customer, now, rule.calendar)
        scope.by = scope.owner()
        return rule.condition.holds(scope)

    def _counts(self, rule: CadenceRule, event: Event) -> bool:
        if not self.run.counts_as_filed(event):
            return False
        return rule.where is ALWAYS or rule.where.holds(self.run.scope(event, rule.calendar))

    def _cadence(self, rule: CadenceRule, span: Span, now: datetime) -> None:
        on = self._due(rule, span).on
        silent = self.run.rolling.silenced(rule, now)
        for customer, missing, scope in self.shortfalls(rule, span, now):
            if customer in silent or rule.breach is None:
                continue
            because = rule.because(scope, {"missing": missing, "period": span.say("zh"), "at_least": rule.at_least})
            for group in groups(rule.who, scope):
                self.run.breaches.put(rule.breach, group, missing, now, on, {"customer": customer}, because)

    def remind_cadence(self, timer: Timer) -> None:
        """Remind of customers who still lack events."""
        rule = self.run.book.rule(timer.uid)
        if not isinstance(rule, CadenceRule):
            return
        for customer, missing, scope in self.shortfalls(rule, self.span(rule, timer.subject), timer.at):
            because = rule.because(scope, {"missing": missing})
            for group in groups(rule.who, scope):
                self.run.remind(rule.id, group, because, timer.at, customer=customer)

    # -- quota -----------------------------------------------------------------------------------------

    def _quota(self, rule: QuotaRule, span: Span, timer: Timer) -> None:
        start, end = midnight(span.starts), midnight(span.ends)
        found: dict[tuple[Persons, object], list[Event]] = {}
        for event in self.run.history.between(rule.of, start, end):
            scope = self.run.scope(event, rule.calendar)
            if not rule.condition.holds(scope) or not self.run.counts_as_filed(event):
                continue
            who = self._quota_who(rule, scope)
            found.setdefault((who, frozen(rule.per.get(scope)) if rule.per is not None else None), []).append(event)
        for (who, value), events in found.items():
            self._judge_quota(rule, span, timer, who, value, events)

    def _quota_who(self, rule: QuotaRule, scope: Scope) -> Persons:
        if speaks_of_event(rule.who):
            return next(iter(groups(rule.who, scope)), ())
        return ()

    def _judge_quota(self, rule: QuotaRule, span: Span, timer: Timer, who: Persons, value: Value, events: list[Event]) -> None:
        up = max((due(rule.within, event.at, rule.calendar).lapses_at for event in events), default=timer.at) if (
            rule.within is not None) else timer.at
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
        scope = self.run.person_scope(None, timer.at, rule.calendar)
        because = rule.because(None, {"events": len(events), "needed": needed, "done": done, "share": rule.share})
        keys = {rule.per.text: value} if rule.per is not None else {}
        listed = [who] if speaks_of_event(rule.who) else groups(rule.who, scope)
        for group in listed:
            self.run.breaches.put(rule.breach, group, needed - done, timer.at, span.last, keys, because)

    def _followed(self, rule: QuotaRule, event: Event, span: Span) -> bool:
        scope = self.run.scope(event, rule.calendar)
        values = tuple(match_value(scope, key) for key in rule.match)
        limit = due(rule.within, event.at, rule.calendar) if rule.within is not None else Due(span.last)
        for type_ in rule.do:
            for done in self.run.history.earlier(type_, rule.match, values, None):
                if done.seq > event.seq and limit.in_time(done.at) and self._serves(rule, done, scope):
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

    # -- target and promotion ----------------------------------------------------------------------------

    def _target(self, rule: TargetRule, span: Span, now: datetime) -> None:
        history = self.run.history
        table = rule.metric.table(history, midnight(span.starts), midnight(span.ends), rule.condition, rule.calendar)
        for subject, who in self._subjects(rule, list(table), now):
            value = table.get(subject)
            if value is None and not hasattr(rule.metric, "event"):
                continue
            value = value if value is not None else Decimal(0)
            if (rule.at_least is not None and value >= rule.at_least) or (rule.at_most is not None and value <= rule.at_most):
                continue
            self._missed(rule, span, subject, who, value, now)

    def _subjects(self, rule: TargetRule, found: list[str], now: datetime) -> list[tuple[str, Persons]]:
        history = self.run.history
        if rule.metric.key == "customer":
            customers = list(history.filed_customers())
            return [(one, self._customer_who(rule, one, now)) for one in customers]
        if rule.who is not None:
            scope = self.run.person_scope(None, now, rule.calendar)
            return [(person, (person,)) for group in groups(rule.who, scope) for person in group]
        return [(one, (one,)) for one in sorted(found)]

    def _customer_who(self, rule: TargetRule, customer: str, now: datetime) -> Persons:
        scope = self.run.customer_scope(customer, now, rule.calendar)
        if rule.who is not None:
            return next(iter(groups(rule.who, scope)), ())
        owner = scope.owner()
        return (owner,) if owner is not None else ()

    def _missed(self, rule: TargetRule, span: Span, subject: str, who: Persons, value: Decimal, now: datetime) -> None:
        run = self.run
        key = rule.metric.key
        keys: dict[str, Value] = {key: subject} if key != "by" else {}
        because = rule.because(None, {"value": value, "at_least": rule.at_least, "at_most": rule.at_most})
        if rule.duty is not None:
            scope = run.person_scope(subject if key != "customer" else None, now, rule.calendar)
            scope.customer = subject if key == "customer" else None
            scope.thing = {key: subject}
            for group in groups(rule.duty.who, scope):
                when = due(rule.duty.within, midnight(span.last), rule.calendar) if rule.duty.within is not None else None
                duty = Duty(run.history.new_id(), rule.uid, group, "open", now, when, keys, (subject,), because,
                            {**keys, "by": subject if key == "by" else None}, 0, scope.customer, None, None,
                            is_each(rule.duty.who), run.chain, first_who=group)
                run.duties.begin(duty, now)
        if rule.breach is not None:
            run.breaches.put(rule.breach, who, 1, now, span.last, keys, because)

    def serve_targets(self, event: Event) -> None:
        """An event may do what a missed target asked for."""
        for rule in self.run.book.target_closers.get(event.type, ()):
            subjects = event.get(rule.metric.key)
            listed = [subjects] if not isinstance(subjects, list) else subjects
            found = [duty for one in listed for duty in self.run.history.live_duties(rule.uid, (one,))]
            if rule.metric.key == "by" and event.by is not None:
                found = [duty for duty in self.run.history.live_of_staff(event.by) if duty.uid == rule.uid]
            for duty in found:
                self.run.duties.settle(duty, event.at)
                if duty.opened_seq != event.seq and (not duty.own or event.by in duty.who):
                    self.run.duties.close(duty, event)

    def _promotion(self, rule: PromotionRule, span: Span, now: datetime) -> None:
        history = self.run.history
        spans = [span]
        while len(spans) < rule.periods:
            spans.append(spans[-1].previous(rule.calendar))
        tables = [rule.metric.table(history, midnight(one.starts), midnight(one.ends), rule.condition, rule.calendar)
                  for one in spans]
        edition = next(one for one in self.run.book.editions if one.policy == rule.policy and one.version == rule.version)
        if spans[-1].starts < edition.effective:
            return
        for person in history.directory().holders(rule.from_role):
            values = [table.get(person, Decimal(0)) for table in tables]
            if all(value >= rule.at_least for value in values):
                because = rule.because(None, {"values": list(reversed(values)), "at_least": rule.at_least})
                self.run.promote(person, rule.from_role, rule.to_role, now, because)


def _name(span: Span) -> str:
    return f"{span.starts.isoformat()}/{span.ends.isoformat()}"
