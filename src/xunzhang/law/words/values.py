"""The values of settings: which shape they have, and how people say them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from xunzhang.law.durations import parse_within
from xunzhang.law.facts import Value, jsonable
from xunzhang.law.malformed import Malformed
from xunzhang.law.spans import PERIODS, say_period
from xunzhang.law.words.speaker import Speaker

Shape = Literal["time", "period", "number", "yes", "who", "date", "words", "list"]
_WHO = re.compile(
    r"(each )?(role:|on duty role:|head of |manager of |in |by\Z|owner\Z|everyone\Z|event\.|case\.)"
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def shape_of(value: Value) -> Shape:
    """Which shape a written value has; a missing one has the shape of words."""
    if isinstance(value, bool):
        return "yes"
    if isinstance(value, int | Decimal):
        return "number"
    if isinstance(value, list | tuple | Mapping):
        return "list"
    if isinstance(value, date):
        return "date"
    return _shape_of_text(str(value or ""))


def _shape_of_text(text: str) -> Shape:
    if text in PERIODS:
        return "period"
    if _is_time(text):
        return "time"
    if _WHO.match(text):
        return "who"
    return "date" if _DAY.match(text) else "words"


def _is_time(text: str) -> bool:
    try:
        parse_within(text)
    except Malformed:
        return False
    return True


def say_value(value: Value, by: Speaker) -> str:
    """A setting's value as people say it: `3 个工作日`, `每季度`, `总经理`."""
    text = str(value)
    match shape_of(value):
        case "time":
            return parse_within(text).say(by.lang)
        case "period":
            return next(say_period(one, by.lang) for one in PERIODS if one == text)
        case "who":
            return _who(text, by)
        case "list":
            return _listed(value, by)
        case "yes" | "number":
            return by.value(value)
        case "date" | "words":
            return by.pick("未定", "not decided") if value is None else text


def _who(text: str, by: Speaker) -> str:
    """The people that a written who names; what has no plain words stays as it is written."""
    simple = {
        "by": by.pick("经办人", "the person who recorded it"),
        "owner": by.pick("客户负责人", "the customer's owner"),
        "everyone": by.pick("全体员工", "all staff"),
    }
    if text in simple:
        return simple[text]
    for head, zh, en in (
        ("each role:", "每位{}", "each {}"),
        ("on duty role:", "当班的{}", "the {} on duty"),
        ("role:", "{}", "{}"),
        ("head of ", "{}负责人", "the head of {}"),
        ("manager of ", "{}的上级", "the manager of {}"),
        ("in ", "{}人员", "anybody in {}"),
    ):
        if text.startswith(head):
            inner = text.removeprefix(head)
            return by.pick(zh, en).format(_who(inner, by) if _WHO.match(inner) else inner)
    return text


def _listed(value: Value, by: Speaker) -> str:
    if isinstance(value, Mapping):
        pairs = [f"{key}{by.pick('：', ': ')}{say_value(one, by)}" for key, one in value.items()]
        return by.pick("；", "; ").join(pairs)
    if isinstance(value, list | tuple):
        return by.listed(say_value(one, by) for one in value)
    return str(jsonable(value))
