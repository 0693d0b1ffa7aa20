"""The JSON Schema of policy files."""

from __future__ import annotations

from collections.abc import Mapping

from xunzhang.law.calendar_form import Base
from xunzhang.law.read.articles import ARTICLE_KEYS
from xunzhang.law.read.document import DOCUMENT_KEYS, TERM_OF
from xunzhang.law.read.forms import ABOUT, FIELD_KEYS, FORM_KEYS
from xunzhang.law.read.processes import PROCESS_NAMES
from xunzhang.law.schema.rules import rule_definitions
from xunzhang.law.schema.shapes import Schema, closed, definitions, one_or_list, ref

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DATE: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_DATE_OR_NONE: Schema = {"anyOf": [_DATE, {"type": "null"}]}
_LIST_OF_WORDS: Schema = {"type": "array", "items": {"type": ["string", "number"]}}
_TYPE: Schema = {"type": "string", "pattern": r"^[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*)+$"}
_ENTRY = {"type": _TYPE, "name": ref("words"), "keys": ref("keys")}

_DOCUMENT: Mapping[str, tuple[Schema, str]] = {
    "policy": ({"type": "string", "pattern": "^[a-z0-9-]+$"}, "制度的唯一代码"),
    "title": (ref("words"), "制度名称"),
    "issuer": (ref("words"), "解释和维护的部门"),
    "approver": (ref("word"), "版本须经谁批准，如 role:总经理"),
    "version": (ref("word"), "版本号"),
    "effective": (_DATE, "施行日期（含）"),
    "until": (_DATE_OR_NONE, "废止日期（不含）"),
    "industry": (ref("word"), "行业"),
    "calendar": (ref("word"), "日历：china、weekdays、everyday 或公司日历的名字"),
    "calendars": ({"type": "object", "additionalProperties": ref("calendar")}, "公司日历"),
    "roles": (ref("names"), "本制度提到的角色"),
    "articles": ({"type": "array", "items": ref("article")}, "条"),
    "chapters": ({"type": "array", "items": ref("chapter")}, "章"),
    "settings": (
        {"type": "object", "additionalProperties": ref("setting")},
        "原文没有写明、由公司确定的值",
    ),
    "events": (
        {"type": "array", "items": closed({**_ENTRY, "action": _TYPE}, ("type",))},
        "本制度自己的事件",
    ),
    "actions": ({"type": "array", "items": closed(_ENTRY, ("type",))}, "本制度自己的操作"),
    "terms": ({"type": "object", "additionalProperties": ref("term")}, "定义：有名字的条件"),
    "forms": ({"type": "array", "items": ref("form")}, "表单"),
    "processes": ({"type": "array", "items": ref("process")}, "流程"),
    "customer_keys": (ref("keys"), "公司自己的客户资料"),
    "staff_keys": (ref("keys"), "公司自己的员工资料"),
    "replaces": (ref("names"), "本制度施行时废止哪些制度"),
    "prevails_over": (ref("names"), "本制度优先于哪些制度"),
    "scope": (ref("condition"), "适用范围，加在每条规则的条件上"),
    "note": (ref("words"), "说明"),
}
_ARTICLE: Mapping[str, tuple[Schema, str]] = {
    "no": (ref("word"), "条号"),
    "title": (ref("words"), "条的标题"),
    "text": (ref("words"), "条文"),
    "clause": (ref("names"), "对应的条款编号"),
    "note": (ref("words"), "对含糊条文的理解"),
    "waits": ({"type": "object"}, "要靠页面或记录而不是规则执行的条款"),
    "effective": (_DATE, "本条另定的施行日期"),
    "rules": ({"type": "array", "items": ref("rule")}, "执行本条的规则"),
}
_FORM: Mapping[str, tuple[Schema, str]] = {
    "code": (ref("word"), "表单代码"),
    "title": (ref("words"), "表单名称"),
    "about": ({"enum": list(ABOUT)}, "关于什么"),
    "event": (ref("word"), "提交时记录的事件"),
    "fields": ({"type": "array", "items": ref("field")}, "栏目"),
    "sign": (ref("steps"), "依次签字的人"),
    "copies": ({"anyOf": [ref("count"), ref("names")]}, "份数，或各份给谁"),
    "article": (ref("word"), "哪一条要求填它"),
    "note": (ref("words"), "说明"),
}
_FIELD: Mapping[str, tuple[Schema, str]] = {
    "key": (ref("word"), "键"),
    "label": (ref("words"), "名称"),
    "type": (ref("type"), "类型"),
    "required": ({"anyOf": [{"type": "boolean"}, ref("condition")]}, "必填，或何时必填"),
    "choices": (_LIST_OF_WORDS, "选项"),
    "pattern": ({"type": "string"}, "格式（正则表达式）"),
    "default": ({}, "预填：值、人员，或 customer.KEY、case.KEY、by.KEY、owner.KEY"),
    "is": ({"type": "string"}, "算式，如 price * number"),
    "columns": ({"type": "array", "items": ref("field")}, "表格的列"),
    "rows": (ref("word"), "每行另记为哪个事件"),
    "unique": ({"type": "boolean"}, "不得重复"),
}
_PROCESS: Mapping[str, tuple[Schema, str]] = {
    "code": (ref("word"), "流程代码"),
    "title": (ref("words"), "流程名称"),
    "case": (ref("word"), "个案的种类"),
    "stages": ({"type": "array", "items": ref("stage")}, "阶段"),
    "stages_of": (ref("word"), "沿用哪个流程的阶段"),
    "next": (
        {
            "type": "object",
            "additionalProperties": one_or_list(
                {
                    "anyOf": [
                        {"type": "string"},
                        closed({"to": ref("word"), "if": ref("condition")}, ("to",)),
                    ]
                }
            ),
        },
        "每个阶段之后可以进入哪些阶段",
    ),
    "starts": (
        one_or_list(closed({"when": ref("events"), "if": ref("condition")}, ("when",))),
        "哪些事件开始一个个案",
    ),
    "article": (ref("word"), "所依据的条"),
    "note": (ref("words"), "说明"),
}
_STAGE = closed(
    {
        "code": ref("word"),
        "title": ref("words"),
        "who": ref("who"),
        "checklist": ref("word"),
        "approval": {},
        "forms": one_or_list(
            {
                "anyOf": [
                    {"type": "string"},
                    closed({"form": ref("word"), "if": ref("condition")}, ("form",)),
                ]
            }
        ),
        "if": ref("condition"),
        "within": ref("within"),
        "breach": ref("word"),
        "again": ref("duration"),
        "remind": ref("reminders"),
        "escalate": ref("ladder"),
        "article": ref("word"),
        "note": ref("words"),
        "text": ref("words"),
    },
    ("code",),
    "流程的一个阶段",
)


def json_schema() -> Schema:
    """The schema of a policy file, with descriptions in Chinese."""
    whole = _described(_DOCUMENT, DOCUMENT_KEYS, ("policy", "title", "version", "effective"))
    parts = {
        "article": _described(_ARTICLE, ARTICLE_KEYS, ("no", "text")),
        "chapter": closed(
            {
                "title": ref("words"),
                "articles": {"type": "array", "items": ref("article")},
                "note": ref("words"),
            },
            description="一章",
        ),
        "setting": {
            "anyOf": [
                closed(
                    {
                        "value": {},
                        "stated": {"type": "boolean"},
                        "why": ref("words"),
                        "name": ref("words"),
                    },
                    ("value",),
                ),
                {"type": ["string", "number", "boolean"]},
            ]
        },
        "term": closed(
            {
                "of": {"enum": list(TERM_OF)},
                "name": ref("words"),
                "if": ref("condition"),
                "note": ref("words"),
            },
            ("of", "if"),
            "一个定义",
        ),
        "form": _described(_FORM, FORM_KEYS, ("code", "title", "event")),
        "field": _described(_FIELD, FIELD_KEYS, ("key",)),
        "process": _described(_PROCESS, PROCESS_NAMES, ("code", "title")),
        "stage": _STAGE,
        "calendar": calendar(),
    }
    shapes = {**definitions(), **rule_definitions(), **parts}
    return {"$schema": DRAFT, "title": "循章制度文件", **whole, "$defs": shapes}


def calendar() -> Schema:
    """A company calendar."""
    return closed(
        {
            "base": {"enum": list(Base.__args__)},  # type: ignore[attr-defined]
            "hours": {"type": "object"},
            "holidays": {"type": "array"},
            "workdays": {"type": "array"},
            "half_days": {"type": "object"},
        },
        description="公司日历",
    )


def _described(
    keys: Mapping[str, tuple[Schema, str]], known: tuple[str, ...], required: tuple[str, ...]
) -> Schema:
    """The map of the keys that a reader knows; a key without a description is a mistake here."""
    return closed(
        {name: {**keys[name][0], "description": keys[name][1]} for name in known}, required
    )
