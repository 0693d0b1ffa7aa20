"""The parts of a rule or stage: every value in it, however deep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import TypeVar

from xunzhang.law import who as w
from xunzhang.law.calendar import Calendar
from xunzhang.law.conditions import Test
from xunzhang.law.durations import Duration, Term
from xunzhang.law.paths import Path
from xunzhang.law.paths import Term as NamedCondition
from xunzhang.law.problems import Mark
from xunzhang.law.rules.post import PostRule
from xunzhang.law.rules.promotion import PromotionRule
from xunzhang.law.text import Edition

T = TypeVar("T")
PLACE = frozenset(
    {"id", "policy", "version", "article", "order", "calendar", "mark", "while_marks"}
)
"""Fields that say where a rule stands, not what it means."""


def parts(value: object) -> Iterator[object]:
    """The value and everything inside it; places, calendars and terms are left aside."""
    yield value
    for inner in _inside(value):
        yield from parts(inner)


def _inside(value: object) -> list[object]:
    if isinstance(value, Mark | Calendar | NamedCondition | str):
        return []
    if isinstance(value, Mapping):
        return list(value.values())
    if isinstance(value, tuple | list | frozenset):
        return list(value)
    if is_dataclass(value):
        return [getattr(value, one.name) for one in fields(value) if one.name not in PLACE]
    return []


def parts_of(value: object, kind: type[T]) -> list[T]:
    """The parts of one type."""
    return [part for part in parts(value) if isinstance(part, kind)]


def durations(value: object) -> list[Duration | Term]:
    """Every time in it."""
    return [part for part in parts(value) if isinstance(part, Duration | Term)]


def figures(value: object) -> set[Decimal]:
    """Every number in it, those inside its times and ranges too."""
    found = {
        Decimal(part)
        for part in parts(value)
        if isinstance(part, Decimal | int) and not isinstance(part, bool)
    }
    for part in parts(value):
        if isinstance(part, str):
            found.update(Decimal(one) for one in _numbers(part))
    return found


def _numbers(text: str) -> list[str]:
    words = text.replace("%", " ").replace("..", " ").replace("=", " ").split()
    return [word for word in words if word.replace(".", "", 1).isdigit() and word.isascii()]


def roles(value: object) -> set[str]:
    """Every role that it names, in whos, in tests of roles, as a post or a promotion."""
    found: set[str] = set()
    for part in parts(value):
        match part:
            case w.Role(name) | w.OnDuty(name) | w.RoleIn(name, _):
                found.add(name)
            case PostRule(role=str(name)):
                found.add(name)
            case PromotionRule(from_role=old, to_role=new):
                found |= {old, new}
            case Test(path=Path(key=key)) if key.name == "roles":
                found |= {str(one) for one in parts(part.operand) if isinstance(one, str)}
    return found


def everything(edition: Edition) -> list[object]:
    """All that a policy orders: rules, forms, processes and the conditions of its terms."""
    return [
        *edition.rules(),
        *edition.forms.values(),
        *edition.processes.values(),
        *(term.condition for term in edition.terms.values() if term.condition is not None),
    ]
