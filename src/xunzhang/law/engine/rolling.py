"""Times that run for each customer or post by themselves: rolling cadences, reclaims, vacancies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from xunzhang.law.calendar import company_time, midnight
from xunzhang.law.conditions import ALWAYS
from xunzhang.law.facts import Event, Value
from xunzhang.law.history import JUDGE, REMIND, START, Timer
from xunzhang.law.outcome import Because
from xunzhang.law.rules.cadence import CadenceRule
from xunzhang.law.rules.common import facts_of_customer
from xunzhang.law.rules.post import PostRule
from xunzhang.law.rules.reclaim import ReclaimRule
from xunzhang.law.scope import Scope
from xunzhang.law.times import Due, Duration, after, due, due_back, further, further_on
from xunzhang.law.turning import turns_at
from xunzhang.law.who import groups, people, present

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run

POOL = "pool"


class Rolling:
    """Starts, restarts and ends such times within one run."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def _rules(self, kind: type, at: datetime) -> Iterator[CadenceRule | ReclaimRule | PostRule]:
        for rule in self.run.frame(at).calendar:
            if isinstance(rule, kind):
                yield rule  # type: ignore[misc]

    def customer_changed(self, customer: str, at: datetime) -> None:
        """A customer was filed, changed or handed over: its times begin, run anew or end."""
        for rule in self._rules(CadenceRule, at):
            if isinstance(rule, CadenceRule) and rule.rolling:
                self._watch(rule, customer, at)
        for rule in self._rules(ReclaimRule, at):
            if isinstance(rule, ReclaimRule):
                self._plan_reclaim(rule, customer, at)
        for rule in self._rules(PostRule, at):
            if isinstance(rule, PostRule) and rule.customers is not None:
                self._vacancy(rule, customer, at)

    def _look(self, rule: CadenceRule | PostRule, customer: str, at: datetime) -> None:
        """Whether a rule that speaks of the past now speaks of a customer, or no longer does."""
        if isinstance(rule, CadenceRule):
            self._watch(rule, customer, at)
        else:
            self._vacancy(rule, customer, at)

    def look(self, timer: Timer) -> None:
        """What a rule's `for` tests may have turned by the passing of time alone."""
        rule = self.run.book.rule(timer.uid)
        if not isinstance(rule, CadenceRule | PostRule):
            return
        key = self._key("look", rule, timer.subject)
        if self.run.history.recall(key) != timer.at:
            return
        self.run.history.remember(key, None)
        if any(one is rule for one in self.run.frame(timer.at).calendar):
            self._look(rule, timer.subject, timer.at)

    def _plan_look(self, rule: CadenceRule | PostRule, customer: str, scope: Scope) -> None:
        """Look again when the passing of time may turn what `for` tests."""
        at = turns_at(rule.customers, scope) if rule.customers is not None else None
        key = self._key("look", rule, customer)
        planned = self.run.history.recall(key)
        if at is None or (planned is not None and scope.now < planned <= at):
            return
        self.run.history.remember(key, at)
        self.run.history.schedule(Timer(at, JUDGE, rule.uid, "look", customer))

    def happened(self, event: Event) -> None:
        """An event for a customer puts its rolling times off, and may bring him under a rule or out of it."""
        if event.customer is None:
            return
        for rule in self.run.book.watching.get(event.type, ()):
            if any(one is rule for one in self.run.frame(event.at).calendar):
                self._look(rule, event.customer, event.at)
        for rule in self.run.book.rolling.get(event.type, ()):
            if self.run.history.recall(self._key("since", rule, event.customer)) is not None:
                self._plan(rule, event.customer, event.at)
        for other in self.run.frame(event.at).reclaims.get(event.type, ()):
            self._plan_reclaim(other, event.customer, event.at)

    # -- rolling cadences --------------------------------------------------------------------------------

    @staticmethod
    def _key(
        word: str, rule: CadenceRule | ReclaimRule | PostRule, subject: str
    ) -> tuple[str, ...]:
        # A cadence's time runs anew under each version; a vacancy or an owner's time lasts through them.
        return (
            word,
            rule.uid if isinstance(rule, CadenceRule) else f"{rule.policy}/{rule.id}",
            subject,
        )

    def start(self, rule: CadenceRule, now: datetime) -> None:
        """Begin a rolling cadence for every customer that it speaks of; one that spoke before begins anew."""
        for customer in self.run.history.filed_customers():
            if self.run.history.recall(self._key("since", rule, customer)) is not None:
                self.run.history.remember(self._key("since", rule, customer), None)
            self._watch(rule, customer, now)

    def _watch(self, rule: CadenceRule, customer: str, now: datetime) -> None:
        history = self.run.history
        key = self._key("since", rule, customer)
        facts = history.customer(customer) or {}
        scope = self.run.customer_scope(customer, now, rule.calendar)
        speaks = bool(facts.get("filed")) and rule.customers.holds(scope)
        if facts.get("filed"):
            self._plan_look(rule, customer, scope)
        since = history.recall(key)
        if speaks and since is None:
            history.remember(key, now)
            self._plan(rule, customer, now)
        elif not speaks and since is not None:
            history.remember(key, None)

    def _base(self, rule: CadenceRule, customer: str) -> date | datetime:
        """From when the time runs: the latest of the last event, filing, start, hold of `for`, and the last miss."""
        history = self.run.history
        last = self._last(rule, customer)
        moments = [
            history.filed_at(customer) or history.began_at(),
            history.recall(self._key("since", rule, customer)),
            last.at if last is not None else None,
            midnight(self.effective(rule)),
        ]
        latest: datetime = max(moment for moment in moments if moment is not None)
        missed: date | datetime | None = history.recall(self._key("missed", rule, customer))
        if isinstance(missed, datetime):
            return max(latest, missed)
        return missed if missed is not None and missed > company_time(latest).date() else latest

    def _last(self, rule: CadenceRule, customer: str) -> Event | None:
        """The last event that counts and so puts the time off."""
        history = self.run.history
        last = history.latest(rule.do, customer)
        if last is None or self.run.periods.cadences.counts(rule, last):
            return last
        found = [
            next((one for one in earlier if self.run.periods.cadences.counts(rule, one)), None)
            for type_ in rule.do
            for earlier in [history.earlier(type_, ("customer",), (customer,), None)]
        ]
        return max((one for one in found if one is not None), key=lambda one: one.seq, default=None)

    def effective(self, rule: CadenceRule) -> date:
        """The day from which a cadence speaks."""
        edition = self.run.book.edition(rule)
        return max(edition.effective, rule.effective or edition.effective)

    def _due(self, rule: CadenceRule, customer: str) -> Due:
        if not isinstance(rule.every, Duration):
            raise TypeError(rule.uid)
        return after(rule.every, Due.at(self._base(rule, customer)), rule.calendar)

    def _plan(self, rule: CadenceRule, customer: str, now: datetime) -> None:
        when = self._due(rule, customer)
        history = self.run.history
        plan = int(history.recall(self._key("plan", rule, customer)) or 0) + 1
        history.remember(self._key("plan", rule, customer), plan)
        history.schedule(Timer(max(when.lapses_at, now), JUDGE, rule.uid, "roll", customer, plan))
        for reminding in rule.remind:
            at = due_back(reminding.before, when, rule.calendar)
            if at >= now:
                history.schedule(Timer(at, REMIND, rule.uid, "roll-remind", customer, plan))

    def go_off(self, timer: Timer) -> None:  # noqa: C901 (a table, case by case)
        """A rolling time is up (or near): a breach, a reminder, or nothing where it was put off."""
        rule = self.run.book.rule(timer.uid)
        if not isinstance(rule, CadenceRule):
            return
        customer, history = timer.subject, self.run.history
        if timer.plan != history.recall(self._key("plan", rule, customer)):
            return
        if history.recall(self._key("since", rule, customer)) is None:
            return
        if not any(one is rule for one in self.run.frame(timer.at).calendar):
            return
        scope = self.run.customer_scope(customer, timer.at, rule.calendar)
        if not rule.customers.holds(scope):
            history.remember(self._key("since", rule, customer), None)
            return
        when = self._due(rule, customer)
        if timer.kind == "roll-remind":
            because = rule.because(scope, {"due": when.iso})
            silent = customer in self.silenced(rule, timer.at)
            for group in self.run.owing(rule, rule.who, scope) if not silent else ():
                self.run.remind(rule.id, group, because, timer.at, customer=customer)
            return
        history.remember(self._key("missed", rule, customer), when.moment or when.on)
        if rule.breach is not None and customer not in self.silenced(rule, timer.at):
            because = rule.because(
                scope,
                {
                    **facts_of_customer(rule.customers, scope),
                    "due": when.iso,
                    "every": str(rule.every),
                },
            )
            for group in self.run.owing(rule, rule.who, scope):
                self.run.breaches.put(
                    rule.breach, group, 1, when.breach_at, when.on, {"customer": customer}, because
                )
        self._plan(rule, customer, timer.at)

    def is_up(self, rule: CadenceRule, customer: Value, now: datetime) -> bool:
        """Whether a rolling cadence's time has passed for a customer (or for any)."""
        silent = self.silenced(rule, now)
        for one in self.run.history.filed_customers() if customer is None else [str(customer)]:
            if one in silent or self.run.history.recall(self._key("since", rule, one)) is None:
                continue
            missed = self.run.history.recall(self._key("missed", rule, one))
            last = self._last(rule, one)
            if missed is not None and (last is None or _not_after(last.at, missed)):
                return True
            if self._due(rule, one).lapses_at <= now:
                return True
        return False

    def silenced(self, rule: CadenceRule, now: datetime) -> set[str]:
        """Customers for whom another cadence, whose `for` and `if` hold at that moment, speaks instead."""
        found = self.run.frame(now).instead_of(rule)
        others = [other for other in found if isinstance(other, CadenceRule)]
        if not others:
            return set()
        silent = set()
        for customer in self.run.history.filed_customers():
            for other in others:
                scope = self.run.customer_scope(customer, now, other.calendar, asof=now)
                if other.customers.holds(scope) and (
                    other.condition is ALWAYS or self.run.owing(other, other.who, scope)
                ):
                    silent.add(customer)
        return silent

    # -- reclaims ----------------------------------------------------------------------------------------

    def start_reclaim(self, rule: ReclaimRule, now: datetime) -> None:
        """Begin a reclaim's time for every customer that has an owner."""
        for customer in self.run.history.owned_customers():
            self._plan_reclaim(rule, customer, now)

    def _reclaim_due(self, rule: ReclaimRule, customer: str) -> Due | None:
        history = self.run.history
        facts = history.customer(customer) or {}
        if not facts.get("owner"):
            return None
        last = history.latest(rule.without, customer)
        moments = [
            history.owned_since(customer) or history.began_at(),
            history.filed_at(customer),
            last.at if last is not None else None,
        ]
        return after(
            rule.within, Due.at(max(one for one in moments if one is not None)), rule.calendar
        )

    def _plan_reclaim(self, rule: ReclaimRule, customer: str, now: datetime) -> None:
        when = self._reclaim_due(rule, customer)
        history = self.run.history
        plan = int(history.recall(self._key("plan", rule, customer)) or 0) + 1
        history.remember(self._key("plan", rule, customer), plan)
        if when is None or history.recall(self._key("up", rule, customer)) == when.iso:
            return
        history.schedule(
            Timer(max(when.lapses_at, now), JUDGE, rule.uid, "reclaim", customer, plan)
        )
        for reminding in rule.remind:
            at = due_back(reminding.before, when, rule.calendar)
            if at >= now:
                history.schedule(Timer(at, REMIND, rule.uid, "reclaim-remind", customer, plan))

    def reclaim(self, timer: Timer) -> None:
        """A customer for whom nothing happened goes to the pool or to somebody else."""
        rule, customer = self.run.book.rule(timer.uid), timer.subject
        if not isinstance(rule, ReclaimRule) or not self._stands(rule, timer):
            return
        scope = self.run.customer_scope(customer, timer.at, rule.calendar)
        owner = scope.owner()
        if owner is None:
            return
        scope.by = owner
        instead = self._reclaimed_instead(rule, scope)
        told = present((owner,), scope)
        if timer.kind == "reclaim-remind":
            self.run.remind(
                rule.id, () if instead else told, rule.because(scope), timer.at, customer=customer
            )
            return
        when = self._reclaim_due(rule, customer)
        if when is None:
            return
        self.run.history.remember(self._key("up", rule, customer), when.iso)
        to = POOL if rule.to == "pool" else next(iter(people(rule.to, scope)), POOL)
        if to == owner or instead or not rule.condition.holds(scope):
            return
        because = rule.because(scope, {"due": when.iso})
        self.run.give_customer(customer, to, timer.at, because)
        text = {"zh": "客户已被收回", "en": "The customer was reclaimed"}
        for person in told:
            self.run.notify(rule.id, person, text, because, customer)

    def _stands(self, rule: ReclaimRule, timer: Timer) -> bool:
        """Whether a time planned for a customer is still the one that counts, and its rule in force."""
        if timer.plan != self.run.history.recall(self._key("plan", rule, timer.subject)):
            return False
        return any(one is rule for one in self.run.frame(timer.at).calendar)

    def _reclaimed_instead(self, rule: ReclaimRule, scope: Scope) -> bool:
        """Whether another rule reclaims the customer instead of this one."""
        return any(
            isinstance(one, ReclaimRule) and one.condition.holds(scope)
            for one in self.run.frame(scope.now).instead_of(rule)
        )

    # -- posts -------------------------------------------------------------------------------------------

    def check_posts(self, at: datetime) -> None:
        """People have changed: which posts are vacant now?"""
        for rule in self._rules(PostRule, at):
            if isinstance(rule, PostRule):
                self.check_post(rule, at)

    def check_post(self, rule: PostRule, at: datetime) -> None:
        """Notice the vacancies of one post rule."""
        if rule.role is not None:
            self._vacancy(rule, "", at)
            return
        for customer in self.run.history.filed_customers():
            self._vacancy(rule, customer, at)

    def _vacant(self, rule: PostRule, customer: str, at: datetime) -> bool:
        if rule.role is not None:
            return not self.run.history.directory().holders(rule.role)
        if rule.customers is None:
            return False
        scope = self.run.customer_scope(customer, at, rule.calendar)
        if not scope.thing.get("filed"):
            return False
        self._plan_look(rule, customer, scope)
        if not rule.customers.holds(scope):
            return False
        owner = scope.owner()
        staff = self.run.history.directory().staff.get(owner) if owner is not None else None
        return owner is None or (staff is not None and staff.left)

    def _overruled(self, rule: PostRule, customer: str, at: datetime) -> bool:
        """Whether another post rule speaks instead of this one."""
        return any(
            isinstance(other, PostRule) and (not customer or self._vacant(other, customer, at))
            for other in self.run.frame(at).instead_of(rule)
        )

    def _vacancy(self, rule: PostRule, customer: str, at: datetime) -> None:
        history = self.run.history
        key = self._key("vacant", rule, customer)
        vacant = self._vacant(rule, customer, at) and not self._overruled(rule, customer, at)
        since = history.recall(key)
        if not vacant:
            if since is not None:
                history.remember(key, None)
                history.remember(
                    ("vacant plan", *key), int(history.recall(("vacant plan", *key)) or 0) + 1
                )
            return
        if since is not None:
            return
        history.remember(key, at)
        plan = int(history.recall(("vacant plan", *key)) or 0) + 1
        history.remember(("vacant plan", *key), plan)
        if rule.within is None:
            self._vacancy_breach(rule, customer, at, Due.at(at), plan, 0)
            return
        when = due(rule.within, at, rule.calendar)
        history.schedule(Timer(when.lapses_at, JUDGE, rule.uid, "vacant", customer, plan, 0))

    def vacant(self, timer: Timer) -> None:
        """A post has been vacant for too long."""
        rule = self.run.book.rule(timer.uid)
        if not isinstance(rule, PostRule):
            return
        key = self._key("vacant", rule, timer.subject)
        since = self.run.history.recall(key)
        if since is None or timer.plan != self.run.history.recall(("vacant plan", *key)):
            return
        if not self._vacant(rule, timer.subject, timer.at):
            self.run.history.remember(key, None)
            return
        base = due(rule.within, since, rule.calendar) if rule.within is not None else Due.at(since)
        self._vacancy_breach(rule, timer.subject, timer.at, base, timer.plan, timer.nth)

    def _vacancy_breach(
        self, rule: PostRule, customer: str, now: datetime, base: Due, plan: int, nth: int
    ) -> None:
        if customer:
            scope = self.run.customer_scope(customer, now, rule.calendar)
        else:
            scope = self.run.person_scope(None, now, rule.calendar)
        keys: dict[str, Value] = {"customer": customer} if customer else {"role": rule.role}
        because: Because = rule.because(
            scope if customer else None,
            {
                **(facts_of_customer(rule.customers, scope) if customer else {}),
                "vacant": rule.role or customer,
            },
        )
        on = (
            base.on
            if nth == 0 or rule.again is None
            else further_on(nth, rule.again.every, base, rule.calendar)
        )
        at = now if nth or rule.within is None else base.breach_at
        for group in groups(rule.who, scope):
            self.run.breaches.put(rule.breach, group, 1, at, on, keys, because, again=nth > 0)
        if rule.again is not None:
            when = further(nth + 1, rule.again.every, base, rule.calendar)
            self.run.history.schedule(
                Timer(when, START, rule.uid, "vacant", customer, plan, nth + 1)
            )


def _not_after(at: datetime, missed: date | datetime) -> bool:
    """Whether an event came no later than a due day or instant that was missed."""
    if isinstance(missed, datetime):
        return at <= missed
    return company_time(at).date() <= missed
