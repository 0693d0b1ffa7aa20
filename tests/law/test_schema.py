"""The JSON Schemas for editors agree with what the readers take."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from xunzhang.law.kinds import READERS
from xunzhang.law.problems import Problems
from xunzhang.law.schema import json_schema
from xunzhang.law.schema.probe import keys_of
from xunzhang.law.source import parse, plain

SCHEMA = json_schema()
TYPES: dict[str, Any] = {
    "string": str,
    "object": dict,
    "array": list,
    "boolean": bool,
    "null": type(None),
}


def of_type(value: Any, name: str) -> bool:
    if name in ("integer", "number"):
        numeric = not isinstance(value, bool) and not isinstance(value, str | list | dict | None)
        return numeric and (name == "number" or value == int(value))
    return isinstance(value, TYPES[name])


def faults(value: Any, schema: dict[str, Any], root: dict[str, Any], path: str = "") -> list[str]:
    """What in a value a schema does not take; the keywords that the product's schemas use."""
    if "$ref" in schema:
        return faults(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root, path)
    names = schema.get("type")
    if names is not None and not any(
        of_type(value, one) for one in ([names] if isinstance(names, str) else names)
    ):
        return [f"{path}: {value!r} is no {names}"]
    found = [*plain_faults(value, schema, path), *joined_faults(value, schema, root, path)]
    if isinstance(value, dict):
        found += map_faults(value, schema, root, path)
    if isinstance(value, list) and "items" in schema:
        for number, inner in enumerate(value):
            found += faults(inner, schema["items"], root, f"{path}/{number}")
    return found


def plain_faults(value: Any, schema: dict[str, Any], path: str) -> Iterator[str]:
    if "const" in schema and value != schema["const"]:
        yield f"{path}: {value!r} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value!r} is not among {schema['enum']}"
    if "pattern" in schema and isinstance(value, str) and not re.search(schema["pattern"], value):
        yield f"{path}: {value!r} is not {schema['pattern']}"


def joined_faults(value: Any, schema: dict[str, Any], root: dict[str, Any], path: str) -> list[str]:
    found: list[str] = []
    tried = [faults(value, one, root, path) for one in schema.get("anyOf", ())]
    if tried and all(tried):
        found += sorted(tried, key=len)[0]
    for one in schema.get("allOf", ()):
        if "if" not in one or not faults(value, one["if"], root, path):
            found += faults(value, one.get("then", one), root, path)
    return found


def map_faults(
    value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], path: str
) -> list[str]:
    found = [f"{path}: lacks {key}" for key in schema.get("required", ()) if key not in value]
    rest = schema.get("additionalProperties", {})
    for key, inner in value.items():
        known = schema.get("properties", {}).get(key, rest)
        found += (
            [f"{path}/{key}: unknown"]
            if known is False
            else faults(inner, known, root, f"{path}/{key}")
        )
    return found


def told(text: bytes) -> Any:
    return plain(parse(text, Problems("")))


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ({"id": "a", "kind": "dutty"}, "is not"),
        ({"id": "a", "kind": "gate", "action": "file.read", "who": "by"}, "/who: unknown"),
        ({"id": "a", "kind": "duty", "when": "a.b", "do": "c.d"}, "lacks who"),
        (
            {"id": "a", "kind": "allocation", "when": "a.b", "among": "owner", "method": "fair"},
            "is not among",
        ),
    ],
)
def test_an_editor_marks_a_rule_that_no_reader_takes(rule, wrong):
    schema = SCHEMA
    found = faults(rule, schema["$defs"]["rule"], schema)
    assert any(wrong in one for one in found), found


@pytest.mark.parametrize("kind", READERS)
def test_every_key_of_every_kind_is_explained_in_chinese(kind):
    properties = SCHEMA["$defs"][f"rule-{kind}"]["properties"]
    assert set(properties) == set(keys_of(kind).shapes)
    for key, schema in properties.items():
        assert re.search(r"[一-鿿]", schema["description"]), key
