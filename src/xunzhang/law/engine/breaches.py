"""Breaches and what is proposed for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from xunzhang.law.book import Frame
from xunzhang.law.calendar import company_time
from xunzhang.law.facts import Event, Value, frozen
from xunzhang.law.outcome import Because, Breach, Duty, Persons, Sanction
from xunzhang.law.periods import period_at
from xunzhang.law.rules.sanction import Fine, SanctionRule
from xunzhang.law.scope import Scope
from xunzhang.law.times import Due, Duration, before
from xunzhang.law.who import people

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run

RESERVED = frozenset(
    {"type", "at", "by", "who", "code", "rule", "count", "items", "form", "breach", "belongs_to"}
)


class Breaches:
    """Raises breaches and proposes sanctions within one run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._kept: dict[int, Breach] = {}

    def put(
        self,
        code: str,
        who: Persons,
        count: Value,
        at: datetime,
        on: date,
        keys: Mapping[str, Value],
        because: Because,
        *,
        duty: Duty | None = None,
        again: bool = False,
    ) -> None:
        """Put people in breach; the event `breach.raised` is recorded and worked through when the present one is done.

        No chain of breaches raises one code twice.
        """
        run = self.run
        chain = duty.chain if duty is not None else run.chain
        name = f"{because.policy}/{code}"
        if name in chain:
            return
        about = {
            key: value for key, value in keys.items() if key not in RESERVED and value is not None
        }
        breach = Breach(
            run.history.new_id(),
            code,
            who,
            count,
            at,
            on,
            about,
            because,
            again,
            duty.id if duty is not None else None,
        )
        run.history.add_breach(breach)
        run.out.breaches.append(breach)
        run.raised.append((breach, chain | {name}))

    def tell(self, breach: Breach) -> Event:
        """Record the event `breach.raised` of a breach."""
        run = self.run
        event = run.history.append(
            "breach.raised",
            breach.at,
            {
                **breach.keys,
                "by": None,
                "code": breach.code,
                "rule": breach.because.rule,
                "who": list(breach.who),
                "count": breach.count,
                "breach": breach.id,
                "belongs_to": breach.on,
            },
        )
        self._kept[event.seq] = breach
        run.out.events.append(event)
        return event

    def of(self, event: Event) -> Breach | None:
        """The breach that an event of this run tells of."""
        return self._kept.get(event.seq)

    def propose(self, breach: Breach, event: Event, frame: Frame) -> None:
        """Propose what the breach's own policy, in its own version, says, or what another says instead of it."""
        run = self.run
        if not breach.who:
            return
        day = company_time(event.at).date()
        edition = f"{breach.because.policy}@{breach.because.version}"
        rules = [
            rule
            for rule in run.book.sanctions.get((edition, breach.code), [])
            if rule.effective is None or rule.effective <= day
        ]
        scope = run.scope(event)
        rivals = [
            rule
            for edition in frame.editions
            for rule in edition.rules()
            if isinstance(rule, SanctionRule)
            and rule not in rules
            and rule.uid in frame.silences
            and breach.code in rule.codes
        ]
        instead = [
            rule for rule in rivals if any(own.uid in frame.silences[rule.uid] for own in rules)
        ]
        for rule in run.speaking([*rules, *instead], frame, scope):
            if isinstance(rule, SanctionRule):
                self._propose(rule, breach, scope)

    def _propose(self, rule: SanctionRule, breach: Breach, scope: Scope) -> None:
        number = max(self._number(rule, breach, person) for person in breach.who)
        if number < rule.since:
            return
        scope.who = breach.who
        scope.calendar = rule.calendar
        proposal = self._proposal(rule, breach, number)
        because = rule.because(
            scope, {"code": breach.code, "number": number, "count": breach.count}
        )
        for who in _payers(breach.who, [people(who, scope) for who in rule.also]):
            confirm = people(rule.confirm, scope)
            sanction = Sanction(
                self.run.history.new_id(),
                breach.id,
                who,
                rule.uid,
                because,
                breach.because,
                confirm,
                number,
                breach.customer,
                **proposal,
            )
            self.run.history.add_sanction(sanction)
            self.run.out.sanctions.append(sanction)

    def _proposal(self, rule: SanctionRule, breach: Breach, number: int) -> dict[str, Any]:
        doubled = rule.double_from is not None and number >= rule.double_from and not breach.again
        if rule.steps:
            step = rule.steps[min(number - rule.since, len(rule.steps) - 1)]
            if isinstance(step, tuple):
                return {step[0]: step[1]}
            return {"fine": _times(step, 1, doubled=doubled), "doubled": doubled}
        if rule.fine is not None:
            return {"fine": _times(rule.fine, breach.count, doubled=doubled), "doubled": doubled}
        if rule.deduct is not None:
            return {"deduct": rule.deduct}
        return {"choose": rule.choose}

    def _number(self, rule: SanctionRule, breach: Breach, person: str) -> int:
        """How often the person has done it in `over`, this time included."""
        codes = rule.counting or (rule.codes if len(rule.codes) > 1 else (breach.code,))
        waived = self.run.history.waived_breaches((rule.policy, rule.id), person)
        found = [
            one
            for one in self.run.history.breaches_of(person, breach.because.policy, codes)
            if one.id <= breach.id and one.id not in waived and self._in_period(rule, one, breach)
        ]
        if breach.code not in codes:
            found.append(breach)
        if rule.once_per is None:
            return len(found)
        values: dict[object, int] = {}
        for one in found:
            value = one.keys.get(rule.once_per)
            values.setdefault(
                ("no value", one.id) if value is None else frozen(value), len(values) + 1
            )
        own = breach.keys.get(rule.once_per)
        return values[("no value", breach.id) if own is None else frozen(own)]

    @staticmethod
    def _in_period(rule: SanctionRule, one: Breach, breach: Breach) -> bool:
        if rule.over is None:
            return True
        if isinstance(rule.over, Duration):
            start = before(rule.over, Due(breach.on), rule.calendar).on
            return start < one.on <= breach.on
        return one.on in period_at(rule.over, breach.on, rule.calendar)

    def waive(self, event: Event) -> None:
        """`sanction.waived`: the person's latest proposal of the rule not yet waived is taken off."""
        rule, staff = event.get("rule"), event.get("staff")
        if rule is None or staff is None:
            return
        for sanction in reversed(self.run.history.sanctions_of(str(rule), str(staff))):
            if not self.run.history.is_waived(sanction):
                self.run.history.waive(sanction)
                return


def _times(fine: Fine, count: Value, *, doubled: bool) -> Fine:
    if isinstance(fine, str):
        return fine
    return fine * Decimal(str(count)) * (2 if doubled else 1)


def _payers(first: Persons, more: list[Persons]) -> list[Persons]:
    """Those in breach, then those who pay the same; nobody pays twice."""
    found, paid = [first], set(first)
    for group in more:
        rest = tuple(one for one in group if one not in paid)
        if rest:
            found.append(rest)
            paid.update(rest)
    return found
