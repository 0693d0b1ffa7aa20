"""Conditions on customers as queries: exactly the truth of the same condition in memory.

What has no exact counterpart in SQL (order of texts, numbers kept as text, most of the past) raises
NotCompilable and is to be tested in memory.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Case, CharField, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Cast

from xunzhang.law.calendar import Calendar, company_time, midnight
from xunzhang.law.conditions import (
    ALWAYS,
    All,
    Always,
    Clock,
    Condition,
    Happened,
    Not,
    PolicyScope,
    Range,
    Test,
)
from xunzhang.law.conditions import Any as AnyOf
from xunzhang.law.facts import NOTHING, Staff
from xunzhang.law.scope import Scope
from xunzhang.organisation.queries import directory
from xunzhang.policy import registry
from xunzhang.policy.models import Event

NEVER = Q(pk__in=())
EVERYBODY = Q(pk__isnull=False)
TEXTS = frozenset(
    [
        "name",
        "kind",
        "grade",
        "region",
        "status",
        "phone",
        "industry",
        "code",
        "uscc",
        "address",
        "source",
    ]
)
DATES = frozenset({"birthday"})
MOMENTS = frozenset({"filed_at", "created_at"})
LOOKUPS = {"<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}
FREE_KEYS = frozenset({"text", "choice", "boolean"})


class NotCompilable(ValueError):
    """A condition that has no exact counterpart as a query."""


def compile_condition(condition: Condition, at: datetime, calendar: Calendar) -> Q:
    """Return the query over customers for which a condition holds at a moment. Raises NotCompilable."""
    match condition:
        case Always():
            return EVERYBODY
        case All() | AnyOf():
            return _joined(condition, at, calendar)
        case Not():
            return negated(compile_condition(condition.part, at, calendar))
        case PolicyScope():
            return compile_condition(condition.part, at, calendar)
        case Test():
            return _test(condition, at, calendar)
        case Happened():
            return _happened(condition)
        case _:
            raise NotCompilable(type(condition).__name__)


def compile_wider(condition: Condition, at: datetime, calendar: Calendar) -> Q:
    """Return a query over customers that leaves out none for whom the condition holds."""
    match condition:
        case All():
            found = EVERYBODY
            for part in condition.parts:
                found = found & compile_wider(part, at, calendar)
            return found
        case PolicyScope():
            return compile_wider(condition.part, at, calendar)
        case _:
            try:
                return compile_condition(condition, at, calendar)
            except NotCompilable:
                return EVERYBODY


def _joined(condition: All | AnyOf, at: datetime, calendar: Calendar) -> Q:
    every = isinstance(condition, All)
    found = EVERYBODY if every else NEVER
    for part in condition.parts:
        one = compile_condition(part, at, calendar)
        found = found & one if every else found | one
    return found


def negated(found: Q) -> Q:
    """Return what holds exactly where the query does not, also where something is null."""
    return Q(
        Case(
            When(found, then=Value(value=False)),
            default=Value(value=True),
            output_field=BooleanField(),
        )
    )


def _happened(condition: Happened) -> Q:
    plain = condition.where is ALWAYS and condition.within is None and condition.unless is None
    if not plain or condition.at_least != 1 or condition.match != ("customer",):
        raise NotCompilable(f"happened {condition.event}")
    own = Cast(OuterRef("pk"), CharField(max_length=40))
    return Q(Exists(Event.objects.filter(type=condition.event, customer=own)))


def _test(test: Test, at: datetime, calendar: Calendar) -> Q:
    path = test.path
    operand = test.operand
    if isinstance(operand, Clock):
        operand = operand.value(_nowhere(at, calendar))
    elif not isinstance(operand, _FACTS):
        raise NotCompilable(test.text)
    if path.hops and path.hops[0].term is not None and len(path.hops) == 1:
        return _term(test, operand, at, calendar)
    if path.root == "thing" and not path.hops:
        return _own(test, operand)
    if path.first == "owner" and len(path.hops) == 1 and path.hops[0].kind == "staff":
        return _of_owner(test, at, calendar)
    raise NotCompilable(test.text)


def _nowhere(at: datetime, calendar: Calendar) -> Scope:
    return Scope(None, at, calendar, kind="customer", thing=NOTHING)  # type: ignore[arg-type]


def _term(test: Test, operand: Any, at: datetime, calendar: Calendar) -> Q:
    term = test.path.hops[0].term
    if term is None or term.of != "customer" or term.condition is None:
        raise NotCompilable(test.text)
    found = compile_condition(term.condition, at, calendar)
    return _boolean(test.op, operand, found, test.text)


def _of_owner(test: Test, at: datetime, calendar: Calendar) -> Q:
    """Test the owner's key on everybody who works here, and name those for whom it holds."""
    key = test.path.hops[0].key
    column = registry.customers().column_for("owner")

    def holds(person: Staff | None) -> bool:
        found = _Constant(person.get(key) if person is not None else None)
        return Test(found, test.op, test.operand, test.text).holds(_nowhere(at, calendar))  # type: ignore[arg-type]

    fitting = [int(id) for id, one in directory(at).staff.items() if id.isdecimal() and holds(one)]
    return Q(**{f"{column}__in": fitting}) | (
        Q(**{f"{column}__isnull": True}) if holds(None) else NEVER
    )


class _Constant:
    """A path that leads to one value."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def get(self, _scope: Scope) -> Any:
        return self.value


# -- a customer's own keys ---------------------------------------------------------------------------------


def _own(test: Test, operand: Any) -> Q:
    key = test.path.first
    column = registry.customers().column_for(key)
    if key == "filed":
        return _boolean(test.op, operand, Q(**{f"{column}__isnull": False}), test.text)
    if key == "owner":
        return _identity(test, operand, column)
    if key in TEXTS:
        return _text(test, operand, column, Q(**{column: ""}) | Q(**{f"{column}__isnull": True}))
    if key in DATES:
        return _dated(test, operand, column, _on_day)
    if key in MOMENTS:
        return _dated(test, operand, column, _in_day)
    if test.path.key.type in FREE_KEYS and column.startswith("keys__"):
        return _free(test, operand, column)
    raise NotCompilable(test.text)


def _boolean(op: str, operand: Any, found: Q, text: str) -> Q:
    wanted = [_truth(one) for one in (operand if isinstance(operand, list | tuple) else [operand])]
    match op:
        case "present":
            return EVERYBODY
        case "absent":
            return NEVER
        case "=" | "in":
            return (found if True in wanted else NEVER) | (
                negated(found) if False in wanted else NEVER
            )
        case "!=":
            return (
                negated(_boolean("=", operand, found, text)) if operand is not None else EVERYBODY
            )
        case _:
            raise NotCompilable(text)


def _truth(operand: Any) -> bool | None:
    return {"true": True, "false": False}.get(
        str(operand).lower() if isinstance(operand, bool) else str(operand)
    )


def _identity(test: Test, operand: Any, column: str) -> Q:
    absent = Q(**{f"{column}__isnull": True})
    return _compared(test, operand, absent, lambda one: _known(column, one))


def _known(column: str, one: str) -> Q:
    return Q(**{column: int(one)}) if one.isdecimal() and str(int(one)) == one else NEVER


def _text(test: Test, operand: Any, column: str, absent: Q) -> Q:
    return _compared(test, operand, absent, lambda one: Q(**{column: one}) if one else NEVER)


def _compared(test: Test, operand: Any, absent: Q, equals: Callable[[str], Q]) -> Q:
    """The tests that texts take; texts have no order that all databases share."""
    if test.op in ("present", "absent"):
        return absent if test.op == "absent" else negated(absent)
    listed = list(operand) if isinstance(operand, list | tuple) else [operand]
    found = NEVER
    for one in listed:
        if operand is not None and not isinstance(one, str):
            raise NotCompilable(test.text)
        found |= equals(one) if one is not None else NEVER
    match test.op:
        case "=" | "in":
            return found
        case "!=":
            return negated(found)
        case _:
            raise NotCompilable(test.text)


def _free(test: Test, operand: Any, column: str) -> Q:
    absent = (
        Q(**{f"{column}__isnull": True})
        | Q(**{column: None})
        | Q(**{column: ""})
        | Q(**{column: []})
    )
    if test.path.key.type == "boolean":
        if not isinstance(operand, bool) or test.op not in ("=", "!="):
            raise NotCompilable(test.text)
        found = Q(**{column: operand})
        return found if test.op == "=" else negated(found)
    empty_equals = test.op == "="  # an empty text is absent to every other test
    return _compared(
        test, operand, absent, lambda one: Q(**{column: one}) if one or empty_equals else NEVER
    )


# -- days and moments --------------------------------------------------------------------------------------

Dated = Callable[[str, str, Any], Q]


def _dated(test: Test, operand: Any, column: str, compare: Dated) -> Q:
    absent = Q(**{f"{column}__isnull": True})
    match test.op, operand:
        case "present", _:
            return negated(absent)
        case "absent", _:
            return absent
        case "range", Range():
            low = compare(column, ">=" if operand.with_low else ">", _time(operand.low, test))
            return low & compare(
                column, "<=" if operand.with_high else "<", _time(operand.high, test)
            )
        case "in", list() | tuple():
            found = NEVER
            for one in operand:
                found |= compare(column, "=", _time(one, test))
            return found
        case "!=", _:
            return negated(compare(column, "=", _time(operand, test)))
        case _:
            return compare(column, test.op, _time(operand, test))


def _time(operand: Any, test: Test) -> date | datetime:
    if isinstance(operand, date):
        return operand
    raise NotCompilable(test.text)


def _on_day(column: str, op: str, operand: date | datetime) -> Q:
    """A column of days against a day, or the company's day of a moment."""
    day = company_time(operand).date() if isinstance(operand, datetime) else operand
    return Q(**{column if op == "=" else f"{column}__{LOOKUPS[op]}": day})


def _in_day(column: str, op: str, operand: date | datetime) -> Q:
    """A column of moments against a moment, or by the company's day against a day."""
    if isinstance(operand, datetime):
        return Q(**{column if op == "=" else f"{column}__{LOOKUPS[op]}": operand})
    starts, ends = midnight(operand), midnight(operand + timedelta(days=1))
    match op:
        case "<":
            return Q(**{f"{column}__lt": starts})
        case ">=":
            return Q(**{f"{column}__gte": starts})
        case "<=":
            return Q(**{f"{column}__lt": ends})
        case ">":
            return Q(**{f"{column}__gte": ends})
        case _:
            return Q(**{f"{column}__gte": starts, f"{column}__lt": ends})


_FACTS = (str, int, bool, list, tuple, date, Range, type(None))
