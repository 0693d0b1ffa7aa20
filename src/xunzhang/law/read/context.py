"""What a reader knows of the policy at hand while it reads one part of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xunzhang.law.calendar import Calendar
from xunzhang.law.paths import KeyBook, Path, Term, UnknownKey
from xunzhang.law.problems import Mark, Problems
from xunzhang.law.vocabulary import Key, Vocabulary, gathered

if TYPE_CHECKING:
    from xunzhang.law.text import Form, Process

UNION_EVENTS = frozenset({"breach.raised", "case.entered", "form.signed", "form.delivered"})
UNION_ACTIONS = frozenset({"approval.given", "approval.refused", "action.done"})


@dataclass(slots=True)
class Context:
    """One policy being read: its problems, its names, what it may speak of."""

    problems: Problems
    policy: str
    vocabulary: Vocabulary
    calendar: Calendar
    roles: frozenset[str] = frozenset()
    terms: dict[tuple[str, str], Term] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    processes: dict[str, Process] = field(default_factory=dict)
    codes: dict[str, Mark] = field(default_factory=dict)
    answered: list[tuple[str, Mark]] = field(default_factory=list)
    rule_ids: set[str] = field(default_factory=set)
    checklists: set[str] = field(default_factory=set)
    used_roles: set[str] = field(default_factory=set)

    def event_book(self, types: tuple[str, ...]) -> KeyBook:
        """The keys that rules following these events may speak of; every key where the event is not known."""
        if not types:
            return self.any_book()
        places: list[Mapping[str, Key]] = []
        if UNION_EVENTS.intersection(types):
            places += [self.vocabulary.case_keys(), self.vocabulary.customer_keys]
        if UNION_ACTIONS.intersection(types):
            places += [kind.keys for kind in self.vocabulary.actions.values()]
        keys = gathered([*places, self.vocabulary.event_keys(types)])
        return KeyBook(self.vocabulary, keys, self.terms)

    def action_book(self, action: str | None) -> KeyBook:
        """The keys that rules about an action may speak of; every key where the action is not known."""
        if action is None:
            return self.any_book()
        places = [self.vocabulary.event_keys((action,))]
        if action == "form.file":
            places += [form.keys() for form in self.forms.values()]
        return KeyBook(self.vocabulary, gathered(places), self.terms, "action")

    def any_book(self) -> KeyBook:
        """The keys of every event and action, for the policy's scope."""
        actions = [kind.keys for kind in self.vocabulary.actions.values()]
        keys = gathered([self.vocabulary.case_keys(), *actions])
        return KeyBook(self.vocabulary, keys, self.terms)

    def book_of(self, kind: str) -> KeyBook:
        """The keys of a thing of its own: customer, staff or case."""
        vocabulary = self.vocabulary
        own: Mapping[str, Key] = {
            "customer": {**vocabulary.customer_keys, "customer": Key("customer", "customer")},
            "staff": {**vocabulary.staff_keys, "by": Key("by", "staff")},
            "case": vocabulary.case_keys(),
        }[kind]
        terms = {name: term for (of, name), term in self.terms.items() if of == kind}
        keys = {**own, **{name: Key(name, "boolean", term.label) for name, term in terms.items()}}
        return KeyBook(vocabulary, keys, self.terms, kind)

    def stages(self) -> set[str]:
        """PROCESS/STAGE of every stage, by which the duty of its time is called."""
        return {
            f"{process.code}/{stage.code}"
            for process in self.processes.values()
            for stage in process.stages
        }

    def path(self, text: str, book: KeyBook, mark: Mark) -> Path | None:
        """A key path, or None after noting what is unknown about it."""
        try:
            return book.path(text)
        except UnknownKey as error:
            self.problems.unknown(mark, "unknown-key", ("键", "key"), error.word, error.known)
        return None
