"""Where a case stands by the law: what its stage asks, from whom, what is there, and where it may go next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from xunzhang.cases import law
from xunzhang.law.cases import CaseState
from xunzhang.law.conditions import ALWAYS
from xunzhang.law.engine.guides import guides
from xunzhang.law.engine.run import Run
from xunzhang.law.facts import Event
from xunzhang.law.outcome import Because, Guide, Missing
from xunzhang.law.rules.checklist import ChecklistRule, Item
from xunzhang.law.scope import Scope
from xunzhang.law.text import Form, Process, Stage, Words
from xunzhang.law.who import Group, people


@dataclass(frozen=True, slots=True)
class Signature:
    """One place to sign: who may, and who has (None while it is empty)."""

    who: Group
    signed_by: str | None


@dataclass(frozen=True, slots=True)
class AskedForm:
    """A form that the stage asks for, its latest filing, and the signatures that belong to it."""

    form: Form
    filing: Event | None
    signatures: tuple[Signature, ...]
    because: Because

    @property
    def done(self) -> bool:
        """True when it is filed and everybody has signed."""
        return self.filing is not None and all(one.signed_by for one in self.signatures)


@dataclass(frozen=True, slots=True)
class AskedItems:
    """The checklist of a stage: its items that apply and those that are missing."""

    rule: ChecklistRule
    items: tuple[Item, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class AskedApproval:
    """The approval of a stage: the steps, how many were given, those that are open, or why there can be none."""

    steps: tuple[Group, ...]
    open: tuple[Group, ...]
    refused: Words | None
    because: Because

    @property
    def waits_for(self) -> Group:
        """Those any one of whom may give the next step."""
        return self.open[0] if self.open else ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A case in its present stage."""

    state: CaseState
    process: Process
    stage: Stage
    who: Group
    forms: tuple[AskedForm, ...]
    items: AskedItems | None
    approval: AskedApproval | None
    following: tuple[Stage, ...]
    guides: tuple[Guide, ...]
    complete: bool

    @property
    def because(self) -> Because:
        """Why the stage asks what it asks."""
        article = self.stage.article or self.process.article
        rule = f"{self.process.code}/{self.stage.code}"
        return Because(self.process.policy, self.process.version, article, rule)

    @property
    def final(self) -> bool:
        """True where nothing lies ahead; going back may still be allowed."""
        codes = [one.code for one in self.process.stages]
        here = codes.index(self.stage.code)
        ahead = [
            one for one in self.process.next.get(self.stage.code, ()) if codes.index(one.to) > here
        ]
        return not ahead

    @property
    def over(self) -> bool:
        """True when the last stage asks for nothing more."""
        return self.final and self.complete

    def asked(self) -> set[str]:
        """Return everybody whom the stage asks for something."""
        found = set(self.who)
        found.update(person for form in self.forms for one in form.signatures for person in one.who)
        if self.approval is not None:
            found.update(person for step in self.approval.steps for person in step)
        return found


def standing_of(number: str, *, at: datetime) -> Standing | None:
    """Return how a case stands now; None where it is in no process."""
    reader = _reader(number, law.reading(at), at)
    return reader.read() if reader is not None else None


def approval_of(number: str, run: Run, *, at: datetime) -> tuple[Stage, AskedApproval] | None:
    """Return the stage of a case with the approval that it asks for; None where it asks for none."""
    reader = _reader(number, run, at)
    approval = reader.approval() if reader is not None else None
    return (reader.stage, approval) if reader is not None and approval is not None else None


def _reader(number: str, run: Run, at: datetime) -> _Reader | None:
    state = run.history.case(number)
    if state is None:
        return None
    process, stage = law.stage_of(run, state)
    if process is None or stage is None:
        return None
    return _Reader(run, state, process, stage, law.place_of(run, state, process, at=at))


class _Reader:
    """Reads one case in one stage."""

    def __init__(
        self, run: Run, state: CaseState, process: Process, stage: Stage, scope: Scope
    ) -> None:
        self.run = run
        self.state = state
        self.process = process
        self.stage = stage
        self.scope = scope
        self.because = run.cases.because(process, stage)

    def read(self) -> Standing:
        codes = self.run.cases.following(self.process, self.stage, self.scope)
        following = [found for code in codes if (found := self.process.stage(code)) is not None]
        lacks = self.run.cases.lacks(self.state, self.process, self.stage, self.scope)
        return Standing(
            self.state,
            self.process,
            self.stage,
            people(self.stage.who, self.scope) if self.stage.who is not None else (),
            tuple(self._forms()),
            self._items(),
            self.approval(),
            tuple(following),
            tuple(guides(self.run, self.run.frame(self.scope.now), self.because.rule, self.scope)),
            complete=not lacks,
        )

    def _forms(self) -> Iterator[AskedForm]:
        for one in self.stage.forms:
            if one.condition is not ALWAYS and not one.condition.holds(self.scope):
                continue
            form = self.run.book.form(self.process.policy, self.process.version, one.code)
            if form is not None:
                yield self._form(form)

    def _form(self, form: Form) -> AskedForm:
        filing = next(self.run.filings(form.code, form.event, "case", self.state.id), None)
        because = Because(
            form.policy, form.version, form.article or self.because.article, form.code
        )
        signatures = signatures_of(self.run, form, filing) if filing is not None else ()
        return AskedForm(form, filing, signatures, because)

    def _items(self) -> AskedItems | None:
        if self.stage.checklist is None:
            return None
        rule = self.run.book.rule(
            f"{self.process.policy}@{self.process.version}/{self.stage.checklist}"
        )
        if not isinstance(rule, ChecklistRule):
            return None
        applying = tuple(one for one in rule.items if one.condition.holds(self.scope))
        missing = self.run.cases.missing_items(self.state, self.process, self.stage)
        return AskedItems(rule, applying, tuple(missing))

    def approval(self) -> AskedApproval | None:
        """Return what the stage's approval asks for; None where it needs none."""
        if self.stage.approval is None:
            return None
        row = self.stage.approval.row(self.scope)
        if row is None or row.allow:
            return None
        steps = tuple(step for who in row.by if (step := people(who, self.scope)))
        open_ = (
            ()
            if row.refuse is not None
            else tuple(self.run.cases.open_steps(self.state, self.stage, row, self.scope))
        )
        return AskedApproval(steps, open_, row.refuse, self.because)


def signatures_of(run: Run, form: Form, filing: Event) -> tuple[Signature, ...]:
    """Return the places to sign of a filed form, in order."""
    signers = run.cases.forms.signers(form, filing)
    scope = run.scope(filing)
    places = [people(who, scope) for who in form.sign]
    return tuple(
        Signature(who, next((one for one in who if one in signers), None)) for who in places
    )
