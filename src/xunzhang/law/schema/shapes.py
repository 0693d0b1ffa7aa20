"""The shapes that values of the policy language take, as JSON Schema definitions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xunzhang.law.periods import PERIODS
from xunzhang.law.read.conditions import HAPPENED_KEYS
from xunzhang.law.vocabulary import TYPES

Schema = dict[str, Any]

SETTING = {
    "type": "string",
    "pattern": r"^\$[A-Za-z_][\w-]*$",
    "description": "设置的名字，如 $review_period",
}
_SCALAR = {"type": ["string", "number", "boolean"]}


def ref(shape: str) -> Schema:
    """A reference to a definition."""
    return {"$ref": f"#/$defs/{shape}"}


def one_or_list(shape: Schema) -> Schema:
    """A single one or a list of them."""
    return {"anyOf": [shape, {"type": "array", "items": shape}]}


def closed(
    properties: Mapping[str, Schema], required: tuple[str, ...] = (), description: str = ""
) -> Schema:
    """A map with these keys and no others."""
    found: Schema = {
        "type": "object",
        "properties": dict(properties),
        "additionalProperties": False,
    }
    if required:
        found["required"] = list(required)
    if description:
        found["description"] = description
    return found


def definitions() -> dict[str, Schema]:
    """All shapes by name."""
    happened = closed(
        {
            "event": ref("word"),
            "match": ref("names"),
            "where": ref("condition"),
            "within": ref("within"),
            "at_least": ref("count"),
            "unless": ref("word"),
        },
        ("event",),
        "此前发生过的事件",
    )
    if set(happened["properties"]) != set(HAPPENED_KEYS):
        raise ValueError("happened")
    return {
        "any": {},
        "word": {"type": ["string", "number"], "description": "一个词"},
        "number": {
            "anyOf": [{"type": "number"}, {"type": "string"}],
            "description": "数字，或 $设置",
        },
        "count": {
            "anyOf": [{"type": "integer", "minimum": 1}, {"type": "string"}],
            "description": "从 1 起的整数",
        },
        "flag": {"anyOf": [{"type": "boolean"}, SETTING], "description": "true 或 false"},
        "names": {**one_or_list(_SCALAR), "description": "一个名字或名字的列表"},
        "words": {
            "anyOf": [
                {"type": "string"},
                closed({"zh": {"type": "string"}, "en": {"type": "string"}}),
            ],
            "description": "中文，或 {zh: …, en: …}",
        },
        "events": {
            **one_or_list({"type": "string"}),
            "description": "事件类型，如 customer.visited，或它们的列表",
        },
        "action": {"type": "string", "description": "操作类型，如 file.read"},
        "key": {
            "type": ["string", "integer"],
            "description": "键，如 amount、customer.grade、key(held_on)",
        },
        "map": {"type": "object", "description": "键和值"},
        "duration": {
            "type": "string",
            "description": "时间，如 3 workdays、2 work hours、1 month",
            "examples": ["3 workdays", "1 month", "2 work hours"],
        },
        "within": {
            "type": "string",
            "description": "期限，如 3 workdays、same day、end of month",
            "examples": ["3 workdays", "same day", "same workday", "end of month"],
        },
        "time": {
            "type": ["string", "number"],
            "description": "时间、周期或时点，如 month、25th、last workday、20th..25th",
        },
        "every": {
            **one_or_list({"type": "string"}),
            "description": "周期、时间，或日期的列表",
            "examples": list(PERIODS),
        },
        "reminders": {
            **one_or_list({"type": "string"}),
            "description": "到期前多久提醒，如 [1 workday before]",
        },
        "ladder": {
            **one_or_list(closed({"after": ref("duration"), "to": ref("who")}, ("after", "to"))),
            "description": "逾期多久后告知谁",
        },
        "who": {
            "anyOf": [
                {"type": "string"},
                {"type": "array", "items": ref("who")},
                closed({"if": ref("condition"), "is": ref("who")}, ("is",)),
            ],
            "description": "人员，如 by、owner、event.KEY、role:角色、head of …、manager of …、each …；或表 [{if, is}]",
            "examples": ["by", "owner", "role:总经理", "head of by"],
        },
        "condition": {
            "anyOf": [
                {"const": "always"},
                {
                    "type": "object",
                    "properties": {
                        "any": ref("parts"),
                        "all": ref("parts"),
                        "not": ref("condition"),
                        "happened": one_or_list(happened),
                    },
                    "additionalProperties": one_or_list(_SCALAR),
                },
            ],
            "description": "条件：各项都要满足；值可以是单个值、列表（其中之一）、"
            '比较（">= 5"）、区间（5..10）、present、absent',
        },
        "parts": {"anyOf": [{"type": "array", "items": ref("condition")}, {"type": "object"}]},
        "row": closed(
            {
                "if": ref("condition"),
                "by": ref("steps"),
                "refuse": ref("words"),
                "allow": {"type": "boolean"},
            },
            description="审批表的一行：第一行满足的算数",
        ),
        "steps": {
            "anyOf": [{"type": "string"}, {"type": "array", "items": ref("who")}],
            "description": "审批步骤，依次",
        },
        "table": {"type": "array", "items": ref("row")},
        "type": {"enum": sorted(TYPES), "description": "键或栏目的类型"},
        "keys": {
            "type": "object",
            "additionalProperties": {
                "anyOf": [
                    ref("type"),
                    closed(
                        {
                            "type": ref("type"),
                            "label": ref("words"),
                            "name": ref("words"),
                            "choices": ref("names"),
                            "unique": {"type": "boolean"},
                        }
                    ),
                ]
            },
            "description": "键和它们的类型",
        },
    }
