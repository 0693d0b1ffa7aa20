"""What a policy may speak of: types of values, event and action types, customer and staff keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from xunzhang.law.calendar import COMPANY_ZONE
from xunzhang.law.facts import NOTHING, Value

Words = Mapping[str, str]

TYPES = frozenset(
    {
        "text",
        "long",
        "boolean",
        "integer",
        "decimal",
        "money",
        "date",
        "time",
        "datetime",
        "choice",
        "choices",
        "staff",
        "staffs",
        "customer",
        "department",
        "file",
        "signature",
        "phone",
        "table",
    }
)
ORDERED = frozenset({"integer", "decimal", "money", "date", "time", "datetime"})
NUMBERS = frozenset({"integer", "decimal", "money"})
_TIME = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)\Z")


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an event, action, customer or member of staff. `graded`: a grade rule finds its value."""

    name: str
    type: str
    label: Words = field(default_factory=lambda: NOTHING)
    choices: tuple[Value, ...] = ()
    unique: bool = False
    columns: Mapping[str, Key] = field(default_factory=lambda: NOTHING)
    graded: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """An event or action type with its keys. `action`: recording this event by hand is that action."""

    type: str
    name: Words
    keys: Mapping[str, Key]
    action: str | None = None

    def joined(self, other: Kind) -> Kind:
        """Both declarations as one; where both name a key, the other's type counts."""
        keys = {
            **self.keys,
            **{name: _merged(self.keys.get(name), key) for name, key in other.keys.items()},
        }
        return Kind(self.type, other.name or self.name, keys, other.action or self.action)


def _merged(before: Key | None, key: Key) -> Key:
    """A key declared twice takes the choices of both; open in one place, it is open. It keeps the words it has.

    What is declared goes before what a grade gives.
    """
    if before is None:
        return key
    if before.graded != key.graded:
        counts, other = (before, key) if key.graded else (key, before)
        return counts if counts.label else replace(counts, label=other.label)
    if before.choices == key.choices:
        return key if key.label else replace(key, label=before.label)
    choices = (
        tuple(dict.fromkeys((*before.choices, *key.choices)))
        if before.choices and key.choices
        else ()
    )
    return replace(key, choices=choices, label=key.label or before.label)


EVERYWHERE: Mapping[str, Key] = {
    key.name: key
    for key in (
        Key("type", "text", {"zh": "类型", "en": "type"}),
        Key("at", "datetime", {"zh": "时间", "en": "time"}),
        Key("by", "staff", {"zh": "经办人", "en": "recorded by"}),
        Key("customer", "customer", {"zh": "客户", "en": "customer"}),
        Key("case", "text", {"zh": "个案", "en": "case"}),
        Key("form", "text", {"zh": "表单", "en": "form"}),
        Key("items", "table", {"zh": "项目", "en": "items"}),
        Key("batch", "text", {"zh": "批次", "en": "batch"}),
    )
}
CASE_KEYS: Mapping[str, Key] = {
    key.name: key
    for key in (
        Key("process", "text", {"zh": "流程", "en": "process"}),
        Key("stage", "text", {"zh": "阶段", "en": "stage"}),
        Key("handler", "staff", {"zh": "经办人", "en": "handler"}),
        Key("late", "boolean", {"zh": "曾逾期", "en": "was late"}),
    )
}


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All declared types. Immutable: joining gives a new one; one equals itself alone."""

    events: Mapping[str, Kind] = field(default_factory=lambda: NOTHING)
    actions: Mapping[str, Kind] = field(default_factory=lambda: NOTHING)
    customer_keys: Mapping[str, Key] = field(default_factory=lambda: NOTHING)
    staff_keys: Mapping[str, Key] = field(default_factory=lambda: NOTHING)

    def joined(self, other: Vocabulary) -> Vocabulary:
        """This vocabulary and another; keys of a type declared twice are joined."""
        return Vocabulary(
            _joined(self.events, other.events),
            _joined(self.actions, other.actions),
            {**self.customer_keys, **other.customer_keys},
            {**self.staff_keys, **other.staff_keys},
        )

    def event_keys(self, types: Iterable[str]) -> dict[str, Key]:
        """All keys that any of these event (or action) types may carry."""
        return {
            **EVERYWHERE,
            **gathered(
                kinds[name].keys
                for name in types
                for kinds in (self.events, self.actions)
                if name in kinds
            ),
        }

    def case_keys(self) -> Mapping[str, Key]:
        """All keys that a case may know: those of every event, and the reserved ones."""
        return _case_keys(self)


@lru_cache(maxsize=16)
def _case_keys(vocabulary: Vocabulary) -> Mapping[str, Key]:
    found = gathered(kind.keys for kind in vocabulary.events.values())
    return {**found, **EVERYWHERE, **CASE_KEYS}


def gathered(places: Iterable[Mapping[str, Key]]) -> dict[str, Key]:
    """The keys of several places: of one name and type with the choices of all, else as the last has it."""
    found: dict[str, Key] = {}
    for keys in places:
        for name, key in keys.items():
            before = found.get(name)
            found[name] = _merged(before if before and before.type == key.type else None, key)
    return found


def _joined(ours: Mapping[str, Kind], theirs: Mapping[str, Kind]) -> dict[str, Kind]:
    found = dict(ours)
    for name, kind in theirs.items():
        found[name] = found[name].joined(kind) if name in found else kind
    return found


class BadValue(ValueError):
    """A value that its key's type does not take; says what would be right."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def company_time(text: str) -> datetime:
    """An ISO time as an aware instant; without a zone it is company time."""
    found = datetime.fromisoformat(text)
    return (
        found.replace(tzinfo=COMPANY_ZONE)
        if found.tzinfo is None
        else found.astimezone(COMPANY_ZONE)
    )


def coerce(key: Key, raw: Any) -> Value:
    """The value of a key as its type holds it. Raises BadValue."""
    if raw is None:
        return None
    value: Value
    if key.type in _READERS:
        value = _READERS[key.type](raw)
    elif key.type in ("choices", "staffs"):
        value = [str(item) for item in raw] if isinstance(raw, list | tuple) else [str(raw)]
    elif key.type == "table":
        value = raw
    else:
        value = list(raw) if isinstance(raw, list | tuple) else _text(raw)
    _check_choice(key, value)
    return value


def _check_choice(key: Key, value: Value) -> None:
    if not key.choices:
        return
    values = value if isinstance(value, list) else [value]
    for one in values:
        if one not in key.choices and str(one) not in map(str, key.choices):
            listed = "、".join(map(str, key.choices))
            raise BadValue(f"“{one}”不在选项之内：{listed}", f"“{one}” is not one of: {listed}")


def _text(raw: Any) -> str:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    return raw if isinstance(raw, str) else str(raw)


def _boolean(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.lower() in ("true", "false"):
        return raw.lower() == "true"
    raise BadValue(f"“{raw}”应为 true 或 false", f"“{raw}” should be true or false")


def _number(raw: Any) -> Decimal | int:
    if isinstance(raw, bool):
        raise BadValue(f"“{raw}”应为数字", f"“{raw}” should be a number")
    if isinstance(raw, int | Decimal):
        return raw
    try:
        found = Decimal(str(raw).strip().replace(",", ""))
    except InvalidOperation:
        raise BadValue(f"“{raw}”应为数字", f"“{raw}” should be a number") from None
    if not found.is_finite():
        raise BadValue(f"“{raw}”应为有限的数字", f"“{raw}” should be a finite number")
    return found


LONGEST_NUMBER = 60
"""Of how many digits a whole number may be."""


def _integer(raw: Any) -> int:
    number = _number(raw)
    if Decimal(number).adjusted() > LONGEST_NUMBER:
        raise BadValue("数字太长", "the number is too long")
    if number != int(number):
        raise BadValue(f"“{raw}”应为整数", f"“{raw}” should be a whole number")
    return int(number)


def _date(raw: Any) -> date:
    if isinstance(raw, datetime):
        return raw.astimezone(COMPANY_ZONE).date()
    if isinstance(raw, date):
        return raw
    try:
        text = str(raw)
        return date.fromisoformat(text) if len(text) == 10 else company_time(text).date()
    except ValueError:
        raise BadValue(
            f"“{raw}”应为日期，如 2026-03-05", f"“{raw}” should be a date such as 2026-03-05"
        ) from None


def _datetime(raw: Any) -> datetime:
    if isinstance(raw, datetime):
        return raw
    if isinstance(raw, date):
        return datetime(raw.year, raw.month, raw.day, tzinfo=COMPANY_ZONE)
    try:
        return company_time(str(raw))
    except ValueError:
        raise BadValue(
            f"“{raw}”应为时间，如 2026-03-05T10:00",
            f"“{raw}” should be a time such as 2026-03-05T10:00",
        ) from None


def _time(raw: Any) -> str:
    if isinstance(raw, time):
        return raw.strftime("%H:%M")
    found = _TIME.match(str(raw))
    if not found:
        raise BadValue(
            f"“{raw}”应为钟点，如 09:00", f"“{raw}” should be a time of day such as 09:00"
        )
    return f"{int(found[1]):02d}:{found[2]}"


_READERS = {
    "boolean": _boolean,
    "integer": _integer,
    "decimal": _number,
    "money": _number,
    "date": _date,
    "datetime": _datetime,
    "time": _time,
}
