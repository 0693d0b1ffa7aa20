"""How a case begins: with the form that starts a process, with the event that does, or with the process itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from xunzhang.cases import law
from xunzhang.law.book import Frame
from xunzhang.law.conditions import Test
from xunzhang.law.facts import Value
from xunzhang.law.text import Form, Process, Words
from xunzhang.law.vocabulary import Kind
from xunzhang.policy.queries.doing import recordable


@dataclass(frozen=True, slots=True)
class Intake:
    """One way to begin a case of a kind. What is entered in its form, or said of its event, decides the process."""

    code: str
    kind: str
    form: Form | None
    processes: tuple[Process, ...]
    event: Kind | None = None

    @property
    def title(self) -> Words:
        """The title of the form, else of the process."""
        return self.form.title if self.form is not None else self.processes[0].title

    @property
    def article(self) -> str:
        """Where the document asks for it."""
        own = self.form.article if self.form is not None else ""
        return own or self.processes[0].article

    def starting(self) -> dict[str, Value]:
        """Return what must be said of the event so that the process begins, where that is one value of a key."""
        if self.event is None or len(self.processes) != 1:
            return {}
        conditions = [
            one.condition for one in self.processes[0].starts if self.event.type in one.when
        ]
        tests = [
            test
            for test in (conditions[0].tests() if len(conditions) == 1 else ())
            if isinstance(test, Test) and test.op == "=" and test.path.text in self.event.keys
        ]
        return {
            test.path.text: test.operand
            for test in tests
            if isinstance(test.operand, str | bool | int)
        }


def intakes(at: datetime) -> list[Intake]:
    """Return every way to begin a case under the editions in force."""
    frame = law.reading(at).frame(at)
    return [*_by_form(frame), *_by_event(frame), *_by_process(frame)]


def intake_named(code: str, at: datetime) -> Intake | None:
    """Return the way to begin that has this code: a form's, an event's or a process's."""
    return next((one for one in intakes(at) if one.code == code), None)


def _by_form(frame: Frame) -> Iterator[Intake]:
    for form in frame.forms.values():
        kinds: dict[str, list[Process]] = defaultdict(list)
        for process, _start in frame.starts.get(form.event, ()):
            if _asked_first(process, form):
                kinds[process.case].append(process)
        for kind, processes in kinds.items():
            yield Intake(form.code, kind, form, tuple(processes))


def _by_event(frame: Frame) -> Iterator[Intake]:
    """Events that start a process and that no form of the company files are told as they are."""
    filed = {form.event for form in frame.forms.values()}
    for type_, kind in recordable().items():
        kinds: dict[str, list[Process]] = defaultdict(list)
        for process, _start in () if type_ in filed else frame.starts.get(type_, ()):
            kinds[process.case].append(process)
        for name, processes in kinds.items():
            yield Intake(type_, name, None, tuple(processes), kind)


def begins(type_: str, at: datetime) -> Intake | None:
    """Return the way to begin a case with such an event."""
    return next((one for one in intakes(at) if one.event is not None and one.code == type_), None)


def _asked_first(process: Process, form: Form) -> bool:
    """Whether a process that starts with a form's event means this form: it asks for it, or asks for none."""
    first = {one.code for one in process.stages[0].forms}
    return form.code in first or not first


def _by_process(frame: Frame) -> Iterator[Intake]:
    for process in frame.processes.values():
        if not process.starts:
            yield Intake(process.code, process.case, None, (process,))
