"""One call of the engine: what it has at hand, and the small acts that rules are made of."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from xunzhang.law.book import Book, Frame
from xunzhang.law.calendar import CHINA, Calendar, company_time
from xunzhang.law.conditions import ALWAYS
from xunzhang.law.engine.breaches import Breaches
from xunzhang.law.engine.cases import Cases
from xunzhang.law.engine.duties import Duties
from xunzhang.law.engine.periods import Periods
from xunzhang.law.engine.rolling import Rolling
from xunzhang.law.facts import Event, Value
from xunzhang.law.history import History
from xunzhang.law.kinds import AnyRule
from xunzhang.law.outcome import (
    Assignment,
    Award,
    Because,
    Breach,
    CustomerSet,
    Missing,
    Notice,
    Outcome,
    Promotion,
    Reminder,
    StaffSet,
)
from xunzhang.law.scope import Scope
from xunzhang.law.text import Form
from xunzhang.law.who import Group, Who, groups, stand_in

POOL = "pool"


SINGLE = frozenset({"manager", "department", "successor", "name"})
"""What a member of staff has one of."""


class Run:
    """Carries one call. Everything new goes into `out`, everything kept into `history`."""

    def __init__(self, book: Book, history: History) -> None:
        self.book = book
        self.history = history
        self.out = Outcome()
        self.raised: deque[tuple[Breach, frozenset[str]]] = deque()
        self.chain: frozenset[str] = frozenset()
        self.duties = Duties(self)
        self.breaches = Breaches(self)
        self.cases = Cases(self)
        self.periods = Periods(self)
        self.rolling = Rolling(self)

    def frame(self, at: datetime) -> Frame:
        """What speaks at an instant."""
        return self.book.at(company_time(at).date())

    def frame_of(self, event: Event) -> Frame:
        """What speaks of an event: of a breach, its own policy in the version of the breach."""
        breach = self.breaches.of(event)
        own = f"{breach.because.policy}@{breach.because.version}" if breach is not None else ""
        return self.book.at(company_time(event.at).date(), own=own)

    def scope(self, event: Event, calendar: Calendar = CHINA) -> Scope:
        """The place of an event."""
        return Scope.of_event(self.history, event, calendar)

    def customer_scope(
        self,
        customer: str,
        now: datetime,
        calendar: Calendar,
        *,
        seq: int | None = None,
        asof: datetime | None = None,
    ) -> Scope:
        """The place of a customer, as he stands now or as of an instant."""
        facts = (
            self.history.customer_at(customer, asof)
            if asof is not None
            else self.history.customer(customer)
        )
        return Scope(
            self.history,
            now,
            calendar,
            kind="customer",
            thing=facts or {},
            customer=customer,
            seq=seq,
            asof=asof,
        )

    def person_scope(self, person: str | None, now: datetime, calendar: Calendar) -> Scope:
        """The place of a rule of the calendar, `by` being a person."""
        return Scope(self.history, now, calendar, kind="person", by=person)

    def speaking(self, rules: Sequence[AnyRule], frame: Frame, scope: Scope) -> Iterator[AnyRule]:
        """Those rules whose `if` holds and that no other rule silences, in article order."""
        silent: set[str] = set()
        if frame.silences:
            for rule in rules:
                targets = frame.silences.get(rule.uid)
                if targets and holds(rule, scope):
                    silent.update(targets)
        for rule in rules:
            if rule.uid not in silent and holds(rule, scope):
                yield rule

    def owing(self, rule: AnyRule, who: Who, scope: Scope) -> list[Group]:
        """The groups that a rule of the calendar makes answerable: in its `if`, `by` is each person in turn."""
        found = groups(who, scope)
        if rule.condition is ALWAYS:
            return found
        kept = []
        for group in found:
            rest = tuple(one for one in group if holds(rule, scope.with_by(one)))
            if rest or (not group and holds(rule, scope)):
                kept.append(rest)
        return kept

    # -- small acts ----------------------------------------------------------------------------------

    def award(self, to: str, points: Decimal, because: Because) -> None:
        """Give points."""
        self.out.awards.append(Award(to, points, because))

    def notify(
        self, rule: str, to: str, text: Mapping[str, str], because: Because, customer: str | None
    ) -> None:
        """Tell one person."""
        self.out.notices.append(Notice(rule, to, text, because, customer))

    def remind(
        self,
        rule: str,
        who: tuple[str, ...],
        because: Because,
        at: datetime,
        *,
        customer: str | None = None,
        duty: int | None = None,
        escalated: bool = False,
    ) -> None:
        """Remind people; nobody is reminded of nothing."""
        if who:
            self.out.reminders.append(Reminder(rule, who, because, at, customer, duty, escalated))

    def miss(self, missing: list[Missing]) -> None:
        """Report what a checklist lacks."""
        self.out.missing.extend(missing)

    def promote(self, person: str, old: str, new: str, at: datetime, because: Because) -> None:
        """Give a person another role."""
        staff = self.history.directory().staff[person]
        roles = [new if role == old else role for role in staff.roles]
        self.history.set_staff(person, {"roles": list(dict.fromkeys(roles))}, at)
        self.out.promotions.append(Promotion(person, new, because))
        self.out.orders.append(StaffSet(person, {"roles": roles}, because))
        self.rolling.check_posts(at)

    def set_customer(
        self, customer: str, values: Mapping[str, Value], at: datetime, because: Because | None
    ) -> None:
        """Change a customer; a new owner, the first of several named, takes over what the owner owes."""
        if isinstance(values.get("owner"), list | tuple):
            values = {**values, "owner": next(iter(values["owner"]), None)}
        before = self.history.customer(customer) or {}
        self.history.set_customer(customer, values, at)
        if because is not None:
            self.out.orders.append(CustomerSet(customer, dict(values), because))
        if "owner" in values and values["owner"] != before.get("owner"):
            self.duties.owner_changed(customer, values["owner"])
        self.rolling.customer_changed(customer, at)

    def set_staff(
        self, staff: str, values: Mapping[str, Value], at: datetime, because: Because | None
    ) -> None:
        """Change a member of staff; what one who leaves still owes passes on."""
        values = {
            key: next(iter(value), None)
            if key in SINGLE and isinstance(value, list | tuple)
            else value
            for key, value in values.items()
        }
        before = self.history.directory().staff.get(staff)
        self.history.set_staff(staff, values, at)
        if because is not None:
            self.out.orders.append(StaffSet(staff, dict(values), because))
        if values.get("left") and (before is None or not before.left):
            self.duties.left(staff)
        self.rolling.check_posts(at)

    def give_customer(self, customer: str, to: str, at: datetime, because: Because) -> None:
        """Make somebody (or nobody: the pool) the owner of a customer."""
        self.out.assignments.append(Assignment(customer, to, because))
        self.set_customer(customer, {"owner": None if to == POOL else to}, at, because)

    def give_case(self, case: str | None, to: str, customer: str | None, because: Because) -> None:
        """Make somebody the handler of a case."""
        if case is None:
            return
        state = self.cases.state(case)
        state.handler = to
        self.history.save_case(state)
        self.out.assignments.append(Assignment(customer, to, because, case))

    def stand_in(self, person: str, customer: str | None) -> str | None:
        """Who answers for one who left."""
        facts = self.history.customer(customer) if customer is not None else None
        return stand_in(self.history.directory(), person, facts.get("owner") if facts else None)

    # -- forms ---------------------------------------------------------------------------------------

    def form_of(self, event: Event) -> Form | None:
        """The form that an event files, as the edition of its case has it, else the policy in force."""
        code = event.get("form")
        forms = self.book.forms_of_event.get(event.type)
        if not forms or code is None:
            return None
        mine = [form for form in forms if form.code == code]
        if len(mine) < 2:
            return mine[0] if mine else None
        kept = self.cases.form(event.case, str(code))
        if kept is not None and kept.event == event.type:
            return kept
        current = self.frame(event.at).forms.get(str(code))
        return current if current in mine else mine[-1]

    def counts_as_filed(self, event: Event) -> bool:
        """Whether an event that files a form has every required field; any other event counts."""
        form = self.form_of(event)
        return form is None or self.cases.forms.complete(form, event)

    def filings(self, code: str, event_type: str, key: str, value: Value) -> Iterator[Event]:
        """The valid filings of a form about a thing, latest first."""
        keys, values = (("form", key), (code, value)) if key else (("form",), (code,))
        for event in self.history.earlier(event_type, keys, values, None):
            if self.counts_as_filed(event):
                yield event


def holds(rule: AnyRule, scope: Scope) -> bool:
    """Whether a rule's `if` holds, its days counted on its own calendar."""
    scope.calendar = rule.calendar
    return rule.condition.holds(scope)
