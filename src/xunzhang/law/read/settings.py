"""Settings: values that the document leaves open, put in place of `$name`."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from dataclasses import dataclass

from xunzhang.law.problems import Mark, Problems
from xunzhang.law.read.rule import words
from xunzhang.law.source import Mapping, Node, Scalar, Sequence, plain
from xunzhang.law.text import Setting, Words

_NAME = re.compile(r"\$([A-Za-z_][\w-]*)")
_PROSE = frozenset(
    {"say", "text", "label", "title", "note", "name", "why", "refuse", "zh", "en", "pattern"}
)


def read_settings(
    node: Node | None, problems: Problems
) -> tuple[dict[str, Setting], dict[str, Node]]:
    """The settings of a policy and the nodes of their values."""
    settings: dict[str, Setting] = {}
    nodes: dict[str, Node] = {}
    if node is None:
        return settings, nodes
    if not isinstance(node, Mapping):
        problems.error(node.mark, "settings", "settings 应为映射", "settings is a map")
        return settings, nodes
    for name, entry in node.entries.items():
        value, stated = entry, True
        why: Words = {}
        if isinstance(entry, Mapping):
            for key in entry.entries:
                if key not in ("value", "stated", "why", "name"):
                    problems.unknown(
                        entry.mark_of(key),
                        "unknown-key",
                        ("键", "key"),
                        key,
                        ("value", "stated", "why", "name"),
                    )
            if "value" not in entry.entries:
                problems.error(
                    entry.mark,
                    "missing-key",
                    f"设置“{name}”缺少 value",
                    f"the setting “{name}” needs value",
                )
                nodes[name] = Scalar("", True, entry.mark)
                continue
            value = entry.entries["value"]
            stated = plain(entry.get("stated")) is not False
            said = entry.get("why")
            why = {} if said is None else words(problems, said, "why")
        settings[name] = Setting(name, plain(value), stated, why, node.mark_of(name))
        nodes[name] = value
    return settings, nodes


@dataclass(slots=True)
class Placed:
    """A node with its settings in place; `resting`: one of them has no value yet."""

    node: Node
    resting: bool = False


class Settler:
    """Puts settings in place, noting names that no setting has."""

    def __init__(self, nodes: Map[str, Node], problems: Problems) -> None:
        self.nodes = nodes
        self.problems = problems
        self.used: set[str] = set()

    def place(self, node: Node) -> Placed:
        """The node with every `$name` replaced."""
        placed = Placed(node)
        placed.node = self._node(node, placed, prose=False)
        return placed

    def _node(self, node: Node, placed: Placed, *, prose: bool) -> Node:
        if isinstance(node, Scalar):
            return self._scalar(node, placed, prose=prose) if "$" in node.text else node
        if isinstance(node, Sequence):
            return Sequence(
                [self._node(item, placed, prose=prose) for item in node.items], node.mark
            )
        entries = {
            key: self._node(value, placed, prose=prose or key in _PROSE)
            for key, value in node.entries.items()
        }
        return Mapping(entries, node.mark, node.flow, node.keys)

    def _scalar(self, node: Scalar, placed: Placed, *, prose: bool) -> Node:
        whole = _NAME.fullmatch(node.text.strip())
        if whole and not prose:
            found = self._value(whole[1], node.mark)
            if isinstance(found, Scalar) and found.value is None:
                placed.resting = True
            return _moved(found, node.mark)
        inside: dict[str, Node] = {}
        text = _NAME.sub(
            lambda match: self._text(match, node.mark, placed, inside, prose=prose), node.text
        )
        return Scalar(text, node.plain, node.mark, inside)

    def _text(
        self,
        match: re.Match[str],
        mark: Mark,
        placed: Placed,
        inside: dict[str, Node],
        *,
        prose: bool,
    ) -> str:
        if prose and match[1] not in self.nodes:
            return match[0]
        found = self._value(match[1], mark)
        if not isinstance(found, Scalar):
            inside[match[1]] = _moved(found, mark)
            return match[0]
        if found.value is None and not prose:
            placed.resting = True
        return found.text

    def _value(self, name: str, mark: Mark) -> Node:
        """The setting's node; that of a setting without a value after noting a name that none has."""
        self.used.add(name)
        if name not in self.nodes:
            self.problems.unknown(mark, "unknown-setting", ("设置", "setting"), name, self.nodes)
            return Scalar("", True, mark)
        return self.nodes[name]


def _moved(node: Node, mark: Mark) -> Node:
    """The node of a setting, its problems to be reported where it is used."""
    if isinstance(node, Scalar):
        return Scalar(node.text, node.plain, mark)
    if isinstance(node, Sequence):
        return Sequence([_moved(item, mark) for item in node.items], mark)
    entries = {key: _moved(value, mark) for key, value in node.entries.items()}
    return Mapping(entries, mark, node.flow, dict.fromkeys(entries, Scalar("", True, mark)))
