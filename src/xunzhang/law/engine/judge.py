"""May this be done? Gates, caps, checklists, forms and stages refuse; approvals ask for steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xunzhang.law.book import Deciding, Frame
from xunzhang.law.calendar import CHINA, company_time, midnight
from xunzhang.law.conditions import All, Condition, Test, equal, facts
from xunzhang.law.engine.caps import most_of, total_of
from xunzhang.law.engine.guides import guides
from xunzhang.law.engine.run import holds
from xunzhang.law.facts import Ask, Event, Value
from xunzhang.law.outcome import Because, Duty, Missing, Persons, Reason, Ruling, Step
from xunzhang.law.periods import period_at
from xunzhang.law.rules.approval import ApprovalRule, Row
from xunzhang.law.rules.cadence import CadenceRule
from xunzhang.law.rules.cap import CapRule
from xunzhang.law.rules.checklist import ChecklistRule, missing
from xunzhang.law.rules.gate import GateRule
from xunzhang.law.rules.grade import GradeRule, evaluate
from xunzhang.law.rules.recurring import RecurringRule
from xunzhang.law.scope import Scope
from xunzhang.law.text import Form
from xunzhang.law.times import due
from xunzhang.law.who import Who, people

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run


@dataclass(slots=True)
class Wanted:
    """One step that an approval asks for, and whether it was given."""

    who: Persons
    because: Because
    rule: ApprovalRule | CapRule


@dataclass(slots=True)
class Verdict:
    """What the rules have said so far."""

    refusals: list[Reason] = field(default_factory=list)
    warnings: list[Reason] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    steps: list[Wanted] = field(default_factory=list)


class Judge:
    """Judges one ask."""

    def __init__(self, run: Run, ask: Ask) -> None:
        self.run = run
        self.ask = ask
        self.frame: Frame = run.frame(ask.at)
        self.scope = Scope.of_ask(run.history, ask, CHINA)
        self.verdict = Verdict()
        self.defaults: Mapping[str, Value] = {}

    def ruling(self) -> Ruling:
        """The ruling on the ask."""
        form = self._filled_in() if self.ask.action == "form.file" else None
        self._grades()
        if self.ask.action == "form.file":
            self._form(form)
        if self.ask.action == "case.advance":
            self._advance()
        for rule in self.run.speaking(
            self.frame.deciding.get(self.ask.action, []), self.frame, self.scope
        ):
            self._rule(rule)  # type: ignore[arg-type]
        verdict = self.verdict
        asker = self.run.history.directory().staff.get(self.ask.by or "")
        if asker is not None and asker.outside:
            because = Because("", "", "", "outside", {"by": asker.id})
            verdict.refusals.append(
                Reason(
                    "outside",
                    because,
                    {"zh": "外部单位不能申请", "en": "Outside parties cannot ask"},
                )
            )
        warnings, lacking = tuple(verdict.warnings), tuple(verdict.missing)
        shown = tuple(guides(self.run, self.frame, self.ask.action, self.scope))
        if verdict.refusals:
            return Ruling("refused", (), tuple(verdict.refusals), warnings, lacking, shown)
        steps = self._open_steps()
        if steps:
            reasons = {
                one.because.article: Reason(one.because.article, one.because) for one in steps
            }
            return Ruling(
                "needs_approval",
                tuple(Step(one.who, one.because) for one in steps),
                tuple(reasons.values()),
                warnings,
                lacking,
                shown,
            )
        return Ruling("allowed", (), (), warnings, lacking, shown)

    def _grades(self) -> None:
        graded: dict[str, Value] = {}
        for rule in self.frame.grades.get(self.ask.action, []):
            if rule.key is None or not holds(rule, self.scope):
                continue
            cls = grade_of(rule, self.scope)
            if cls is not None:
                graded[rule.key] = cls
                self.scope.thing = {**self.scope.thing, rule.key: cls}
        self.ask = Ask(self.ask.action, self.ask.at, {**self.ask.keys, **graded})

    def _rule(self, rule: Deciding) -> None:
        self.scope.calendar = rule.calendar
        match rule:
            case GateRule():
                self._gate(rule)
            case ApprovalRule():
                self._steps(rule, rule.table.row(self.scope))
            case CapRule():
                self._cap(rule)
            case ChecklistRule():
                found = missing(rule, self.scope, self.ask.keys.get("items"))
                self.verdict.missing += found
                self.verdict.refusals += [
                    Reason(one.because.article, one.because, one.label) for one in found
                ]

    # -- gates -----------------------------------------------------------------------------------------

    def _gate(self, rule: GateRule) -> None:
        failed = list(self._failed(rule))
        if not failed:
            return
        compared: dict[str, Value] = {}
        for condition in (rule.only_if, rule.refuse_if):
            if condition is not None:
                compared.update(facts(condition, self.scope))
        because = rule.because(self.scope, {**compared, "failed": failed})
        reason = Reason(rule.article, because, rule.say)
        (self.verdict.warnings if rule.warn else self.verdict.refusals).append(reason)

    def _failed(self, rule: GateRule) -> Iterator[str]:
        if rule.only_if is not None and not rule.only_if.holds(self.scope):
            yield from dict.fromkeys(_failing(rule.only_if, self.scope))
        if rule.refuse_if is not None and rule.refuse_if.holds(self.scope):
            yield "refuse_if"
        for name in rule.not_while:
            if self._waits(*self._named(rule, name)):
                yield f"not_while {name}"

    def _named(self, rule: GateRule, name: str) -> tuple[str, str]:
        """The policy and the rule's id: `RULE`, `PROCESS/STAGE`, or either behind the code of another policy."""
        first, _, rest = name.partition("/")
        own = self.frame.edition(rule.policy)
        if not rest or (own is not None and first in own.processes):
            return rule.policy, name
        return first, rest

    def _waits(self, policy: str, id_: str) -> bool:
        """Whether a duty of a rule is open, or a customer of a cadence still lacks events."""
        edition = self.frame.edition(policy)
        rule = (
            self.run.book.rule(f"{policy}@{edition.version}/{id_}") if edition is not None else None
        )
        if isinstance(rule, CadenceRule):
            return self._lacks(rule) if rule.rolling else self._lacks_in_period(rule)
        for duty in self.run.history.live_of_rule(policy, id_):
            if self._agrees(duty) and (not isinstance(rule, RecurringRule) or self._running(duty)):
                return True
        return False

    def _running(self, duty: Duty) -> bool:
        return duty.serves is None or duty.serves[0] <= self.ask.at < duty.serves[1]

    def _agrees(self, duty: Duty) -> bool:
        for key, value in duty.match.items():
            asked = self.ask.keys.get(key)
            if asked is not None and value is not None and not equal(value, asked):
                return False
        return True

    def _lacks(self, rule: CadenceRule) -> bool:
        return self.run.rolling.is_up(rule, self.ask.keys.get("customer"), self.ask.at)

    def _lacks_in_period(self, rule: CadenceRule) -> bool:
        """Whether somebody lacks events in the running period, by the version that was in force when it began."""
        customer, now = self.ask.keys.get("customer"), self.ask.at
        span = period_at(rule.every, company_time(now).date(), rule.calendar)  # type: ignore[arg-type]
        began = next(
            (
                one
                for one in self.run.frame(midnight(span.starts)).calendar
                if isinstance(one, CadenceRule)
                and (one.policy, one.id, one.every) == (rule.policy, rule.id, rule.every)
            ),
            None,
        )
        if began is None:
            return False
        found = self.run.periods.cadences.shortfalls(began, span, now, with_now=True)
        return any(customer is None or one == customer for one, _, _ in found)

    # -- caps ------------------------------------------------------------------------------------------

    def _cap(self, rule: CapRule) -> None:
        for limit in rule.limits:
            total, most = (
                total_of(self.run, self.ask, self.scope, rule, limit),
                most_of(limit, self.scope),
            )
            if total is None or most is None or total <= most:
                continue
            because = rule.because(self.scope, {"total": total, "limit": most})
            if rule.over == "refused":
                self.verdict.refusals.append(Reason(rule.article, because))
            elif rule.over == "warn":
                self.verdict.warnings.append(Reason(rule.article, because))
            else:
                self._steps(rule, rule.over.row(self.scope))
            return

    # -- approvals -------------------------------------------------------------------------------------

    def _steps(self, rule: ApprovalRule | CapRule, row: Row | None) -> None:
        if row is None or row.allow:
            return
        because = rule.because(self.scope)
        if row.refuse is not None:
            self.verdict.refusals.append(Reason(rule.article, because, row.refuse))
            return
        for who in row.by:
            step = self._approvers(who)
            if step and not self._repeated(step):
                self.verdict.steps.append(Wanted(step, because, rule))

    def _approvers(self, who: Who) -> Persons:
        """The people of a step; nobody approves his own request, his manager takes his place."""
        directory = self.run.history.directory()
        found: list[str] = []
        for person in people(who, self.scope):
            one: str | None = person
            if person == self.ask.by:
                one = directory.manager(person)
            staff = directory.staff.get(one) if one is not None else None
            if one is not None and one != self.ask.by and not (staff is not None and staff.outside):
                found.append(one)
        return tuple(dict.fromkeys(found))

    def _repeated(self, step: Persons) -> bool:
        for before in self.verdict.steps:
            if len(before.who) == 1 and before.who[0] in step:
                return True
            if set(before.who) == set(step):
                return True
        return False

    def _open_steps(self) -> list[Wanted]:
        """The steps still missing. Where the time of a rule's consent has run out, its steps are missing again."""
        steps = self.verdict.steps
        stale: dict[str, int] = {}
        while True:
            given = self._chain(steps, stale)
            found = self._run_out(steps, given)
            if not found:
                return steps[len(given) :]
            stale.update(found)

    def _chain(self, steps: list[Wanted], stale: Mapping[str, int]) -> list[Event]:
        """The consents given in order, one for each step as far as they go; those of a rule after its stale ones."""
        found: list[Event] = []
        after = 0
        for one in steps:
            floor = max(after, stale.get(one.rule.uid, 0))
            given = next(
                (
                    event
                    for event in self._given(one.rule)
                    if event.seq > floor and event.by in one.who
                ),
                None,
            )
            if given is None:
                break
            found.append(given)
            after = given.seq
        return found

    def _run_out(self, steps: list[Wanted], given: list[Event]) -> dict[str, int]:
        """The rules whose consent counts no more, with its last step: `valid` runs from the last of a rule's steps."""
        waiting = {one.rule.uid for one in steps[len(given) :]}
        last = {one.rule.uid: (one.rule, event) for one, event in zip(steps, given, strict=False)}
        return {
            uid: event.seq
            for uid, (rule, event) in last.items()
            if isinstance(rule, ApprovalRule)
            and rule.valid is not None
            and uid not in waiting
            and not due(rule.valid, event.at, rule.calendar).in_time(self.ask.at)
        }

    def _given(self, rule: ApprovalRule | CapRule) -> list[Event]:
        """Approvals that still count for this ask under a rule, as recorded."""
        floor = 0
        asked = {person for one in self.verdict.steps for person in one.who}
        for event in self._about(rule, ("approval.refused",)):
            if event.by in asked:
                floor = max(floor, event.seq)
        if not (isinstance(rule, ApprovalRule) and rule.valid is not None):
            for event in self._done(rule):
                floor = max(floor, event.seq)
        return [event for event in self._about(rule, ("approval.given",)) if event.seq > floor]

    def _about(self, rule: ApprovalRule | CapRule, types: tuple[str, ...]) -> list[Event]:
        found = [
            event
            for type_ in types
            for event in self.run.history.earlier(
                type_, ("action", "asker"), (self.ask.action, self.ask.by), None
            )
            if self._same(rule, event)
        ]
        return sorted(found, key=lambda event: event.seq)

    def _done(self, rule: ApprovalRule | CapRule) -> list[Event]:
        if self.ask.action != "form.file":
            return self._about(rule, ("action.done",))
        form = self._form_in_force(str(self.ask.keys.get("form")))
        if form is None:
            return []
        return [
            event
            for event in self.run.history.earlier(
                form.event, ("form", "by"), (form.code, self.ask.by), None
            )
            if self._same(rule, event)
        ]

    def _same(self, rule: ApprovalRule | CapRule, event: Event) -> bool:
        match = rule.match if isinstance(rule, ApprovalRule) else None
        if match is None:
            match = self._all_keys()
        for key in match:
            usual = self.defaults.get(key)
            ours, theirs = self.ask.keys.get(key, usual), event.keys.get(key, usual)
            if ours is None and theirs is None:
                continue
            if ours is None or theirs is None or not equal(ours, theirs):
                return False
        return True

    def _all_keys(self) -> tuple[str, ...]:
        """All keys of the action: those that it declares and those that the ask carries."""
        kind = self.run.book.vocabulary.actions.get(self.ask.action)
        graded = {one.key for one in self.frame.grades.get(self.ask.action, [])}
        form = (
            self._form_in_force(str(self.ask.keys.get("form")))
            if self.ask.action == "form.file"
            else None
        )
        fields = (
            [one.name for one in form.fields if one.computed is None] if form is not None else ()
        )
        keys = dict.fromkeys((*(kind.keys if kind is not None else ()), *fields, *self.ask.keys))
        return tuple(key for key in keys if key not in ("by", "type", "at", "action", *graded))

    # -- forms and stages --------------------------------------------------------------------------------

    def _filled_in(self) -> Form | None:
        """The form that is to be filed; what its defaults and computed fields give is known from here on."""
        form = self._form_in_force(str(self.ask.keys.get("form")))
        if form is not None:
            forms = self.run.cases.forms
            self.defaults = forms.defaults(form, self.ask.keys, self.scope)
            values = {**self.ask.keys, **self.defaults}
            self.scope.thing = {**values, **forms.computed(form, values)}
        return form

    def _form(self, form: Form | None) -> None:
        code = str(self.ask.keys.get("form"))
        if form is None:
            because = Because("", "", "", "form", {"form": code})
            say = {"zh": f"没有表单“{code}”", "en": f"There is no form “{code}”"}
            self.verdict.refusals.append(Reason(code, because, say))
            return
        lacking = list(self.run.cases.forms.lacking(form, self.scope.thing, self.scope))
        if not lacking:
            return
        because = Because(
            form.policy,
            form.version,
            form.article,
            form.code,
            {"lacking": [name for name, _ in lacking]},
        )
        if form.article:
            self.verdict.refusals.append(Reason(form.article, because))
        seen: set[str] = set()
        for name, what in lacking:
            for part in (name.partition(".")[0], name):
                if part not in seen:
                    seen.add(part)
                    self.verdict.refusals.append(Reason(f"{code}/{part}", because, _SAY[what]))

    def _form_in_force(self, code: str) -> Form | None:
        return self.run.cases.form(self.ask.keys.get("case"), code) or self.frame.forms.get(code)

    def _advance(self) -> None:
        case, to = self.ask.keys.get("case"), self.ask.keys.get("to")
        state = self.run.history.case(case) if case is not None else None
        process = self.run.cases.process_of(state) if state is not None else None
        stage = process.stage(state.stage) if process is not None and state is not None else None
        if state is None or process is None or stage is None:
            because = Because("", "", "", "case.advance", {"case": case})
            say = {
                "zh": f"个案“{case}”还没有进入任何流程",
                "en": f"The case “{case}” is in no process",
            }
            self.verdict.refusals.append(Reason("case", because, say))
            return
        keys = state.keys()
        scope = Scope(
            self.run.history,
            self.ask.at,
            process.calendar,
            kind="event",
            thing={**keys, **self.ask.keys},
            customer=self.ask.keys.get("customer") or keys.get("customer"),
            by=self.ask.by,
            case=state.id,
        )
        compared: dict[str, Value] = {}
        for one in process.next.get(stage.code, ()):
            compared.update(facts(one.condition, scope))
        because = self.run.cases.because(process, stage, compared)
        place = f"{process.code}/{stage.code}"
        found: list[Reason] = []
        if to not in self.run.cases.following(process, stage, scope):
            say = {
                "zh": f"不能从“{stage.code}”进入“{to}”",
                "en": f"“{to}” does not follow “{stage.code}”",
            }
            found.append(Reason(f"{place}: to {to}", because, say))
        back = to is not None and state.lies_behind(str(to))
        for kind, name in self.run.cases.lacks(state, process, stage, scope, approval=not back):
            found.append(
                Reason(
                    f"{place}: {kind} {name}",
                    because,
                    {"zh": _LACK[kind][0] + name, "en": _LACK[kind][1] + name},
                )
            )
        if found and because.article:
            found.append(Reason(because.article, because))
        self.verdict.missing += self.run.cases.missing_items(state, process, stage)
        self.verdict.refusals += found


_SAY: Mapping[str, Mapping[str, str]] = {
    "required": {"zh": "必填", "en": "required"},
    "choice": {"zh": "不是可用的值", "en": "not a value it takes"},
    "pattern": {"zh": "格式不对", "en": "not of the form it takes"},
}
_LACK: Mapping[str, tuple[str, str]] = {
    "form": ("缺少表单 ", "lacks the form "),
    "signature": ("缺少签名 ", "lacks a signature: "),
    "item": ("缺少材料 ", "lacks the item "),
    "approval": ("等待审批 ", "awaits the approval of "),
    "refused": ("不予批准：", "not to be approved: "),
}


def _failing(condition: Condition, scope: Scope) -> Iterator[str]:
    """What is compared in the entries of a condition that do not hold; of `any` and `not` all that stands in it."""
    if isinstance(condition, All):
        for part in condition.parts:
            yield from _failing(part, scope)
    elif not condition.holds(scope):
        for test in condition.tests():
            yield test.path.text if isinstance(test, Test) else f"happened {test.event}"


def grade_of(rule: GradeRule, scope: Scope) -> str | None:
    """The class of an event or action."""
    scope.calendar = rule.calendar
    values = {one.key: scope.thing.get(one.key) for one in rule.indicators}
    return evaluate(rule, scope, values).cls
