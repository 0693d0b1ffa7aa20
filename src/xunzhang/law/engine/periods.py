"""Rules of the calendar that are judged period by period: recurring, cadence, quota, target, promotion."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from xunzhang.law.book import CalendarRule
from xunzhang.law.calendar import UnknownYear, company_time, midnight
from xunzhang.law.engine.cadences import Cadences
from xunzhang.law.engine.quotas import Quotas
from xunzhang.law.engine.recurring import Recurring
from xunzhang.law.engine.targets import Targets
from xunzhang.law.history import JUDGE, MEASURE, PROMOTE, START, Timer
from xunzhang.law.periods import DateList, Period, Span, period_at
from xunzhang.law.rules.cadence import CadenceRule
from xunzhang.law.rules.post import PostRule
from xunzhang.law.rules.promotion import PromotionRule
from xunzhang.law.rules.quota import QuotaRule
from xunzhang.law.rules.reclaim import ReclaimRule
from xunzhang.law.rules.recurring import RecurringRule
from xunzhang.law.rules.target import TargetRule
from xunzhang.law.times import Duration

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run

Judged = CadenceRule | QuotaRule | TargetRule | PromotionRule


class Periods:
    """Opens and judges periods within one run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.recurring = Recurring(run)
        self.cadences = Cadences(run)
        self.quotas = Quotas(run)
        self.targets = Targets(run)

    # -- starting rules ------------------------------------------------------------------------------

    def take_up(self, rule: CalendarRule, now: datetime, *, speaks: bool) -> None:
        """Start a rule when the ledger begins: the running period counts for the version in force when it began."""
        edition = self.run.book.edition(rule)
        effective = max(edition.effective, rule.effective or edition.effective)
        today = company_time(now).date()
        every = self.every(rule)
        running = None
        if not self._runs_by_itself(rule) and effective <= today:
            running = (
                every.span_at(today, effective)
                if isinstance(every, DateList)
                else period_at(every, today, rule.calendar)
            )
        if running is not None and self._began(rule, running, effective):
            self._schedule_start(rule, running, now)
        elif speaks:
            self.take_effect(rule, max(effective, today), now)

    def _began(self, rule: CalendarRule, span: Span, effective: date) -> bool:
        """Whether the rule governed the beginning of a period; a list of dates may begin with the rule itself."""
        if span.starts >= effective:
            return self.speaks(rule, span.starts)
        return (
            span.kind == "dates"
            and not self._spoke(rule, span.starts)
            and self.speaks(rule, effective)
        )

    def _spoke(self, rule: CalendarRule, day: date) -> bool:
        """Whether the rule of this name spoke on a day, in whatever version."""
        return any(
            (one.policy, one.id) == (rule.policy, rule.id) for one in self.run.book.at(day).calendar
        )

    @staticmethod
    def _runs_by_itself(rule: CalendarRule) -> bool:
        return isinstance(rule, ReclaimRule | PostRule) or (
            isinstance(rule, CadenceRule) and rule.rolling
        )

    def take_effect(self, rule: CalendarRule, day: date, now: datetime) -> None:
        """Start a rule of the calendar on the day from which it speaks: with the next whole period."""
        if isinstance(rule, ReclaimRule):
            self.run.rolling.start_reclaim(rule, now)
        elif isinstance(rule, PostRule):
            self.run.rolling.check_post(rule, now)
        elif isinstance(rule, CadenceRule) and rule.rolling:
            self.run.rolling.start(rule, now)
        else:
            span = self.first(rule, day)
            if span is not None:
                self._schedule_start(rule, span, now)

    def first(self, rule: CalendarRule, day: date) -> Span | None:
        """The first whole period from a day on.

        Of a list of dates the first due on or after it, unless it runs already under the version before.
        """
        every = self.every(rule)
        if isinstance(every, DateList):
            goes_on = self._spoke(rule, day - timedelta(days=1))
            return next(
                (span for span in every.spans(day) if not goes_on or span.starts >= day), None
            )
        span = period_at(every, day, rule.calendar)
        return span if span.starts >= day else span.next(rule.calendar)

    @staticmethod
    def every(rule: CalendarRule) -> Period | DateList:
        """The period of a rule."""
        if isinstance(rule, ReclaimRule | PostRule) or isinstance(rule.every, Duration):
            return "day"
        return rule.every

    def _schedule_start(self, rule: CalendarRule, span: Span, now: datetime) -> None:
        at = max(midnight(span.starts), now)
        self.run.history.schedule(Timer(at, START, rule.uid, "period", span.name))

    def span(self, rule: CalendarRule, name: str) -> Span:
        """The period of a timer."""
        starts, ends = (date.fromisoformat(part) for part in name.split("/"))
        every = self.every(rule)
        return Span("dates" if isinstance(every, DateList) else every, starts, ends)

    def _next(self, rule: CalendarRule, span: Span) -> Span | None:
        every = self.every(rule)
        if isinstance(every, DateList):
            return next((one for one in every.spans(span.ends) if one.starts >= span.ends), None)
        try:
            return span.next(rule.calendar)
        except UnknownYear:
            if every != "workday":
                raise
            # Whether the next day is worked is asked when it has come.
            return Span(every, span.ends, span.ends + timedelta(days=1))

    def begin(self, timer: Timer) -> None:
        """A period begins: open what it asks for, plan its judgement, and the period after it."""
        rule = self.run.book.rule(timer.uid)
        if not isinstance(
            rule, CadenceRule | RecurringRule | QuotaRule | TargetRule | PromotionRule
        ):
            return
        span = self.span(rule, timer.subject)
        if not self.speaks(rule, span.starts):
            return
        if span.kind == "workday" and not rule.calendar.is_workday(span.starts):
            self._schedule_start(rule, period_at("workday", span.ends, rule.calendar), timer.at)
            return
        following = self._next(rule, span)
        if following is not None:
            self._schedule_start(rule, following, timer.at)
        if isinstance(rule, RecurringRule):
            self.recurring.begin(rule, span, timer.at)
            return
        self._plan_judgement(rule, span, timer.at)

    def speaks(self, rule: CalendarRule, day: date) -> bool:
        """Whether a rule's edition governs the period that begins on a day."""
        edition = self.run.book.edition(rule)
        return self.run.book.in_force(
            edition, max(day, edition.effective, rule.effective or edition.effective)
        )

    def _plan_judgement(self, rule: Judged, span: Span, now: datetime) -> None:
        if isinstance(rule, CadenceRule):
            self.cadences.plan(rule, span, now)
            return
        phase = (
            PROMOTE
            if isinstance(rule, PromotionRule)
            else MEASURE
            if isinstance(rule, TargetRule)
            else JUDGE
        )
        self.run.history.schedule(Timer(midnight(span.ends), phase, rule.uid, "judge", span.name))

    # -- judging ---------------------------------------------------------------------------------------

    def judge(self, timer: Timer) -> None:
        """A period is over: judge it."""
        rule = self.run.book.rule(timer.uid)
        match rule:
            case CadenceRule():
                self.cadences.judge(rule, self.span(rule, timer.subject), timer.at)
            case QuotaRule():
                self.quotas.judge(rule, self.span(rule, timer.subject), timer)
            case TargetRule():
                self.targets.judge(rule, self.span(rule, timer.subject), timer.at)
            case PromotionRule():
                self.targets.promote(rule, self.span(rule, timer.subject), timer.at)
            case _:
                return

    def remind_cadence(self, timer: Timer) -> None:
        """Remind of customers who still lack events."""
        rule = self.run.book.rule(timer.uid)
        if isinstance(rule, CadenceRule):
            self.cadences.remind(rule, self.span(rule, timer.subject), timer.at)
