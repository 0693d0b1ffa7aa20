"""The schema of each rule kind, from what its reader asks for."""

from __future__ import annotations

from collections.abc import Mapping

from xunzhang.law.kinds import READERS
from xunzhang.law.schema.described import KINDS, described
from xunzhang.law.schema.probe import keys_of
from xunzhang.law.schema.shapes import Schema, closed, one_or_list, ref

_LOOKS: Mapping[str, str] = {
    "for": "condition",
    "only_if": "condition",
    "refuse_if": "condition",
    "every": "every",
    "metric": "word",
    "at_least": "number",
    "at_most": "number",
    "table": "table",
}
_ITEM = closed(
    {
        "key": ref("word"),
        "form": ref("word"),
        "label": ref("words"),
        "copies": ref("count"),
        "signed": ref("flag"),
        "if": ref("condition"),
        "item": ref("word"),
    },
    description="一项材料",
)
_INDICATOR = closed(
    {
        "key": ref("word"),
        "label": ref("words"),
        "weight": ref("number"),
        "metric": ref("word"),
        "if": ref("condition"),
        "bands": {"description": "[[下限, 分数], …] 或 {选项: 分数}"},
    },
    ("key",),
    "一项指标",
)
_OWN: Mapping[tuple[str, str], Schema] = {
    ("duty", "by"): ref("time"),
    ("approval", "by"): ref("steps"),
    ("cap", "limit"): {"type": "object"},
    ("cap", "over"): {
        "anyOf": [
            {"enum": ["refused", "warn"]},
            closed({"by": ref("steps"), "table": ref("table")}),
        ]
    },
    ("checklist", "action"): ref("action"),
    ("checklist", "items"): {"type": "array", "items": {"anyOf": [{"type": "string"}, _ITEM]}},
    ("grade", "by"): ref("who"),
    ("grade", "of"): ref("word"),
    ("grade", "indicators"): {"type": "array", "items": _INDICATOR},
    ("grade", "classes"): {
        "type": "object",
        "additionalProperties": {"anyOf": [{"type": "string"}, ref("condition")]},
    },
    ("target", "duty"): closed(
        {"who": ref("who"), "do": ref("events"), "within": ref("within")}, ("who", "do")
    ),
    ("breach", "count"): {"type": ["integer", "string"]},
    ("sanction", "fine"): {"type": ["number", "string"]},
    ("sanction", "steps"): {
        "type": "array",
        "items": {
            "anyOf": [
                {"type": "string"},
                closed({"fine": {"type": ["number", "string"]}, "deduct": {"type": "string"}}),
            ]
        },
    },
    ("sanction", "also"): one_or_list(ref("who")),
    ("sanction", "from"): ref("count"),
    ("award", "points"): {
        "anyOf": [
            ref("number"),
            closed(
                {"per": ref("number"), "of": ref("key"), "give": ref("number")},
                ("per", "of", "give"),
            ),
        ]
    },
    ("recurring", "done_by"): ref("word"),
    ("reclaim", "to"): ref("who"),
    ("guide", "at"): ref("word"),
    ("set", "customer"): ref("map"),
    ("set", "staff"): ref("map"),
}


def rule_definitions() -> dict[str, Schema]:
    """A definition for every rule kind, and `rule`, which chooses by `kind`."""
    found = {f"rule-{kind}": _kind(kind) for kind in READERS}
    choices = [
        {
            "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
            "then": ref(f"rule-{kind}"),
        }
        for kind in READERS
    ]
    kinds = [{"const": kind, "description": KINDS[kind]} for kind in READERS]
    found["rule"] = {
        "type": "object",
        "required": ["id", "kind"],
        "description": "一条规则",
        "properties": {"kind": {"anyOf": kinds}},
        "allOf": choices,
    }
    return found


def _kind(kind: str) -> Schema:
    keys = keys_of(kind)
    properties = {}
    for key, shape in keys.shapes.items():
        own = _OWN.get((kind, key)) or (
            {"enum": list(keys.choices[key])} if key in keys.choices else None
        )
        schema = own or ref(_LOOKS.get(key, shape))
        properties[key] = {**schema, "description": described(kind, key)}
    properties["kind"] = {"const": kind, "description": KINDS[kind]}
    return closed(properties, ("id", "kind", *keys.required), KINDS[kind])
