"""The life of duties: opened, stopped, resumed, cancelled, fulfilled, overdue, handed on."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from xunzhang.law.book import PARTS, DutyTerms, Part
from xunzhang.law.calendar import company_time, midnight
from xunzhang.law.conditions import ALWAYS, equal, match_value
from xunzhang.law.facts import NOTHING, Event, Value, frozen
from xunzhang.law.history import LAPSE, REMIND, START, Timer, TimerKind
from xunzhang.law.outcome import LIVE, Because, Duty, Persons
from xunzhang.law.rules.duty import DutyRule
from xunzhang.law.rules.notice import NoticeRule
from xunzhang.law.scope import Scope
from xunzhang.law.times import Due, due, due_back, further, further_on, shift_for_pause
from xunzhang.law.who import groups

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run

NOT_ABOUT = frozenset({"type", "at", "by", "items"})
"""Keys of an opening event that say nothing of what a duty is about."""
_PHASES: dict[str, int] = {
    "lapse": LAPSE,
    "again": LAPSE,
    "escalate": LAPSE,
    "open": START,
    "remind": REMIND,
}


class Duties:
    """Opens and moves duties within one run."""

    def __init__(self, run: Run) -> None:
        self.run = run

    # -- opening -------------------------------------------------------------------------------------

    def open(
        self,
        rule: DutyRule,
        event: Event,
        scope: Scope,
        who: Persons,
        each: tuple[str, Value] | None,
        because: Because,
    ) -> None:
        """Open one duty of a rule for a group of people."""
        run = self.run
        match = {key: frozen(match_value(scope, key)) for key in rule.match}
        key = tuple(match.values())
        if rule.once and run.history.ever(rule.policy, rule.id, key, who, each):
            return
        starts = self._starts(rule, event.at)
        duty = Duty(
            run.history.new_id(),
            rule.uid,
            who,
            "waiting" if starts > event.at else "open",
            starts,
            None,
            match,
            key,
            because,
            scope.thing,
            event.seq,
            scope.customer,
            scope.case,
            each,
            rule.own(scope),
            run.chain,
            first_who=who,
        )
        if duty.state == "open":
            self._settle_due(duty, rule, scope)
        self.begin(duty, event.at)

    def _settle_due(self, duty: Duty, rule: DutyRule, scope: Scope) -> None:
        """Work out when a duty that opens now is due; the years that it reaches are needed only now."""
        if rule.due is None:
            return
        scope.calendar = rule.calendar
        duty.due = rule.due.resolve(scope, duty.opened_at, rule.calendar)
        duty.serves = self._serves(rule, duty.opened_at, duty.due)

    @staticmethod
    def _serves(rule: DutyRule, at: datetime, when: Due | None) -> tuple[datetime, datetime] | None:
        """The window of its due point, if it has one: nothing counts before that opens."""
        window = rule.due.window(at, rule.calendar) if rule.due is not None else None
        if window is None or window.opens is None or when is None:
            return None
        return midnight(window.opens), when.lapses_at

    @staticmethod
    def _starts(rule: DutyRule, at: datetime) -> datetime:
        if rule.opens is None:
            return at
        found = due(rule.opens, at, rule.calendar)
        return found.moment or midnight(found.on)

    def begin(self, duty: Duty, now: datetime) -> None:
        """Keep a new duty; one that opens later waits unseen."""
        run = self.run
        run.history.add_duty(duty)
        if duty.state == "waiting":
            self._schedule(duty, "open", duty.opened_at)
            return
        run.out.duties.append(duty)
        self._plan(duty, now)

    def open_reading(
        self, rule: NoticeRule, event: Event, scope: Scope, person: str, because: Because
    ) -> None:
        """The duty to say that a notice was read."""
        if rule.read_within is None:
            return
        when = due(rule.read_within, event.at, rule.calendar)
        about = {
            key: frozen(scope.thing.get(key))
            for key in ("customer", "case")
            if scope.thing.get(key) is not None
        }
        duty = Duty(
            self.run.history.new_id(),
            rule.uid,
            (person,),
            "open",
            event.at,
            when,
            about,
            (person,),
            because,
            scope.thing,
            event.seq,
            scope.customer,
            scope.case,
            None,
            True,
            self.run.chain,
            first_who=(person,),
        )
        self.begin(duty, event.at)

    def _plan(self, duty: Duty, now: datetime) -> None:
        """Schedule what hangs on the due time; earlier plans no longer count."""
        duty.plan += 1
        if duty.due is None:
            return
        terms = self.run.book.terms(duty.uid)
        if duty.due.lapses_at <= now:
            self.lapse(duty, now)
            return
        self._schedule(duty, "lapse", duty.due.lapses_at)
        for reminding in terms.remind:
            at = due_back(reminding.before, duty.due, terms.calendar)
            if at == now:
                self._remind(duty, now)
            elif at > now:
                self._schedule(duty, "remind", at)

    def _schedule(self, duty: Duty, kind: TimerKind, at: datetime, nth: int = 0) -> None:
        self.run.history.schedule(
            Timer(at, _PHASES[kind], duty.uid, kind, str(duty.id), duty.plan, nth)
        )

    # -- what an event does to open duties -----------------------------------------------------------

    def follow(self, event: Event, scope: Scope) -> None:
        """Stop, resume, cancel and fulfil what the event speaks of."""
        closers = self.run.book.closers.get(event.type)
        if closers:
            for part in PARTS:
                for kind, rule in closers:
                    if kind == part:
                        self._affect(part, rule, event, scope)
        if event.type == "notice.read":
            self._read(event)

    def _affect(self, part: Part, rule: DutyRule, event: Event, scope: Scope) -> None:
        key: tuple[Hashable, ...] = tuple([frozen(match_value(scope, name)) for name in rule.match])
        for duty in self.run.history.live_duties(rule.uid, key):
            self.settle(duty, event.at)
            if part == "stop":
                self._stop(duty, event)
            elif part == "resume":
                self._resume(duty, event)
            elif part == "cancel":
                self.cancel(duty, event)
            elif self._fulfils(rule, duty, event):
                self.close(duty, event)

    def settle(self, duty: Duty, now: datetime) -> None:
        """Notice that a duty has fallen due before the clock was told of it."""
        if duty.state == "open" and duty.due is not None and duty.due.lapses_at <= now:
            self.lapse(duty, duty.due.lapses_at)

    def _fulfils(self, rule: DutyRule, duty: Duty, event: Event) -> bool:
        if duty.opened_seq == event.seq or (duty.serves is not None and event.at < duty.serves[0]):
            return False
        if rule.evidence and any(event.get(key) in (None, "", []) for key in rule.evidence):
            return False
        if duty.own and event.by not in duty.who:
            return False
        if duty.each is not None and not equal(event.get(duty.each[0]), duty.each[1]):
            return False
        if rule.where is not ALWAYS and not self._where(rule, duty, event):
            return False
        return event.get("form") is None or self.run.counts_as_filed(event)

    def _where(self, rule: DutyRule, duty: Duty, event: Event) -> bool:
        scope = self.run.scope(event, rule.calendar)
        scope.kind = "fulfilling"
        scope.present = Scope(
            self.run.history,
            event.at,
            rule.calendar,
            kind="event",
            thing=duty.opened,
            customer=duty.customer,
            by=duty.opened.get("by"),
            case=duty.case,
            seq=duty.opened_seq,
        )
        return rule.where.holds(scope)

    def _stop(self, duty: Duty, event: Event) -> None:
        if duty.state != "open":
            return
        duty.state = "suspended"
        duty.suspended_at = event.at
        duty.plan += 1
        self._moved(duty)

    def _resume(self, duty: Duty, event: Event) -> None:
        if duty.state != "suspended" or duty.suspended_at is None:
            return
        terms = self.run.book.terms(duty.uid)
        duty.state = "open"
        if duty.due is not None:
            duty.due = shift_for_pause(
                terms.unit, duty.due, duty.suspended_at, event.at, terms.calendar
            )
        duty.suspended_at = None
        self._moved(duty)
        self._plan(duty, event.at)

    def cancel(self, duty: Duty, event: Event) -> None:
        """Take a duty off; one that has not opened never will."""
        if duty.state == "waiting":
            self.run.history.drop_duty(duty)
            return
        self._end(duty, "cancelled", event)

    def close(self, duty: Duty, event: Event) -> None:
        """Fulfil a duty, in time or late."""
        if duty.state == "waiting":
            self.run.history.drop_duty(duty)
            return
        in_time = duty.state == "suspended" or (
            duty.state != "overdue" and (duty.due is None or duty.due.in_time(event.at))
        )
        self._end(duty, "done" if in_time else "late", event)

    def _end(self, duty: Duty, state: Literal["done", "late", "cancelled"], event: Event) -> None:
        duty.state = state
        duty.plan += 1
        duty.closed_at = event.at
        duty.closed_seq = event.seq
        self._moved(duty)

    def _moved(self, duty: Duty) -> None:
        self.run.history.save_duty(duty)
        if not any(one is duty for one in self.run.out.moved):
            self.run.out.moved.append(duty)

    def _read(self, event: Event) -> None:
        """The reader's oldest unread notice of the rule is read."""
        rule = event.get("rule")
        if event.by is None:
            return
        for duty in self.run.history.live_of_staff(event.by):
            if duty.rule == rule and isinstance(self.run.book.rule(duty.uid), NoticeRule):
                self.settle(duty, event.at)
                self.close(duty, event)
                return

    # -- time ------------------------------------------------------------------------------------------

    def go_off(self, timer: Timer) -> None:
        """Carry out a duty's timer, unless its plan was changed since."""
        duty = self.run.history.duty(int(timer.subject))
        if duty is None or duty.plan != timer.plan or duty.state not in LIVE:
            return
        terms = self.run.book.terms(duty.uid)
        match timer.kind:
            case "open":
                self._appear(duty, timer.at)
            case "lapse":
                if duty.state == "open":
                    self.lapse(duty, timer.at)
            case "again":
                self._again(duty, terms, timer)
            case "escalate":
                self._escalate(duty, terms, timer.nth, timer.at)
            case "remind":
                self._remind(duty, timer.at)
            case _:
                raise ValueError(timer.kind)

    def _appear(self, duty: Duty, now: datetime) -> None:
        """A duty that was to open later opens, and its time runs from here."""
        rule = self.run.book.rule(duty.uid)
        duty.state = "open"
        if isinstance(rule, DutyRule):
            self._settle_due(duty, rule, self._place(duty, now))
        self.run.history.save_duty(duty)
        self.run.out.duties.append(duty)
        self._plan(duty, now)

    def lapse(self, duty: Duty, now: datetime) -> None:
        """A duty is overdue: its breach, and the plan for what follows while it stays open."""
        if duty.due is None:
            return
        duty.state = "overdue"
        self._moved(duty)
        late_opening = duty.due.lapses_at <= duty.opened_at
        at, on = duty.due.breach_at, duty.due.on
        if late_opening:
            at, on = duty.opened_at, company_time(duty.opened_at).date()
        if duty.case is not None:
            self.run.cases.late(duty)
        self._breach(duty, at, on)
        terms = self.run.book.terms(duty.uid)
        duty.plan += 1
        if terms.again is not None:
            self._next_again(duty, terms, 0)
        for nth, ladder in enumerate(terms.escalate):
            when = further(1, ladder.after, duty.due, terms.calendar)
            if when <= now:
                self._escalate(duty, terms, nth, now)
            else:
                self._schedule(duty, "escalate", when, nth)
        self.run.history.save_duty(duty)

    def _breach(self, duty: Duty, at: datetime, on: date, *, again: bool = False) -> None:
        terms = self.run.book.terms(duty.uid)
        if terms.breach is None:
            return
        count: Value = 1
        if terms.count is not None and not again:
            scope = Scope(
                self.run.history,
                at,
                terms.calendar,
                kind="event",
                thing=duty.opened,
                customer=duty.customer,
                case=duty.case,
            )
            value = terms.count.get(scope)
            count = 1 if value is None else len(value) if isinstance(value, list | dict) else value
        duty.breaches += 1
        facts = {**duty.because.facts, "due": duty.due.iso if duty.due is not None else None}
        because = Because(
            duty.because.policy,
            duty.because.version,
            duty.because.article,
            duty.because.rule,
            facts,
        )
        self.run.breaches.put(
            terms.breach, duty.who, count, at, on, about(duty), because, duty=duty, again=again
        )

    def _next_again(self, duty: Duty, terms: DutyTerms, nth: int) -> None:
        if terms.again is None or duty.due is None:
            return
        nth += 1
        at = further(nth, terms.again.every, duty.due, terms.calendar)
        while at <= duty.opened_at:
            nth += 1
            at = further(nth, terms.again.every, duty.due, terms.calendar)
        self._schedule(duty, "again", at, nth)

    def _again(self, duty: Duty, terms: DutyTerms, timer: Timer) -> None:
        if terms.again is None or duty.due is None:
            return
        on = further_on(timer.nth, terms.again.every, duty.due, terms.calendar)
        self._breach(duty, timer.at, on, again=True)
        self._next_again(duty, terms, timer.nth)
        self.run.history.save_duty(duty)

    def _remind(self, duty: Duty, at: datetime) -> None:
        self.run.remind(duty.rule, duty.who, duty.because, at, customer=duty.customer, duty=duty.id)

    def _escalate(self, duty: Duty, terms: DutyTerms, nth: int, at: datetime) -> None:
        scope = self._place(duty, at)
        scope.who = duty.who
        if duty.opened is NOTHING or not duty.opened:
            scope.by = duty.who[0] if duty.who else None
        for group in groups(terms.escalate[nth].to, scope):
            for person in group:
                self.run.remind(
                    duty.rule,
                    (person,),
                    duty.because,
                    at,
                    customer=duty.customer,
                    duty=duty.id,
                    escalated=True,
                )

    def _place(self, duty: Duty, now: datetime) -> Scope:
        """The place of the event that opened a duty, as it is looked at later."""
        return Scope(
            self.run.history,
            now,
            self.run.book.terms(duty.uid).calendar,
            kind="event",
            thing=duty.opened,
            customer=duty.customer,
            by=duty.opened.get("by"),
            case=duty.case,
        )

    # -- people ----------------------------------------------------------------------------------------

    def owner_changed(self, customer: str, owner: Value) -> None:
        """Duties whose who is `owner` follow the customer to the new owner."""
        for uid in self.run.book.owed_by_owners():
            for duty in self.run.history.live_of_owner_rule(uid, customer):
                duty.who = (str(owner),) if owner is not None else ()
                self._moved(duty)

    def left(self, person: str) -> None:
        """What one who left still owes passes to others; those who share it keep it."""
        for duty in self.run.history.live_of_staff(person):
            others = tuple(one for one in duty.who if one != person)
            if not others:
                heir = self.run.stand_in(person, duty.customer)
                others = (heir,) if heir is not None else ()
            duty.who = others
            self._moved(duty)


def about(duty: Duty) -> dict[str, Value]:
    """The keys of what a duty is about, as its breach carries them."""
    found = {key: value for key, value in duty.opened.items() if key not in NOT_ABOUT}
    found.update({key: value for key, value in duty.match.items() if value is not None})
    if duty.customer is not None:
        found["customer"] = duty.customer
    if duty.case is not None:
        found["case"] = duty.case
    if duty.each is not None:
        found[duty.each[0]] = duty.each[1]
    return found
