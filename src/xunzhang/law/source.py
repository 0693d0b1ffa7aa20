"""Reads YAML 1.2 (core schema) into nodes that remember where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from xunzhang.law.problems import Mark, Problems

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 40

# Numbers longer than any that a policy needs stay words: they would cost more to compute with than they say.
_INT = re.compile(r"[-+]?[0-9]{1,40}\Z|0o[0-7]{1,40}\Z|0x[0-9a-fA-F]{1,40}\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]{1,40}|[0-9]{1,40}(\.[0-9]{0,40})?)([eE][-+]?[0-9]{1,2})?\Z")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_CJK = re.compile(r"[\u3400-\u9fff“”]")


@dataclass(slots=True)
class Scalar:
    """A word, number or text as it was written.

    `settings`: the nodes of the settings that stand in the text by name, since they are no single words.
    """

    text: str
    plain: bool
    mark: Mark
    settings: dict[str, Node] | None = None

    @property
    def value(self) -> Any:
        """What the core schema makes of it: None, bool, int, Decimal or str."""
        if not self.plain:
            return self.text
        if self.text in _NULLS:
            return None
        if self.text in _BOOLS:
            return _BOOLS[self.text]
        if _INT.match(self.text):
            return int(self.text, 0) if self.text[:2] in ("0o", "0x") else int(self.text)
        if _FLOAT.match(self.text):
            return Decimal(self.text)
        return self.text


@dataclass(slots=True)
class Sequence:
    """A list of nodes."""

    items: list[Node]
    mark: Mark

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)


@dataclass(slots=True)
class Mapping:
    """A map of nodes; keys are scalars, unique, in the order of the file."""

    entries: dict[str, Node]
    mark: Mark
    flow: bool = False
    keys: dict[str, Scalar] = field(default_factory=dict)

    def get(self, key: str) -> Node | None:
        """The node of a key, None where it is missing or written as null."""
        node = self.entries.get(key)
        return None if isinstance(node, Scalar) and node.value is None else node

    def mark_of(self, key: str) -> Mark:
        """Where a key stands, or the map itself."""
        return self.keys[key].mark if key in self.keys else self.mark

    def mark_of_value(self, key: str) -> Mark:
        """Where the value of a key stands, or the map itself."""
        return self.entries[key].mark if key in self.entries else self.mark


Node = Scalar | Sequence | Mapping


def plain(node: Node | None) -> Any:
    """A node as plain Python values (dict, list, str, int, Decimal, bool, None)."""
    if node is None:
        return None
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(item) for key, item in node.entries.items()}


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


_NO_TEXT = re.compile("[\\x00\ud800-\udfff]")
"""What an escape may write and no file or database can hold."""


class _Composer:
    """Builds nodes from parser events and notes every structural error."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.anchors: dict[str, Scalar] = {}

    def node(self, event: Any, events: Iterator[Any], depth: int = 0) -> Node:
        if depth > MAX_DEPTH:
            raise _TooDeep(_mark(event))
        if isinstance(event, ScalarEvent):
            value = event.value
            strange = _NO_TEXT.search(value)
            if strange:
                code = f"U+{ord(strange[0]):04X}"
                self.problems.error(
                    _mark(event),
                    "character",
                    f"文件里不能有字符 {code}",
                    f"the character {code} is not allowed in a file",
                )
                value = _NO_TEXT.sub("", value)
            scalar = Scalar(value, event.implicit[0] and event.style is None, _mark(event))
            if event.tag is not None and event.tag != "!":
                self.problems.error(
                    scalar.mark,
                    "tag",
                    f"不支持标签“{event.tag}”",
                    f"tags such as “{event.tag}” are not supported",
                )
            if event.anchor:
                self.anchors[str(event.anchor)] = scalar
            return scalar
        if isinstance(event, AliasEvent):
            return self._alias(event)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(event, events, depth)
        return self._mapping(event, events, depth)

    def _alias(self, event: Any) -> Node:
        found = self.anchors.get(str(event.anchor))
        if found is not None:
            return Scalar(found.text, found.plain, _mark(event))
        self.problems.error(
            _mark(event),
            "alias",
            f"“*{event.anchor}”：不允许引用列表或映射，请写出全文",
            f"“*{event.anchor}”: aliases of maps or lists are not allowed; write them out",
        )
        return Scalar("", True, _mark(event))

    def _sequence(self, event: Any, events: Iterator[Any], depth: int) -> Sequence:
        items: list[Node] = []
        for inner in events:
            if isinstance(inner, SequenceEndEvent):
                break
            items.append(self.node(inner, events, depth + 1))
        return Sequence(items, _mark(event))

    def _mapping(self, event: Any, events: Iterator[Any], depth: int) -> Mapping:
        found = Mapping({}, _mark(event), bool(event.flow_style))
        for inner in events:
            if isinstance(inner, MappingEndEvent):
                break
            key = self.node(inner, events, depth + 1)
            value = self.node(next(events), events, depth + 1)
            self._entry(found, key, value)
        return found

    def _entry(self, found: Mapping, key: Node, value: Node) -> None:
        if not isinstance(key, Scalar):
            self.problems.error(key.mark, "key", "键必须是一个词", "a key must be a single word")
            return
        name = key.text
        if name == "<<" and key.plain:
            self.problems.error(
                key.mark,
                "merge",
                "不允许合并键“<<”，请写出全文",
                "merge keys “<<” are not allowed; write the entries out",
            )
            return
        if name in found.entries:
            self.problems.error(
                key.mark, "repeated-key", f"键“{name}”重复", f"the key “{name}” is repeated"
            )
            return
        empty = isinstance(value, Scalar) and value.plain and value.text == ""
        if found.flow and key.plain and empty and (_CJK.search(name) or " " in name):
            self.problems.error(
                key.mark,
                "split-text",
                f"花括号内的半角逗号把文字拆开了：“{name}”被当成了键；请给整段文字加引号，或改用全角逗号“，”",
                f"a half-width comma inside a flow map split the text at “{name}”; "
                "put the whole text in quotes, or use the full-width comma “，”",
            )
            return
        found.entries[name] = value
        found.keys[name] = key


class _TooDeep(Exception):
    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark


def _decoded(data: bytes, problems: Problems) -> str | None:
    start = Mark(1, 1)
    if len(data) > MAX_BYTES:
        problems.error(
            start,
            "too-large",
            f"文件有 {len(data):,} 字节，超过上限 {MAX_BYTES:,} 字节",
            f"the file has {len(data):,} bytes; the limit is {MAX_BYTES:,}",
        )
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problems.error(
            Mark(line, 1),
            "encoding",
            "文件不是 UTF-8 编码，请另存为 UTF-8",
            "the file is not UTF-8; save it as UTF-8",
        )
        return None
    return text


def parse(data: bytes | str, problems: Problems) -> Node | None:
    """The root node of one YAML document; what is wrong goes into `problems`."""
    text = _decoded(data if isinstance(data, bytes) else data.encode(), problems)
    if text is None:
        return None
    try:
        return _compose(text, problems)
    except _TooDeep as error:
        problems.error(
            error.mark,
            "too-deep",
            f"嵌套超过 {MAX_DEPTH} 层",
            f"nested deeper than {MAX_DEPTH} levels",
        )
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)
        what = " ".join(str(part) for part in (error.context, error.problem) if part)
        problems.error(place, "yaml", f"YAML 语法错误：{what}", f"YAML syntax: {what}")
    except ReaderError as error:
        before = text[: error.position]
        place = Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))
        problems.error(
            place,
            "character",
            f"文件里不能有字符 U+{ord(text[error.position]):04X}",
            f"the character U+{ord(text[error.position]):04X} is not allowed in a file",
        )
    except (YAMLError, ValueError, RecursionError) as error:
        what = str(error).splitlines()[0] if str(error) else type(error).__name__
        problems.error(Mark(1, 1), "yaml", f"YAML 语法错误：{what}", f"YAML syntax: {what}")
    return None


def _compose(text: str, problems: Problems) -> Node | None:
    parser = YAML(typ="safe", pure=True)
    parser.allow_duplicate_keys = True
    events = iter(parser.parse(text))
    root: Node | None = None
    for event in events:
        if isinstance(event, DocumentStartEvent):
            if root is not None:
                problems.error(
                    _mark(event), "documents", "一个文件只能有一份文档", "one document a file"
                )
                return root
            root = _Composer(problems).node(next(events), events)
    return root
