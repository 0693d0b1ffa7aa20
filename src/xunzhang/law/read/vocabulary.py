"""Reads `events:`, `actions:`, `customer_keys:` and `staff_keys:`."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map

from xunzhang.law.problems import Problems
from xunzhang.law.read.rule import words
from xunzhang.law.source import Mapping, Node, Scalar, Sequence, plain
from xunzhang.law.vocabulary import EVERYWHERE, TYPES, Key, Kind, Vocabulary

_TYPE = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*)+\Z")
_NOT_THERE = frozenset({"type", "at", "by"})
_OF_EVENTS = ("type", "name", "keys", "action")
_OF_ACTIONS = ("type", "name", "keys")


class VocabularyReader:
    """Reads declarations; a key declared with two types is an error at the second place."""

    def __init__(
        self,
        problems: Problems,
        others: Vocabulary,
        product: Vocabulary | None = None,
        earlier: Vocabulary | None = None,
    ) -> None:
        self.problems = problems
        self.others = others
        self.earlier = others if earlier is None else earlier
        self.product = product or Vocabulary()

    def read(self, root: Mapping) -> Vocabulary:
        """What a policy declares itself, its forms left aside."""
        actions = self._kinds(root.get("actions"), "actions", dict(self.earlier.actions))
        events = self._kinds(root.get("events"), "events", dict(self.earlier.events))
        self._doing(root.get("events"), {**self.product.actions, **self.others.actions, **actions})
        return Vocabulary(
            events,
            actions,
            self._own(root.get("customer_keys"), "customer_keys"),
            self._own(root.get("staff_keys"), "staff_keys"),
        )

    def _doing(self, node: Node | None, actions: Map[str, Kind]) -> None:
        """Note events that name an action which there is not."""
        for entry in node.items if isinstance(node, Sequence) else []:
            named = entry.get("action") if isinstance(entry, Mapping) else None
            if named is None:
                continue
            text = named.text if isinstance(named, Scalar) else ""
            if text not in actions:
                self.problems.unknown(
                    named.mark, "unknown-action", ("操作", "action"), text, actions
                )

    def _own(self, node: Node | None, name: str) -> dict[str, Key]:
        if node is None:
            return {}
        if not isinstance(node, Mapping):
            self.problems.error(
                node.mark, "keys", f"{name} 应为 {{键: 类型}}", f"{name} is a map {{key: type}}"
            )
            return {}
        return self.keys(node)

    def _kinds(self, node: Node | None, name: str, known: dict[str, Kind]) -> dict[str, Kind]:
        found: dict[str, Kind] = {}
        if node is None:
            return found
        if not isinstance(node, Sequence):
            self.problems.error(
                node.mark,
                name,
                f"{name} 应为列表：- {{type, name, keys}}",
                f"{name} is a list of {{type, name, keys}}",
            )
            return found
        for entry in node.items:
            kind = self._kind(entry, _OF_EVENTS if name == "events" else _OF_ACTIONS)
            if kind is None:
                continue
            before = found.get(kind.type) or known.get(kind.type)
            if before is not None:
                self.clashes(before, kind, entry)
            found[kind.type] = found[kind.type].joined(kind) if kind.type in found else kind
        return found

    def clashes(self, before: Kind, kind: Kind, entry: Node) -> None:
        """Note keys that both declare with different types."""
        for key in kind.keys.values():
            other = before.keys.get(key.name)
            if other is not None and other.type != key.type and not (other.graded or key.graded):
                mark = entry.mark
                self.problems.error(
                    mark,
                    "two-types",
                    f"{kind.type} 的键“{key.name}”已声明为 {other.type}，这里又声明为 {key.type}",
                    f"the key “{key.name}” of {kind.type} is declared as {other.type} and here as {key.type}",
                )

    def _kind(self, node: Node, allowed: tuple[str, ...]) -> Kind | None:
        if not isinstance(node, Mapping):
            self.problems.error(
                node.mark, "event", "应为 {type, name, keys}", "should be {type, name, keys}"
            )
            return None
        for key in node.entries:
            if key not in allowed:
                self.problems.unknown(node.mark_of(key), "unknown-key", ("键", "key"), key, allowed)
        type_ = node.get("type")
        if not isinstance(type_, Scalar) or not _TYPE.match(type_.text):
            mark = type_.mark if type_ is not None else node.mark
            self.problems.error(
                mark,
                "event",
                "type 应写作“名词.动词”，如 seminar.held",
                "type is written noun.verb, such as seminar.held",
            )
            if not isinstance(type_, Scalar):
                return None
        name_node = node.get("name")
        name = words(self.problems, name_node, "name") if name_node is not None else {}
        keys = node.get("keys")
        if keys is not None and not isinstance(keys, Mapping):
            self.problems.error(
                keys.mark, "keys", "keys 应为 {键: 类型}", "keys is a map {key: type}"
            )
            keys = None
        action = node.get("action")
        return Kind(
            type_.text,
            name,
            self.keys(keys) if isinstance(keys, Mapping) else {},
            action.text if isinstance(action, Scalar) else None,
        )

    def keys(self, node: Mapping) -> dict[str, Key]:
        """A map of keys with their types."""
        found: dict[str, Key] = {}
        for name, value in node.entries.items():
            if name in _NOT_THERE:
                self.problems.error(
                    node.mark_of(name),
                    "reserved-key",
                    f"“{name}”是每个事件自带的键，不能再声明",
                    f"“{name}” is a key of every event and cannot be declared",
                )
                continue
            key = self.key(name, value)
            if key is not None:
                found[name] = key
        return found

    def key(self, name: str, node: Node) -> Key | None:
        """A key as a type or a map {type, label, choices, unique}."""
        if isinstance(node, Scalar):
            return self._typed(name, node)
        if not isinstance(node, Mapping):
            self.problems.error(
                node.mark,
                "type",
                "键应为类型，或 {type, label, choices}",
                "a key is a type or {type, label, choices}",
            )
            return None
        for entry in node.entries:
            if entry not in ("type", "label", "choices", "unique", "name"):
                self.problems.unknown(
                    node.mark_of(entry),
                    "unknown-key",
                    ("键", "key"),
                    entry,
                    ("type", "label", "choices", "unique"),
                )
        label_node = node.get("label") or node.get("name")
        label = words(self.problems, label_node, "label") if label_node is not None else {}
        choices = self.choices(node.get("choices"))
        type_node = node.get("type")
        if type_node is None and choices:
            return Key(name, "choice", label, choices)
        key = self._typed(name, type_node) if isinstance(type_node, Scalar) else None
        if key is None:
            if not isinstance(type_node, Scalar):
                self.problems.error(node.mark, "type", f"“{name}”缺少 type", f"“{name}” needs type")
            return None
        return Key(name, key.type, label, choices, plain(node.get("unique")) is True)

    def choices(self, node: Node | None) -> tuple[str, ...]:
        """The choices of a key, as text."""
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else [node]
        return tuple(item.text for item in items if isinstance(item, Scalar))

    def _typed(self, name: str, node: Scalar) -> Key | None:
        if node.text not in TYPES:
            self.problems.unknown(node.mark, "unknown-type", ("类型", "type"), node.text, TYPES)
            return Key(name, "text")
        if name in EVERYWHERE and EVERYWHERE[name].type != node.text and name != "items":
            self.problems.error(
                node.mark,
                "two-types",
                f"“{name}”在每个事件里都是 {EVERYWHERE[name].type}，不能声明为 {node.text}",
                f"“{name}” is {EVERYWHERE[name].type} in every event and cannot be declared as {node.text}",
            )
            return None
        return Key(name, node.text)
