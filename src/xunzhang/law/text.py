"""The policy as a document: edition, chapters, articles, forms and processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from xunzhang.law.arithmetic import Expression
from xunzhang.law.calendar import Calendar
from xunzhang.law.conditions import ALWAYS, Condition
from xunzhang.law.facts import NOTHING, Value
from xunzhang.law.paths import Term
from xunzhang.law.problems import Mark
from xunzhang.law.vocabulary import EVERYWHERE, Key, Vocabulary
from xunzhang.law.who import Who

if TYPE_CHECKING:
    from xunzhang.law.kinds import AnyRule
    from xunzhang.law.rules.approval import StepTable
    from xunzhang.law.rules.common import Ladder, Reminding, Repeat
    from xunzhang.law.times import Within

Words = Mapping[str, str]
DEFAULT_ROOTS = ("customer", "case", "by", "owner")
"""Whose keys may stand in a field that is left out."""


def say(words: Words, lang: str = "zh") -> str:
    """Words in a language, else in the other one."""
    return words.get(lang) or next(iter(words.values()), "")


@dataclass(frozen=True, slots=True)
class Setting:
    """A value that the document leaves open. `stated`: whether the text gives it; `why`: what it is about."""

    name: str
    value: Value
    stated: bool
    why: Words
    mark: Mark


@dataclass(frozen=True, slots=True)
class Article:
    """One numbered article. `label` is unique in the policy (CHAPTER/NO where chapters share a number)."""

    no: str
    label: str
    title: Words
    text: Words
    chapter: Words
    clause: tuple[str, ...]
    note: Words
    waits: Mapping[str, str]
    effective: date | None
    mark: Mark
    order: int
    rules: tuple[AnyRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. `required` is a condition on the other fields (None: never)."""

    key: Key
    required: Condition | None
    pattern: str | None
    default: Who | str | None
    computed: Expression | None
    rows: str | None
    columns: tuple[Field, ...]
    mark: Mark

    @property
    def name(self) -> str:
        """The key under which its value is recorded."""
        return self.key.name


@dataclass(frozen=True, slots=True)
class Form:
    """What people fill in, sign and print; filing it records its event."""

    code: str
    title: Words
    about: str
    event: str
    fields: tuple[Field, ...]
    sign: tuple[Who, ...]
    copies: int | tuple[str, ...]
    article: str
    policy: str
    version: str
    mark: Mark

    def keys(self) -> dict[str, Key]:
        """Its fields as keys of its event."""
        return {one.name: one.key for one in self.fields}

    @property
    def uid(self) -> str:
        """Its name with policy and version."""
        return f"{self.policy}@{self.version}/{self.code}"


@dataclass(frozen=True, slots=True)
class StageForm:
    """A form that a stage asks for."""

    code: str
    condition: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Next:
    """A stage that may follow."""

    to: str
    condition: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a process and what it asks for before it may be left."""

    code: str
    title: Words
    who: Who | None
    forms: tuple[StageForm, ...]
    checklist: str | None
    approval: StepTable | None
    condition: Condition
    within: Within | None
    breach: str | None
    again: Repeat | None
    remind: tuple[Reminding, ...]
    escalate: tuple[Ladder, ...]
    article: str
    mark: Mark

    def asks(self) -> bool:
        """Whether anything must be there before it may be left."""
        return bool(self.forms or self.checklist or self.approval)


@dataclass(frozen=True, slots=True)
class Start:
    """An event that starts a case of a process."""

    when: tuple[str, ...]
    condition: Condition


@dataclass(frozen=True, slots=True)
class Process:
    """The stages of a kind of case."""

    code: str
    title: Words
    case: str
    stages: tuple[Stage, ...]
    next: Mapping[str, tuple[Next, ...]]
    starts: tuple[Start, ...]
    article: str
    policy: str
    version: str
    calendar: Calendar
    mark: Mark

    @property
    def uid(self) -> str:
        """Its name with policy and version."""
        return f"{self.policy}@{self.version}/{self.code}"

    def stage(self, code: str | None) -> Stage | None:
        """The stage of a code, if it has one."""
        return next((stage for stage in self.stages if stage.code == code), None)


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a policy, read and checked. `effective` inclusive, `until` exclusive."""

    policy: str
    version: str
    title: Words
    issuer: str
    approver: str
    industry: str
    effective: date
    until: date | None
    calendar: Calendar
    roles: tuple[str, ...]
    articles: tuple[Article, ...]
    vocabulary: Vocabulary
    declared: Vocabulary
    settings: Mapping[str, Setting]
    forms: Mapping[str, Form]
    processes: Mapping[str, Process]
    terms: Mapping[tuple[str, str], Term]
    replaces: tuple[str, ...]
    prevails_over: tuple[str, ...]
    calendars: Mapping[str, Calendar] = field(default_factory=lambda: NOTHING)
    resting: tuple[str, ...] = ()
    codes: frozenset[str] = frozenset()
    note: Words = field(default_factory=lambda: NOTHING)

    @property
    def name(self) -> str:
        """policy@version, its name among all editions."""
        return f"{self.policy}@{self.version}"

    def rules(self) -> list[AnyRule]:
        """All its rules in article order."""
        return [rule for article in self.articles for rule in article.rules]

    def article(self, label: str) -> Article | None:
        """The article of a label (a bare number where it is unique)."""
        for one in self.articles:
            if label in (one.label, one.no):
                return one
        return None


def event_keys_of(form: Form) -> dict[str, Key]:
    """The keys of a form's event."""
    return {**EVERYWHERE, **form.keys()}
