"""Writes other values into the text of a policy, and leaves every other letter of it as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from xunzhang.law import source as read
from xunzhang.law.facts import Value
from xunzhang.law.problems import Mark, Problems

Path = tuple[str, ...]
_PLAIN = re.compile(r"[\w\u3400-\u9fff][\w\u3400-\u9fff./%+-]*( [\w\u3400-\u9fff./%+-]+)*\Z")


class NoSuchPlace(LookupError):
    """The text has nothing at a path."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value stands in the text, [start, end)."""

    start: int
    end: int
    block: bool


def revised(text: str, values: Mapping[Path, Value]) -> str:
    """The text with these values at these paths, as (`settings`, `report_time`, `value`).

    A setting written as its bare value takes the path of its `value` too. Raises NoSuchPlace for a path that leads
    nowhere, ValueError where the text is no YAML.
    """
    places = _places(text)
    changes = sorted(
        ((_place(places, path), value) for path, value in values.items()),
        key=lambda change: change[0].start,
        reverse=True,
    )
    for place, value in changes:
        written = written_as(value)
        if place.start == place.end:
            written = f" {written}"
        text = text[: place.start] + written + ("\n" if place.block else "") + text[place.end :]
    return text


def setting(name: str) -> Path:
    """The path of a setting's value."""
    return ("settings", name, "value")


def written_as(value: Value) -> str:
    """A value as one line of a policy: `3 workdays`, `null`, `[1, 2]`, `"head of 销售部: 一科"`."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if isinstance(value, Mapping):
        inside = (f"{written_as(str(key))}: {written_as(one)}" for key, one in value.items())
        return "{" + ", ".join(inside) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(written_as, value)) + "]"
    return _text(str(value))


def read_value(written: str) -> Value:
    """What the language makes of a value as people write it. Raises ValueError where it is no YAML."""
    problems = Problems("")
    node = read.parse(written, problems)
    if problems.failed:
        raise ValueError(written)
    return read.plain(node)


def _text(value: str) -> str:
    """Plain where the language reads it back as the same text, else in quotation marks."""
    if _PLAIN.match(value) and read.Scalar(value, True, _NOWHERE).value == value:
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    escaped = escaped.replace("\r", "").replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


_NOWHERE = Mark(1, 1)


def _place(places: Mapping[Path, _Place], path: Path) -> _Place:
    found = places.get(path)
    if found is None and path[0] == "settings" and path[-1] == "value":
        found = places.get(path[:-1])
    if found is None:
        raise NoSuchPlace("/".join(path))
    return found


def _places(text: str) -> dict[Path, _Place]:
    """Where each value of the head and of the settings stands."""
    found: dict[Path, _Place] = {}
    try:
        events = iter(YAML(typ="safe", pure=True).parse(text))
        for event in events:
            if isinstance(event, DocumentStartEvent):
                _walk(next(events), events, (), found)
    except YAMLError as error:
        raise ValueError(str(error)) from error
    return found


def _walk(event: Any, events: Iterator[Any], path: Path, found: dict[Path, _Place]) -> int:
    """Note the places below an event; where the last letter of it stands."""
    start, block = int(event.start_mark.index), False
    if isinstance(event, ScalarEvent | AliasEvent):
        end = int(event.end_mark.index)
        block = isinstance(event, ScalarEvent) and event.style in ("|", ">")
    elif isinstance(event, MappingStartEvent):
        end = _entries(event, events, path, found)
    else:
        end = _items(event, events, path, found)
    if path and (len(path) == 1 or path[0] == "settings"):
        found[path] = _Place(start, end, block)
    return end


def _end(event: Any) -> int:
    return int(event.end_mark.index)


def _entries(
    event: MappingStartEvent, events: Iterator[Any], path: Path, found: dict[Path, _Place]
) -> int:
    end = _end(event)
    for inner in events:
        if isinstance(inner, MappingEndEvent):
            return _end(inner) if event.flow_style else end
        key = inner.value if isinstance(inner, ScalarEvent) else ""
        if not isinstance(inner, ScalarEvent):
            _walk(inner, events, (*path, key, ""), {})
        below = (*path, key)
        end = _walk(next(events), events, below, found)
        if below in found and found[below].start == found[below].end:
            after = inner.end_mark.index + 1  # the colon; an empty value has no letter of its own
            found[below] = _Place(after, after, block=False)
    return end


def _items(
    event: SequenceStartEvent, events: Iterator[Any], path: Path, found: dict[Path, _Place]
) -> int:
    end = _end(event)
    for inner in events:
        if isinstance(inner, SequenceEndEvent):
            return _end(inner) if event.flow_style else end
        end = _walk(inner, events, (*path, "-"), found)
    return end
