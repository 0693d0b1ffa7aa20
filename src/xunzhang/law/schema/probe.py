"""Finds out from the readers themselves which keys a rule kind takes, of which shape, and which it needs."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence as Listed
from dataclasses import dataclass
from typing import TypeVar

from typing_extensions import override

from xunzhang.law.calendar import CHINA
from xunzhang.law.conditions import Condition
from xunzhang.law.durations import Duration, Within
from xunzhang.law.kinds import READERS
from xunzhang.law.loader import product_vocabulary
from xunzhang.law.paths import KeyBook, Path
from xunzhang.law.problems import Mark, Problems
from xunzhang.law.read.context import Context
from xunzhang.law.read.rule import COMMON, RuleReader, Site
from xunzhang.law.rules.common import EachValue, Ladder, Reminding, Repeat
from xunzhang.law.source import Mapping, Node, Scalar
from xunzhang.law.who import Who

T = TypeVar("T")
_MARK = Mark(1, 1)


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one kind: each with its shape, and those that it cannot do without."""

    shapes: dict[str, str]
    choices: dict[str, tuple[str, ...]]
    required: tuple[str, ...]


class Probe(RuleReader):
    """A reader that notes what it is asked for."""

    def __init__(self, kind: str, node: Mapping) -> None:
        vocabulary = product_vocabulary()
        context = Context(Problems(""), "probe", vocabulary, CHINA)
        super().__init__(context, node, kind, Site("probe", "1", "1", (0, 0), CHINA, None, None))
        self.shapes: dict[str, str] = {}
        self.choices: dict[str, tuple[str, ...]] = {}
        self.needed: dict[str, None] = {}

    def note(self, key: str, shape: str) -> None:
        """Keep the first shape under which a key was asked for."""
        self.shapes.setdefault(key, shape)

    @override
    def get(self, key: str, *, required: bool = False) -> Node | None:
        if required:
            self.needed[key] = None
        return super().get(key, required=required)

    @override
    def text(self, key: str, *, required: bool = False, among: Listed[str] = ()) -> str | None:
        self.note(key, "word")
        if among:
            self.choices[key] = tuple(among)
        return super().text(key, required=required, among=among)

    @override
    def number(self, key: str, default: T, *, least: int = 1) -> int | T:
        self.note(key, "count")
        return super().number(key, default, least=least)

    @override
    def flag(self, key: str) -> bool:
        self.note(key, "flag")
        return super().flag(key)

    @override
    def words(self, key: str, *, required: bool = False) -> dict[str, str]:
        self.note(key, "words")
        return super().words(key, required=required)

    @override
    def events(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        self.note(key, "events")
        return super().events(key, required=required)

    @override
    def action(self, key: str = "action", *, required: bool = False) -> str | None:
        self.note(key, "action")
        return super().action(key, required=required)

    @override
    def names(self, key: str, *, required: bool = False) -> tuple[tuple[str, Mark], ...]:
        self.note(key, "names")
        return super().names(key, required=required)

    @override
    def condition(self, key: str = "if", book: KeyBook | None = None) -> Condition:
        self.note(key, "condition")
        return super().condition(key, book)

    @override
    def where(self, book: KeyBook, present: KeyBook, key: str = "where") -> Condition:
        self.note(key, "condition")
        return super().where(book, present, key)

    @override
    def who(
        self, key: str = "who", *, required: bool = False, book: KeyBook | None = None
    ) -> Who | None:
        self.note(key, "who")
        return super().who(key, required=required, book=book)

    @override
    def within(self, key: str = "within", *, required: bool = False) -> Within | None:
        self.note(key, "within")
        return super().within(key, required=required)

    @override
    def duration(self, key: str, *, required: bool = False) -> Duration | None:
        self.note(key, "duration")
        return super().duration(key, required=required)

    @override
    def time(self, key: str, parse: Callable[[str], T], *, required: bool = False) -> T | None:
        self.note(key, "time")
        return super().time(key, parse, required=required)

    @override
    def keys(
        self, key: str, books: Listed[KeyBook], default: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        self.note(key, "names")
        return super().keys(key, books, default)

    @override
    def path(self, key: str, book: KeyBook | None = None, *, required: bool = False) -> Path | None:
        self.note(key, "key")
        return super().path(key, book, required=required)

    @override
    def code(
        self, key: str = "breach", *, required: bool = False, declares: bool = True
    ) -> str | None:
        self.note(key, "word")
        return super().code(key, required=required, declares=declares)

    @override
    def again(self) -> Repeat | None:
        self.note("again", "duration")
        return super().again()

    @override
    def remind(self) -> tuple[Reminding, ...]:
        self.note("remind", "reminders")
        return super().remind()

    @override
    def escalate(self, book: KeyBook | None = None) -> tuple[Ladder, ...]:
        self.note("escalate", "ladder")
        return super().escalate(book)

    @override
    def for_each(self, done: KeyBook) -> EachValue | None:
        self.note("for_each", "map")
        return super().for_each(done)


def keys_of(kind: str) -> Keys:
    """The keys of a rule kind, as its reader asks for them."""
    entries: dict[str, Node] = {
        "id": Scalar("probe", True, _MARK),
        "kind": Scalar(kind, True, _MARK),
    }
    if kind in ("gate", "approval", "cap"):
        entries["action"] = Scalar("form.file", True, _MARK)
    probe = Probe(kind, Mapping(entries, _MARK))
    READERS[kind](probe)
    shapes = {name: probe.shapes.get(name, "any") for name in sorted(probe.asked)}
    shapes |= {
        "id": "word",
        "kind": "word",
        "if": "condition",
        "item": "word",
        "instead_of": "names",
    }
    return Keys(
        {name: shapes[name] for name in (*COMMON, *(one for one in shapes if one not in COMMON))},
        probe.choices,
        tuple(probe.needed),
    )
