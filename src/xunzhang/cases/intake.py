"""How a case begins: the form that starts a process, or the process itself where no form does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from xunzhang.cases import law
from xunzhang.law.book import Frame
from xunzhang.law.text import Form, Process, Words


@dataclass(frozen=True, slots=True)
class Intake:
    """One way to begin a case of a kind. With a form, what is entered in it decides which process it is."""

    code: str
    kind: str
    form: Form | None
    processes: tuple[Process, ...]

    @property
    def title(self) -> Words:
        """The title of the form, else of the process."""
        return self.form.title if self.form is not None else self.processes[0].title

    @property
    def article(self) -> str:
        """Where the document asks for it."""
        own = self.form.article if self.form is not None else ""
        return own or self.processes[0].article


def intakes(at: datetime) -> list[Intake]:
    """Return every way to begin a case under the editions in force."""
    frame = law.reading(at).frame(at)
    return [*_by_form(frame), *_by_process(frame)]


def intake_named(code: str, at: datetime) -> Intake | None:
    """Return the way to begin that has this code (a form's, else a process's)."""
    return next((one for one in intakes(at) if one.code == code), None)


def _by_form(frame: Frame) -> Iterator[Intake]:
    for form in frame.forms.values():
        kinds: dict[str, list[Process]] = defaultdict(list)
        for process, _start in frame.starts.get(form.event, ()):
            if _asked_first(process, form):
                kinds[process.case].append(process)
        for kind, processes in kinds.items():
            yield Intake(form.code, kind, form, tuple(processes))


def _asked_first(process: Process, form: Form) -> bool:
    """Whether a process that starts with a form's event means this form: it asks for it, or asks for none."""
    first = {one.code for one in process.stages[0].forms}
    return form.code in first or not first


def _by_process(frame: Frame) -> Iterator[Intake]:
    for process in frame.processes.values():
        if not process.starts:
            yield Intake(process.code, process.case, None, (process,))
