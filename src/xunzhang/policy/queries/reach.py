"""How many customers a rule speaks of now: by a query where its condition has one, else one by one up to a limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from xunzhang.law.conditions import ALWAYS, Condition, Happened
from xunzhang.law.kinds import AnyRule
from xunzhang.law.rules.reclaim import ReclaimRule
from xunzhang.law.scope import Scope
from xunzhang.policy import registry
from xunzhang.policy.conditions import EVERYBODY, NotCompilable, compile_condition, compile_wider
from xunzhang.policy.unit import reading

MOST = 1_000
MOST_ONE_BY_ONE = 500


@dataclass(frozen=True, slots=True)
class Reach:
    """How many customers; `more` when there are or may be more, `known` when it could be counted at all."""

    number: int = 0
    more: bool = False
    known: bool = True


def reach(rule: AnyRule, at: datetime) -> Reach | None:
    """Return how many customers the rule speaks of now; None where it speaks of what happens and not of customers.

    A rule whose `if` speaks of the past of an event that has not come yet cannot be counted.
    """
    condition: Condition | None = getattr(rule, "customers", None)
    if isinstance(rule, ReclaimRule):
        condition = rule.condition
    if condition is None:
        past = any(isinstance(test, Happened) for test in rule.condition.tests())
        return Reach(known=False) if past else None
    try:
        wanted = (
            EVERYBODY if condition is ALWAYS else compile_condition(condition, at, rule.calendar)
        )
    except NotCompilable:
        return _one_by_one(condition, rule, at)
    found = len(registry.customers().filed_ids(at=at, condition_q=wanted, limit=MOST + 1))
    return Reach(min(found, MOST), more=found > MOST)


def _one_by_one(condition: Condition, rule: AnyRule, at: datetime) -> Reach:
    """Test the condition in memory on those customers for whom a wider one holds."""
    wider = compile_wider(condition, at, rule.calendar)
    ids = registry.customers().filed_ids(at=at, condition_q=wider, limit=MOST_ONE_BY_ONE + 1)
    unit = reading(at)
    unit.company.know(ids[:MOST_ONE_BY_ONE])
    found = sum(
        condition.holds(
            Scope(
                unit.history,
                at,
                rule.calendar,
                kind="customer",
                thing=unit.history.customer(id) or {},
                customer=id,
            )
        )
        for id in ids[:MOST_ONE_BY_ONE]
    )
    return Reach(found, more=len(ids) > MOST_ONE_BY_ONE)
