"""Where cases reach the law: the book of editions and the ledger, as the policy holds them."""

from __future__ import annotations

from datetime import datetime

from xunzhang.law.book import Book
from xunzhang.law.calendar import CHINA, Calendar
from xunzhang.law.cases import CaseState
from xunzhang.law.engine.run import Run
from xunzhang.law.scope import Scope
from xunzhang.law.text import Form, Process, Stage
from xunzhang.policy import unit as policy
from xunzhang.policy.book import current_book


def book() -> Book:
    """Return the editions that the company has adopted."""
    return current_book()


def reading(at: datetime) -> Run:
    """Return the law with everything at hand, to ask it how things stand. It changes nothing."""
    unit = policy.reading(at)
    return Run(unit.law.book, unit.history)


def place_of(run: Run, state: CaseState, process: Process | None, *, at: datetime) -> Scope:
    """Return the place from which conditions and whos look at a case now."""
    keys = state.keys()
    calendar = process.calendar if process is not None else CHINA
    return Scope(
        run.history,
        at,
        calendar,
        kind="event",
        thing=keys,
        customer=keys.get("customer"),
        case=state.id,
    )


def stage_of(run: Run, state: CaseState) -> tuple[Process | None, Stage | None]:
    """Return the process and the stage that a case is in, in the edition that it began under."""
    process = run.cases.process_of(state)
    return process, process.stage(state.stage) if process is not None else None


def form_named(code: str, *, at: datetime, case: str | None = None) -> Form | None:
    """Return a form: of a case's own edition where it has it, else as it is in force."""
    run = reading(at)
    state = run.history.case(case) if case is not None else None
    process = run.cases.process_of(state) if state is not None else None
    if process is not None:
        form = run.book.form(process.policy, process.version, code)
        if form is not None:
            return form
    return run.frame(at).forms.get(code)


def form_of_edition(edition: str, code: str) -> Form | None:
    """Return a form as an edition (policy@version) has it."""
    policy, _, version = edition.rpartition("@")
    return book().form(policy, version, code)


def calendar_of(run: Run, state: CaseState) -> Calendar:
    """Return the calendar by which a case counts its days."""
    process = run.cases.process_of(state)
    return process.calendar if process is not None else CHINA
