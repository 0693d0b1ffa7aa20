"""The JSON Schema of rehearsal files."""

from __future__ import annotations

from collections.abc import Mapping

from xunzhang.law.rehearsal.expecting import EXPECT_KEYS, ROW_KINDS
from xunzhang.law.rehearsal.reading import REHEARSAL_KEYS, STEP_KEYS
from xunzhang.law.schema.policy import DRAFT, calendar
from xunzhang.law.schema.shapes import Schema, closed, definitions, one_or_list, ref

_WHEN: Schema = {"type": "string", "description": "时间，如 2026-03-02T10:00"}
_ROWS: Mapping[str, str] = {
    "duties": "待办：{rule, who, due, state, …}",
    "breaches": "违规：{code, who, count, …}",
    "sanctions": "处罚建议：{who, fine | step | deduct | choose, article}",
    "cases": "个案：{case, process, stage}",
    "awards": "奖励：{to, points}",
    "assignments": "分配：{customer, to}",
    "reminders": "提醒：{rule, who}",
    "promotions": "晋升：{who, to}",
    "grades": "分级：{score, class}",
    "missing": "缺件：{key, label}",
    "notices": "通知：{rule, to, customer}",
    "guides": "指引：{rule, article}",
}
_EXPECT: Mapping[str, tuple[Schema, str]] = {
    **{kind: (one_or_list({"type": "object"}), text) for kind, text in _ROWS.items()},
    "none": (one_or_list({"enum": list(ROW_KINDS)}), "没有新的哪些结果"),
    "only": (one_or_list({"enum": list(ROW_KINDS)}), "所列的就是全部新的结果"),
    "ruling": ({"enum": ["allowed", "refused", "needs_approval"]}, "裁定"),
    "steps": ({"type": "array"}, "尚缺的审批步骤"),
    "reasons": (
        one_or_list({"anyOf": [ref("word"), {"type": "object"}]}),
        "不予办理的理由：条、表单/栏目、流程/阶段: 缺什么",
    ),
    "warnings": (ref("names"), "警示的条"),
    "say": (one_or_list(ref("word")), "拒绝时的话"),
    "because": (one_or_list({"type": "object"}), "裁定的依据：{policy, version, article, rule}"),
    "score": (ref("number"), "得分"),
    "class": (ref("word"), "等级"),
}
_STEP: Mapping[str, tuple[Schema, str]] = {
    "at": (_WHEN, "何时"),
    "event": ({"type": "object", "required": ["type"]}, "发生的事件"),
    "events": ({"type": "array", "items": {"type": "object"}}, "发生的几个事件"),
    "ask": ({"type": "object"}, "询问：可否办理、评级或清单"),
    "set": (one_or_list({"type": "object"}), "没有事件而改变的情况"),
    "expect": (ref("expect"), "应有的结果"),
    "clause": (ref("names"), "本步证明的条款"),
    "repeat": (ref("count"), "重复几次，值里可用 {n}"),
    "note": (ref("words"), "说明"),
}
_WHOLE: Mapping[str, tuple[Schema, str]] = {
    "rehearsal": ({"type": "string"}, "演练的名称"),
    "policies": (one_or_list({"type": ["string", "object"]}), "制度：代码、文件路径或制度本身"),
    "departments": (
        {
            "type": "array",
            "items": closed(
                {"name": ref("word"), "head": ref("word"), "parent": ref("word")}, ("name",)
            ),
        },
        "部门",
    ),
    "staff": ({"type": "array", "items": {"type": "object", "required": ["id"]}}, "员工"),
    "customers": ({"type": "array", "items": {"type": "object", "required": ["id"]}}, "客户"),
    "calendars": ({"type": "object", "additionalProperties": ref("calendar")}, "公司日历"),
    "steps": ({"type": "array", "items": ref("step")}, "各步，按时间先后"),
    "note": (ref("words"), "说明"),
    "clause": (ref("names"), "证明的条款"),
}


def rehearsal_schema() -> Schema:
    """The schema of a rehearsal file, with descriptions in Chinese."""
    whole = _described(_WHOLE, REHEARSAL_KEYS, ("policies", "steps"))
    parts = {
        "step": _described(_STEP, STEP_KEYS, ("at",)),
        "expect": _described(_EXPECT, EXPECT_KEYS, ()),
        "calendar": calendar(),
    }
    return {"$schema": DRAFT, "title": "循章演练文件", **whole, "$defs": {**definitions(), **parts}}


def _described(
    keys: Mapping[str, tuple[Schema, str]], known: tuple[str, ...], required: tuple[str, ...]
) -> Schema:
    return closed(
        {name: {**keys[name][0], "description": keys[name][1]} for name in known}, required
    )
