"""Cases on their way through the stages of a process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from xunzhang.law.cases import CaseState, Entered
from xunzhang.law.conditions import ALWAYS, Test, facts
from xunzhang.law.engine.forms import Forms
from xunzhang.law.engine.guides import guides
from xunzhang.law.facts import NOTHING, Event, Value
from xunzhang.law.outcome import Because, CaseEntry, Duty, Missing
from xunzhang.law.rules.approval import Row
from xunzhang.law.rules.checklist import ChecklistRule, missing
from xunzhang.law.scope import Scope
from xunzhang.law.text import Form, Process, Stage
from xunzhang.law.times import due
from xunzhang.law.who import Group, groups, people

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run

KNOWN_BEFORE = frozenset({"case", "customer", "owner"})
"""Of what a checklist's `if` may speak before any event that it checks has happened."""
Lack = tuple[str, str]
"""What a stage lacks: a word for its kind, and its name."""


class Cases:
    """Moves cases and says what their stages lack, within one run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.forms = Forms(run)

    def state(self, case: str) -> CaseState:
        """What is known of a case; a new one where nothing is."""
        return self.run.history.case(case) or CaseState(case)

    def keep(self, event: Event) -> None:
        """The case takes over the keys of its event."""
        if event.case is None or event.type == "breach.raised":
            return
        state = self.state(event.case)
        state.keep(event)
        self.run.history.save_case(state)

    def late(self, duty: Duty) -> None:
        """A duty of the case was overdue."""
        if duty.case is None:
            return
        state = self.state(duty.case)
        state.late = True
        self.run.history.save_case(state)

    def process_of(self, state: CaseState) -> Process | None:
        """The process of a case, in the edition that it began under."""
        return self.run.book.process(state.process) if state.process is not None else None

    def form(self, case: Value, code: str) -> Form | None:
        """A form as the edition that a case began under has it; None where there is none such."""
        state = self.run.history.case(case) if case is not None else None
        process = self.process_of(state) if state is not None else None
        return (
            self.run.book.form(process.policy, process.version, code)
            if process is not None
            else None
        )

    # -- stages ----------------------------------------------------------------------------------------

    def follow(self, event: Event, scope: Scope) -> None:
        """Enter the stage that the event names, start a case, or finish a last stage."""
        if event.type == "case.entered":
            self._entered(event)
        elif event.case is not None and event.type != "breach.raised":
            self._start(event, scope)
        if event.case is not None:
            self._finish(event)

    def _start(self, event: Event, scope: Scope) -> None:
        starts = self.run.frame(event.at).starts.get(event.type)
        if not starts or event.case is None or self.state(event.case).process is not None:
            return
        for process, start in starts:
            scope.calendar = process.calendar
            if not start.condition.holds(scope):
                continue
            place = self._scope(event.case, event, process, seq=event.seq)
            stage = next((one for one in process.stages if one.condition.holds(place)), None)
            if stage is not None:
                self._enter(event, process, stage, facts(start.condition, scope))
                return

    def _entered(self, event: Event) -> None:
        case, code = event.case, event.get("process")
        if case is None:
            return
        state = self.state(case)
        process = self.process_of(state)
        if process is None or (code is not None and process.code != code):
            process = self._another(process, str(code), event)
        stage = process.stage(event.get("stage")) if process is not None else None
        if process is not None and stage is not None:
            self._enter(event, process, stage)

    def _another(self, before: Process | None, code: str, event: Event) -> Process | None:
        """The process that a case moves to: of the policy that it is under in the version that it began under."""
        if before is not None:
            same = self.run.book.process(f"{before.policy}@{before.version}/{code}")
            if same is not None:
                return same
        return self.run.frame(event.at).processes.get(code)

    def _enter(
        self,
        event: Event,
        process: Process,
        stage: Stage,
        compared: Mapping[str, Value] = NOTHING,
    ) -> None:
        state = self.state(str(event.case))
        self._close_stage(state, event)
        if state.process != process.uid:
            state.entered = ()
        state.process = process.uid
        state.stage = stage.code
        state.entered = (*state.entered, Entered(stage.code, event.seq, event.at))
        self.run.history.save_case(state)
        place = self._scope(state.id, event, process, seq=event.seq)
        because = self.because(process, stage, {**compared, **facts(stage.condition, place)})
        self.run.out.cases.append(CaseEntry(state.id, process.code, stage.code, because))
        self.run.out.guides.extend(guides(self.run, self.run.frame(event.at), because.rule, place))
        if stage.within is not None:
            self._open(event, process, stage, because)

    @staticmethod
    def because(process: Process, stage: Stage, compared: Mapping[str, Value] = NOTHING) -> Because:
        """Why a stage asks, opens or breaches, with what its conditions compared."""
        return Because(
            process.policy,
            process.version,
            stage.article or process.article,
            f"{process.code}/{stage.code}",
            compared,
        )

    def _close_stage(self, state: CaseState, event: Event) -> None:
        if state.process is None:
            return
        for duty in self.run.history.live_of_case(state.id, f"{state.process}/"):
            if duty.opened_seq != event.seq:
                self.run.duties.settle(duty, event.at)
                self.run.duties.close(duty, event)

    def _open(self, event: Event, process: Process, stage: Stage, because: Because) -> None:
        if stage.within is None:
            return
        run = self.run
        scope = self._scope(str(event.case), event, process, seq=event.seq)
        if not process.next.get(stage.code) and not self.lacks(
            self.state(str(event.case)), process, stage, scope
        ):
            return
        found: list[Group] = (
            groups(stage.who, scope) if stage.who is not None else [self._approvers(stage, scope)]
        )
        when = due(stage.within, event.at, process.calendar)
        for group in found:
            duty = Duty(
                run.history.new_id(),
                f"{process.uid}/{stage.code}",
                group,
                "open",
                event.at,
                when,
                {"case": event.case},
                (event.case,),
                because,
                self._about(event),
                event.seq,
                self._customer(event),
                event.case,
                None,
                False,
                run.chain,
                first_who=group,
            )
            run.duties.begin(duty, event.at)

    def _customer(self, event: Event) -> Value:
        return event.customer or self.state(str(event.case)).values.get("customer")

    def _about(self, event: Event) -> dict[str, Value]:
        customer = self._customer(event)
        return {
            "case": event.case,
            "by": event.by,
            **({"customer": customer} if customer is not None else {}),
        }

    def _approvers(self, stage: Stage, scope: Scope) -> Group:
        row = stage.approval.row(scope) if stage.approval is not None else None
        return people(row.by[0], scope) if row is not None and row.by else ()

    def _finish(self, event: Event) -> None:
        """A stage that nothing follows is done with the last thing that it asks for."""
        state = self.state(str(event.case))
        process = self.process_of(state)
        stage = process.stage(state.stage) if process is not None else None
        if (
            process is None
            or stage is None
            or stage.within is None
            or process.next.get(stage.code)
            or event.type == "case.entered"
        ):
            return
        duties = self.run.history.live_of_case(state.id, f"{process.uid}/{stage.code}")
        if not duties or any(duty.opened_seq == event.seq for duty in duties):
            return
        if self.lacks(state, process, stage, self._scope(state.id, event, process)):
            return
        for duty in duties:
            self.run.duties.settle(duty, event.at)
            self.run.duties.close(duty, event)

    def _scope(self, case: str, event: Event, process: Process, *, seq: int | None = None) -> Scope:
        """The place of a case at an event; with `seq` what is asked of the past leaves the event itself out."""
        keys = self.state(case).keys()
        return Scope(
            self.run.history,
            event.at,
            process.calendar,
            kind="event",
            thing={**keys, **event.keys},
            customer=event.customer or keys.get("customer"),
            by=event.by,
            case=case,
            seq=seq,
        )

    # -- what a stage lacks -----------------------------------------------------------------------------

    def lacks(
        self,
        state: CaseState,
        process: Process,
        stage: Stage,
        scope: Scope,
        *,
        approval: bool = True,
    ) -> list[Lack]:
        """The forms, signatures, items and (unless going back) approvals that the stage still asks for."""
        found = self._lacking_forms(state, process, stage, scope)
        found += [("item", one.key) for one in self.missing_items(state, process, stage)]
        if approval:
            found += self._lacking_approval(state, stage, scope)
        return found

    def _lacking_forms(
        self, state: CaseState, process: Process, stage: Stage, scope: Scope
    ) -> list[Lack]:
        found: list[Lack] = []
        for one in stage.forms:
            if one.condition is not ALWAYS and not one.condition.holds(scope):
                continue
            form = self.run.book.form(process.policy, process.version, one.code)
            if form is None:
                continue
            filing = next(self.run.filings(form.code, form.event, "case", state.id), None)
            if filing is None:
                found.append(("form", form.code))
            else:
                found += [
                    ("signature", f"{form.code}#{place + 1}")
                    for place in self.forms.unsigned(form, filing)
                ]
        return found

    def missing_items(self, state: CaseState, process: Process, stage: Stage) -> list[Missing]:
        """The items that the stage's checklist lacks, by the case's latest event of its type."""
        if stage.checklist is None:
            return []
        rule = self.run.book.rule(f"{process.policy}@{process.version}/{stage.checklist}")
        if not isinstance(rule, ChecklistRule):
            return []
        found = [
            event
            for type_ in rule.on
            for event in [
                next(iter(self.run.history.earlier(type_, ("case",), (state.id,), None)), None)
            ]
            if event is not None
        ]
        latest = max(found, key=lambda event: event.seq, default=None)
        if latest is not None:
            scope = self.run.scope(latest, rule.calendar)
            return missing(rule, scope, latest.get("items")) if rule.condition.holds(scope) else []
        entered = state.entered[-1] if state.entered else None
        keys = state.keys()
        scope = Scope(
            self.run.history,
            entered.at if entered else self.run.history.began_at(),
            rule.calendar,
            kind="event",
            thing=keys,
            customer=keys.get("customer"),
            case=state.id,
        )
        spoken_of = {test.path.root for test in rule.condition.tests() if isinstance(test, Test)}
        known = spoken_of and spoken_of <= KNOWN_BEFORE
        return [] if known and not rule.condition.holds(scope) else missing(rule, scope, None)

    def _lacking_approval(self, state: CaseState, stage: Stage, scope: Scope) -> list[Lack]:
        if stage.approval is None:
            return []
        row = stage.approval.row(scope)
        if row is None or row.allow:
            return []
        if row.refuse is not None:
            return [("refused", row.refuse.get("zh", ""))]
        return [("approval", "、".join(step)) for step in self.open_steps(state, stage, row, scope)]

    def open_steps(self, state: CaseState, stage: Stage, row: Row, scope: Scope) -> list[Group]:
        """The steps of a stage's approval not yet given since its latest entry; outside parties give none."""
        since = max((one.seq for one in state.entered if one.stage == stage.code), default=0)
        history = self.run.history
        keys, values = ("case", "stage"), (state.id, stage.code)
        refused = next(iter(history.earlier("case.rejected", keys, values, None)), None)
        since = max(since, refused.seq if refused is not None else 0)
        given = sorted(
            (
                one
                for one in history.earlier("case.approved", keys, values, None)
                if one.seq > since
            ),
            key=lambda one: one.seq,
        )
        staff = history.directory().staff
        found: list[Group] = []
        asked: list[set[str]] = []
        after = since
        for who in row.by:
            step = tuple(
                one for one in people(who, scope) if one not in staff or not staff[one].outside
            )
            if not step or set(step) in asked:
                continue
            asked.append(set(step))
            done = (
                None
                if found
                else next((one for one in given if one.seq > after and one.by in step), None)
            )
            if done is None:
                found.append(step)
            else:
                after = done.seq
        return found

    def following(
        self, process: Process, stage: Stage, scope: Scope, seen: frozenset[str] = frozenset()
    ) -> list[str]:
        """The stages that a case may enter next; one whose `if` fails is passed over for its own next."""
        found: list[str] = []
        for one in process.next.get(stage.code, ()):
            if one.to in seen or not one.condition.holds(scope):
                continue
            target = process.stage(one.to)
            if target is None:
                continue
            if target.condition.holds(scope):
                found.append(one.to)
            else:
                found += self.following(process, target, scope, seen | {one.to})
        return list(dict.fromkeys(found))
