"""Reads the parts that rules are made of; what is left unread is an unknown key."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Sequence as Listed
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from xunzhang.law import who as w
from xunzhang.law.calendar import Calendar
from xunzhang.law.conditions import ALWAYS, All, Condition, PolicyScope
from xunzhang.law.facts import Value
from xunzhang.law.malformed import Malformed
from xunzhang.law.paths import KeyBook, Path
from xunzhang.law.problems import Mark, Problems
from xunzhang.law.read.conditions import ConditionReader, EarlierReader
from xunzhang.law.read.context import Context
from xunzhang.law.read.who import WhoReader
from xunzhang.law.rules.common import EachValue, Ladder, Reminding, Repeat, Silences
from xunzhang.law.source import Mapping, Node, Scalar, Sequence, plain
from xunzhang.law.times import Duration, Within, parse_before, parse_duration, parse_within

T = TypeVar("T")
COMMON = ("id", "kind", "if", "item", "instead_of")
_KEY = re.compile(r"key\(\s*([^()\s]+)\s*\)\Z")
# The same word means different things in different kinds; what a writer of one kind probably meant.
MEANT = {
    ("duty", "by"): "who",
    ("recurring", "within"): "by",
    ("cadence", "within"): "by",
    ("gate", "if_not"): "only_if",
    ("gate", "who"): "if",
    ("approval", "steps"): "by",
    ("approval", "who"): "by",
    ("cap", "max"): "limit",
    ("sanction", "when"): "breach",
    ("sanction", "who"): "also",
    ("checklist", "when"): "on",
    ("quota", "when"): "of",
    ("target", "do"): "metric",
    ("notice", "who"): "to",
    ("award", "who"): "to",
    ("allocation", "who"): "among",
    ("allocation", "to"): "among",
    ("reclaim", "who"): "to",
    ("breach", "code"): "breach",
    ("duty", "on"): "when",
    ("duty", "event"): "when",
    ("duty", "at"): "by",
    ("guide", "say"): "text",
    ("gate", "text"): "say",
    ("grade", "who"): "by",
    ("cadence", "per"): "for",
    ("cadence", "if"): "for",
}


@dataclass(frozen=True, slots=True)
class Site:
    """Where a rule stands: its policy, version, article and place; `scope` is the policy's own condition."""

    policy: str
    version: str
    article: str
    order: tuple[int, int]
    calendar: Calendar
    effective: date | None
    scope: Node | None


class RuleReader:
    """Reads one rule's map. Keys asked for are known; `finish` notes the others."""

    def __init__(
        self, context: Context, node: Mapping, kind: str, site: Site | None = None
    ) -> None:
        self.context = context
        self.problems = context.problems
        self.node = node
        self.kind = kind
        self.site = site
        self.asked: set[str] = set(COMMON)
        self.book = KeyBook(context.vocabulary, {}, context.terms)

    # -- nodes -----------------------------------------------------------------------------------

    def get(self, key: str, *, required: bool = False) -> Node | None:
        """The node of a key; a missing required one is noted."""
        self.asked.add(key)
        found = self.node.get(key)
        if found is None and required:
            self.error(
                self.node.mark_of(key),
                "missing-key",
                f"{self.kind} 规则缺少 {key}",
                f"a {self.kind} rule needs {key}",
            )
        return found

    def has(self, key: str) -> bool:
        """Whether a key is written."""
        self.asked.add(key)
        return self.node.get(key) is not None

    def error(self, mark: Mark, code: str, zh: str, en: str) -> None:
        """Note an error."""
        self.problems.error(mark, code, zh, en)

    def finish(self) -> None:
        """Note every key that the kind does not know."""
        for name in self.node.entries:
            if name in self.asked:
                continue
            meant = MEANT.get((self.kind, name))
            if meant:
                self.error(
                    self.node.mark_of(name),
                    "unknown-key",
                    f"{self.kind} 规则没有键“{name}”；应写 {meant}",
                    f"a {self.kind} rule has no key “{name}”; write {meant}",
                )
            else:
                self.problems.unknown(
                    self.node.mark_of(name),
                    "unknown-key",
                    (f"键（{self.kind} 规则）", f"key of a {self.kind} rule"),
                    name,
                    self.asked,
                )

    def base(self, *, scoped: bool = True) -> dict[str, Any]:
        """What every rule has: id, place, and its `if` with the policy's scope added."""
        site = self.site
        if site is None:
            raise TypeError(self.kind)
        condition = both(self.policy_scope(), self.condition()) if scoped else self.condition()
        return {
            "id": self.text("id") or "?",
            "policy": site.policy,
            "version": site.version,
            "article": site.article + (self.text("item") or ""),
            "order": site.order,
            "calendar": site.calendar,
            "mark": self.node.mark,
            "condition": condition,
            "instead_of": self.instead_of(),
            "effective": site.effective,
        }

    def policy_scope(self) -> Condition:
        """The policy's own condition; ALWAYS where it has none."""
        site = self.site
        if site is None or site.scope is None:
            return ALWAYS
        return PolicyScope(ConditionReader(self.context, self.context.any_book()).read(site.scope))

    # -- plain values ----------------------------------------------------------------------------

    def text(self, key: str, *, required: bool = False, among: Listed[str] = ()) -> str | None:
        """A word; one of `among` where given."""
        node = self.get(key, required=required)
        if node is None:
            return None
        if not isinstance(node, Scalar):
            self.error(node.mark, "value", f"{key} 应为一个词", f"{key} is a single word")
            return None
        if among and node.text not in among:
            self.problems.unknown(node.mark, "value", (f" {key} 值", f"{key}"), node.text, among)
            return None
        return node.text

    def number(self, key: str, default: T, *, least: int = 1) -> int | T:
        """A whole number from `least`."""
        node = self.get(key)
        if node is None:
            return default
        value = node.value if isinstance(node, Scalar) else None
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            self.error(
                node.mark,
                "value",
                f"{key} 应为从 {least} 起的整数，而不是“{_said(node)}”",
                f"{key} is a whole number from {least}, not “{_said(node)}”",
            )
            return default
        return value

    def decimal(self, node: Node, key: str) -> Decimal | None:
        """A number as a decimal."""
        value = node.value if isinstance(node, Scalar) else None
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return Decimal(value)
        said = _said(node)
        self.error(
            node.mark,
            "value",
            f"{key} 应为数字，而不是“{said}”",
            f"{key} is a number, not “{said}”",
        )
        return None

    def flag(self, key: str) -> bool:
        """A boolean, false by default."""
        node = self.get(key)
        if node is None:
            return False
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node.value
        self.error(node.mark, "value", f"{key} 应为 true 或 false", f"{key} is true or false")
        return False

    def words(self, key: str, *, required: bool = False) -> dict[str, str]:
        """A Chinese string or a map {zh, en}."""
        node = self.get(key, required=required)
        return words(self.problems, node, key) if node is not None else {}

    def names(self, key: str, *, required: bool = False) -> tuple[tuple[str, Mark], ...]:
        """A word or a list of words, with their places."""
        node = self.get(key, required=required)
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else [node]
        if required and not items:
            self.error(
                node.mark,
                "value",
                f"{key} 是空的，至少写一个",
                f"{key} is empty; write at least one",
            )
        found = []
        for item in items:
            if isinstance(item, Scalar):
                found.append((item.text, item.mark))
            else:
                self.error(
                    item.mark,
                    "value",
                    f"{key} 应为词或词的列表",
                    f"{key} is a word or a list of words",
                )
        return tuple(found)

    # -- names of the vocabulary -----------------------------------------------------------------

    def events(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """One event type or a list of them."""
        found = []
        for name, mark in self.names(key, required=required):
            if name in self.context.vocabulary.events:
                found.append(name)
            else:
                self.problems.unknown(
                    mark, "unknown-event", ("事件", "event"), name, self.context.vocabulary.events
                )
        return tuple(found)

    def action(self, key: str = "action", *, required: bool = False) -> str | None:
        """An action type."""
        found = self.names(key, required=required)
        for _, mark in found[1:]:
            self.error(
                mark,
                "value",
                "一条规则只管一个动作，请另写一条",
                "a rule is about one action; write another rule",
            )
        known = self.context.vocabulary.actions
        for name, mark in found[:1]:
            if name in known:
                return name
            self.problems.unknown(mark, "unknown-action", ("动作", "action"), name, known)
        return None

    def keys(
        self, key: str, books: Listed[KeyBook], default: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """A list of keys, each known to at least one of the books."""
        if not self.has(key):
            return default
        found = []
        for name, mark in self.names(key):
            if any(
                name.split(".")[0] in book.own
                or name.split(".")[0] in ("customer", "by", "owner", "case")
                for book in books
            ):
                found.append(name)
            else:
                known = [one for book in books for one in book.own]
                self.problems.unknown(mark, "unknown-key", ("键", "key"), name, known)
        return tuple(found)

    def path(self, key: str, book: KeyBook | None = None, *, required: bool = False) -> Path | None:
        """A key path."""
        for name, mark in self.names(key, required=required):
            inner = _KEY.match(name)
            return self.context.path(inner[1] if inner else name, book or self.book, mark)
        return None

    def code(
        self, key: str = "breach", *, required: bool = False, declares: bool = True
    ) -> str | None:
        """A breach code; a rule that raises it declares it."""
        found = self.text(key, required=required)
        if found is not None and declares:
            self.context.codes.setdefault(found, self.node.mark_of(key))
        return found

    # -- conditions, whos, times -----------------------------------------------------------------

    def condition(self, key: str = "if", book: KeyBook | None = None) -> Condition:
        """A condition on the keys of a book (default: the rule's own)."""
        return ConditionReader(self.context, book or self.book).read(self.get(key))

    def where(self, book: KeyBook, present: KeyBook, key: str = "where") -> Condition:
        """A condition on another event, whose `key(x)` may speak of the present one."""
        return EarlierReader(self.context, book, present).read(self.get(key))

    def who(
        self, key: str = "who", *, required: bool = False, book: KeyBook | None = None
    ) -> w.Who | None:
        """A who."""
        return self.who_of(self.get(key, required=required), book)

    def who_of(self, node: Node | None, book: KeyBook | None = None) -> w.Who | None:
        """The who of a node."""
        return WhoReader(self.context, book or self.book).read(node)

    def time(self, key: str, parse: Callable[[str], T], *, required: bool = False) -> T | None:
        """A time in the words of `parse` (which raises Malformed)."""
        node = self.get(key, required=required)
        return self.parsed(node, key, parse) if node is not None else None

    def parsed(self, node: Node, key: str, parse: Callable[[str], T]) -> T | None:
        """What `parse` makes of a node; a Malformed is noted."""
        if not isinstance(node, Scalar):
            self.error(
                node.mark,
                "time",
                f"{key} 应为一个时间，如 3 workdays",
                f"{key} is a time such as 3 workdays",
            )
            return None
        try:
            return parse(node.text)
        except Malformed as error:
            self.error(node.mark, "time", f"{key}：{error.zh}", f"{key}: {error.en}")
            return None

    def within(self, key: str = "within", *, required: bool = False) -> Within | None:
        """A time such as `3 workdays` or `end of month`."""
        return self.time(key, parse_within, required=required)

    def duration(self, key: str, *, required: bool = False) -> Duration | None:
        """A duration such as `3 workdays`."""
        return self.time(key, parse_duration, required=required)

    def again(self) -> Repeat | None:
        """`again: TIME`."""
        found = self.duration("again")
        return Repeat(found) if found is not None else None

    def remind(self) -> tuple[Reminding, ...]:
        """`remind: [TIME before, …]`."""
        node = self.get("remind")
        if node is None:
            return ()
        found = []
        for item in node.items if isinstance(node, Sequence) else [node]:
            duration = self.parsed(item, "remind", parse_before)
            if duration is not None:
                found.append(Reminding(duration))
        return tuple(found)

    def escalate(self, book: KeyBook | None = None) -> tuple[Ladder, ...]:
        """`escalate: {after, to}` or a list of them."""
        node = self.get("escalate")
        if node is None:
            return ()
        found = []
        for item in node.items if isinstance(node, Sequence) else [node]:
            if not isinstance(item, Mapping):
                self.error(
                    item.mark,
                    "value",
                    "escalate 应为 {after: 时间, to: 人员}",
                    "escalate is {after: TIME, to: WHO}",
                )
                continue
            inner = RuleReader(self.context, item, "escalate")
            inner.asked = set()
            inner.book = book or self.book
            after, to = inner.duration("after", required=True), inner.who("to", required=True)
            inner.finish()
            if after is not None and to is not None:
                found.append(Ladder(after, to))
        return tuple(found)

    def for_each(self, done: KeyBook) -> EachValue | None:
        """`for_each: {KEY: [values]}`, KEY one of the fulfilling event's."""
        node = self.get("for_each")
        if node is None:
            return None
        if not isinstance(node, Mapping) or len(node.entries) != 1:
            self.error(
                node.mark, "value", "for_each 应为 {键: [值, …]}", "for_each is {KEY: [values]}"
            )
            return None
        ((key, values),) = node.entries.items()
        if key not in done.own:
            self.problems.unknown(node.mark_of(key), "unknown-key", ("键", "key"), key, done.own)
        listed = plain(values)
        return EachValue(key, tuple(listed) if isinstance(listed, list) else (listed,))

    def instead_of(self) -> tuple[Silences, ...]:
        """`instead_of: [RULE-ID or POLICY/RULE-ID]`."""
        found = []
        for name, mark in self.names("instead_of"):
            policy, _, rule = name.rpartition("/")
            if not policy and rule not in self.context.rule_ids:
                self.problems.unknown(
                    mark, "unknown-rule", ("规则", "rule"), rule, self.context.rule_ids
                )
                continue
            found.append(Silences(policy or self.context.policy, rule))
        return tuple(found)


def key_of(text: str) -> str | None:
    """The key inside `key(…)`; None for any other text."""
    found = _KEY.match(text.strip())
    return found[1] if found else None


def words(problems: Problems, node: Node, key: str) -> dict[str, str]:
    """A Chinese string or a map {zh, en}."""
    if isinstance(node, Scalar):
        return {"zh": node.text}
    if isinstance(node, Mapping) and node.entries and set(node.entries) <= {"zh", "en"}:
        return {lang: item.text for lang, item in node.entries.items() if isinstance(item, Scalar)}
    problems.error(
        node.mark,
        "words",
        f"{key} 应为文字或 {{zh: …, en: …}}",
        f"{key} is a text or {{zh: …, en: …}}",
    )
    return {}


def _said(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else "…"


def both(one: Condition, two: Condition) -> Condition:
    """Both conditions together."""
    if one is ALWAYS:
        return two
    return one if two is ALWAYS else All((one, two))


def iso_date(text: str) -> date:
    """A date such as 2026-03-05. Raises Malformed with what would be right."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Malformed(
            f"日期“{text}”应写作 2026-03-05", f"the date “{text}” should be written as 2026-03-05"
        ) from None


def as_value(node: Node | None) -> Value:
    """A node as a plain value."""
    return plain(node)
