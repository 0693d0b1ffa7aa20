"""The engine: record what happened, judge what is asked, advance the time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from xunzhang.law.book import Book, CalendarRule, Frame
from xunzhang.law.calendar import company_time, midnight
from xunzhang.law.engine.judge import Judge, grade_of
from xunzhang.law.engine.run import Run
from xunzhang.law.engine.telling import fit
from xunzhang.law.facts import Ask, Event, Value
from xunzhang.law.history import START, History, Timer
from xunzhang.law.kinds import AnyRule
from xunzhang.law.metrics import Metric
from xunzhang.law.outcome import Grade, Missing, Outcome, Ruling
from xunzhang.law.periods import period_at
from xunzhang.law.rules import allocation, award, breach, checklist, duty, notice
from xunzhang.law.rules import set as set_
from xunzhang.law.rules.award import AwardRule
from xunzhang.law.rules.breach import BreachRule
from xunzhang.law.rules.checklist import ChecklistRule
from xunzhang.law.rules.duty import DutyRule
from xunzhang.law.rules.grade import GradeRule, Indicator, evaluate
from xunzhang.law.rules.notice import NoticeRule
from xunzhang.law.scope import Scope
from xunzhang.law.text import Edition


class Engine:
    """Answers the three questions for one company: its book of editions and its history."""

    def __init__(self, book: Book, history: History) -> None:
        self.book = book
        self.history = history

    def begin(self, now: datetime) -> Outcome:
        """Start the rules of the calendar of all editions, those in force now and those to come."""
        run = Run(self.book, self.history)
        for edition in self.book.editions:
            self._start(run, edition, now)
        self._follow_breaches(run)
        return run.out

    def adopted(self, edition: Edition, now: datetime) -> Outcome:
        """An edition of the book joins a ledger that runs already: its rules start, now or on their day."""
        run = Run(self.book, self.history)
        self._start(run, edition, now)
        self._follow_breaches(run)
        return run.out

    def _start(self, run: Run, edition: Edition, now: datetime) -> None:
        for day in self.book.boundaries():
            name = ("edition", day.isoformat())
            if midnight(day) > now and self.history.recall(name) is None:
                self.history.remember(name, True)
                self.history.schedule(Timer(midnight(day), START, "", "edition", day.isoformat()))
        speaking = self.book.at(company_time(now).date()).calendar
        for rule in edition.rules():
            if isinstance(rule, CalendarRule):
                run.periods.take_up(rule, now, speaks=any(one is rule for one in speaking))

    def _take_effect(self, run: Run, now: datetime) -> None:
        """Start the rules that speak from today on and did not yesterday."""
        today = company_time(now).date()
        before = {rule.uid for rule in self.book.at(today - timedelta(days=1)).calendar}
        for rule in self.book.at(today).calendar:
            if rule.uid not in before:
                run.periods.take_effect(rule, today, now)

    # -- what follows --------------------------------------------------------------------------------

    def record(self, type: str, at: datetime, keys: Mapping[str, Value]) -> Outcome:
        """Something happened: what follows? The host has advanced the time to `at` before."""
        run = Run(self.book, self.history)
        self._record(run, type, at, keys)
        self._follow_breaches(run)
        return run.out

    def _record(self, run: Run, type: str, at: datetime, keys: Mapping[str, Value]) -> None:
        event = self.history.append(type, at, fit(keys, self.book.keys_of(type)))
        run.out.events.append(event)
        self._work(run, event)

    def _follow_breaches(self, run: Run) -> None:
        while run.raised:
            raised, run.chain = run.raised.popleft()
            self._work(run, run.breaches.tell(raised))
        run.chain = frozenset()

    def _work(self, run: Run, event: Event) -> None:
        """Work one event through, each step seeing the one before."""
        frame = run.frame_of(event)
        type_ = event.type
        run.cases.keep(event)
        scope = run.scope(event)
        self._grade(run, event, frame, scope)
        scope.thing = event.keys
        for set_rule in run.speaking(frame.sets.get(type_, ()), frame, scope):
            set_.follow(set_rule, run, event, scope)  # type: ignore[arg-type]
        run.duties.follow(event, scope)
        run.periods.recurring.serve(event)
        run.periods.targets.serve(event)
        for rule in list(run.speaking(frame.allocations.get(type_, ()), frame, scope)):
            allocation.follow(rule, run, event, scope)  # type: ignore[arg-type]
        run.cases.follow(event, scope)
        if type_ == "sanction.waived":
            run.breaches.waive(event)
        run.rolling.happened(event)
        for rule in list(run.speaking(frame.followers.get(type_, ()), frame, scope)):
            scope.calendar = rule.calendar
            self._follow(rule, run, event, scope)
        raised = run.breaches.of(event)
        if raised is not None:
            run.breaches.propose(raised, event, frame)
        form = run.form_of(event)
        if form is not None:
            for row_type, keys in run.cases.forms.rows(form, event):
                self._record(run, row_type, event.at, keys)

    @staticmethod
    def _follow(rule: AnyRule, run: Run, event: Event, scope: Scope) -> None:
        match rule:
            case DutyRule():
                duty.follow(rule, run, event, scope)
            case BreachRule():
                breach.follow(rule, run, event, scope)
            case ChecklistRule():
                checklist.follow(rule, run, event, scope)
            case AwardRule():
                award.follow(rule, run, scope)
            case NoticeRule():
                notice.follow(rule, run, event, scope)
            case _:
                raise TypeError(rule.uid)

    @staticmethod
    def _grade(run: Run, event: Event, frame: Frame, scope: Scope) -> None:
        rules = frame.grades.get(event.type, ())
        found: dict[str, Value] = {}
        form = run.form_of(event)
        if form is not None:
            found.update(run.cases.forms.defaults(form, event.keys, scope))
            found.update(run.cases.forms.computed(form, {**event.keys, **found}))
        scope.thing = {**event.keys, **found} if found else event.keys
        for rule in run.speaking(rules, frame, scope):
            if isinstance(rule, GradeRule) and rule.key is not None:
                cls = grade_of(rule, scope)
                if cls is not None:
                    found[rule.key] = cls
                    scope.thing = {**event.keys, **found}
        if found:
            event.keys.update(found)  # type: ignore[attr-defined]
            run.cases.keep(event)

    # -- what is due -----------------------------------------------------------------------------------

    def advance(self, now: datetime) -> Outcome:
        """Time has passed: what is due? Everything up to and including `now`."""
        run = Run(self.book, self.history)
        while (timer := self.history.due_timer(now)) is not None:
            self._go_off(run, timer)
            self._follow_breaches(run)
        return run.out

    def _go_off(self, run: Run, timer: Timer) -> None:  # noqa: C901 (a table, case by case)
        match timer.kind:
            case "lapse" | "again" | "escalate" | "remind" | "open":
                run.duties.go_off(timer)
            case "period":
                run.periods.begin(timer)
            case "judge":
                run.periods.judge(timer)
            case "cadence-remind":
                run.periods.remind_cadence(timer)
            case "roll" | "roll-remind":
                run.rolling.go_off(timer)
            case "reclaim" | "reclaim-remind":
                run.rolling.reclaim(timer)
            case "vacant":
                run.rolling.vacant(timer)
            case "look":
                run.rolling.look(timer)
            case "edition":
                self._take_effect(run, timer.at)

    # -- what may be done ------------------------------------------------------------------------------

    def judge(self, action: str, at: datetime, keys: Mapping[str, Value]) -> Ruling:
        """May this be done? Asking uses nothing up."""
        return Judge(
            Run(self.book, self.history), Ask(action, at, {**keys, "action": action, "at": at})
        ).ruling()

    # -- what is measured ------------------------------------------------------------------------------

    def grade(
        self, name: str, at: datetime, keys: Mapping[str, Value], indicators: Mapping[str, Value]
    ) -> Grade | None:
        """Evaluate a grade rule by its name or id; indicators not given are measured where they have a metric."""
        run = Run(self.book, self.history)
        frame = run.frame(at)
        rule = next((one for one in frame.named_grades if name in (one.name, one.id)), None)
        if rule is None:
            return None
        scope = Scope(
            self.history,
            at,
            rule.calendar,
            kind="event",
            thing={**keys, **indicators},
            customer=keys.get("customer"),
            by=keys.get("by"),
        )
        values = {one.key: indicators.get(one.key) for one in rule.indicators}
        for one in rule.indicators:
            if values[one.key] is None and one.metric is not None:
                values[one.key] = self._measured(rule, one, one.metric, at, keys)
        return evaluate(rule, scope, values)

    def _measured(
        self,
        rule: GradeRule,
        indicator: Indicator,
        metric: Metric,
        at: datetime,
        keys: Mapping[str, Value],
    ) -> Decimal:
        span = period_at(rule.every or "month", company_time(at).date(), rule.calendar).previous(
            rule.calendar
        )
        table = metric.table(
            self.history,
            midnight(span.starts),
            midnight(span.ends),
            rule.counted(indicator),
            rule.calendar,
        )
        subject = (
            keys.get("customer") if rule.of == "customer" else keys.get("staff") or keys.get("by")
        )
        return table.get(str(subject), Decimal(0))

    def checklist(self, rule_id: str, at: datetime, customer: str) -> list[Missing] | None:
        """What a customer's file lacks now, by a checklist `of: customer`."""
        run = Run(self.book, self.history)
        rule = next((one for one in run.frame(at).checklists if one.id == rule_id), None)
        if rule is None:
            return None
        return checklist.of_customer(
            rule, run, customer, run.customer_scope(customer, at, rule.calendar)
        )

    # -- the world changes without an event ------------------------------------------------------------

    def set_customer(self, customer: str, values: Mapping[str, Value], at: datetime) -> Outcome:
        """A customer has changed."""
        run = Run(self.book, self.history)
        run.set_customer(customer, values, at, None)
        self._follow_breaches(run)
        return run.out

    def set_staff(self, staff: str, values: Mapping[str, Value], at: datetime) -> Outcome:
        """A member of staff has changed, or left."""
        run = Run(self.book, self.history)
        run.set_staff(staff, values, at, None)
        self._follow_breaches(run)
        return run.out

    def customer_moved(self, customer: str, at: datetime, *, owner: bool) -> Outcome:
        """The host has changed a customer itself; `owner` says whether somebody else owns it now."""
        run = Run(self.book, self.history)
        if owner:
            facts = self.history.customer(customer) or {}
            run.duties.owner_changed(customer, facts.get("owner"))
        run.rolling.customer_changed(customer, at)
        self._follow_breaches(run)
        return run.out

    def staff_moved(self, staff: str, at: datetime, *, left: bool) -> Outcome:
        """The host has changed a member of staff itself, or taken note that one left."""
        run = Run(self.book, self.history)
        if left:
            run.duties.left(staff)
        run.rolling.check_posts(at)
        self._follow_breaches(run)
        return run.out
