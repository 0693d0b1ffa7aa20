"""A condition on customers finds in the database exactly those for whom it holds in memory."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from xunzhang.customers.models import Customer
from xunzhang.customers.provider import CustomerProvider
from xunzhang.law.calendar import CHINA
from xunzhang.law.conditions import ALWAYS, All, Condition, Happened, Not, Range
from xunzhang.law.conditions import Any as AnyOf
from xunzhang.law.conditions import Test as Compared
from xunzhang.law.paths import Hop, Path
from xunzhang.law.scope import Scope
from xunzhang.law.vocabulary import Key
from xunzhang.policy import actions as policy
from xunzhang.policy.conditions import NotCompilable, compile_condition
from xunzhang.policy.unit import reading

NOON = datetime.fromisoformat("2026-03-11T12:00:00+08:00")
WORDS = ["重点", "一般", "", "A'\"%_"]


def compared(key: str, type_: str, op: str, operand: Any) -> Compared:
    return Compared(Path(key, "thing", key, (), Key(key, type_)), op, operand, key)


def owner_test(key: str, op: str, operand: Any) -> Compared:
    hops = (Hop("staff", key),)
    return Compared(
        Path(f"owner.{key}", "thing", "owner", hops, Key(key, "text")), op, operand, key
    )


word = some.sampled_from(WORDS)
days = some.dates(date(2026, 3, 9), date(2026, 3, 13))
moments = some.sampled_from([NOON + timedelta(hours=step) for step in (-24, -12, 0, 1, 12)])
ordered = some.sampled_from(["=", "!=", "<", "<=", ">", ">="])
same = some.sampled_from(["=", "!="])
there = some.sampled_from(["present", "absent"])
text_keys = some.sampled_from([("grade", "text"), ("region", "text"), ("level", "text")])
texts = some.one_of(
    some.builds(lambda key, op, one: compared(key[0], key[1], op, one), text_keys, same, word),
    some.builds(
        lambda key, one: compared(key[0], key[1], "in", tuple(one)), text_keys, some.lists(word)
    ),
    some.builds(lambda key, op: compared(key[0], key[1], op, None), text_keys, there),
)
times = some.one_of(
    some.builds(lambda op, one: compared("birthday", "date", op, one), ordered, days | moments),
    some.builds(lambda op, one: compared("filed_at", "datetime", op, one), ordered, days | moments),
    some.builds(lambda op: compared("birthday", "date", op, None), there),
    some.builds(
        lambda one, two: compared("birthday", "date", "range", Range(one, two, True, False, "")),
        days,
        days,
    ),
)
others = some.one_of(
    some.builds(lambda op, one: compared("filed", "boolean", op, one), same, some.booleans()),
    some.builds(lambda op, one: compared("vip", "boolean", op, one), same, some.booleans()),
    some.builds(
        lambda op, one: owner_test("department", op, one), same, some.sampled_from(["一店", "大厅"])
    ),
    some.builds(lambda op: owner_test("department", op, None), there),
    some.just(Happened("lead.met", ("customer",), ALWAYS, None, 1, None)),
)
conditions: some.SearchStrategy[Condition] = some.recursive(
    some.one_of(texts, times, others),
    lambda inner: some.one_of(
        some.builds(lambda parts: All(tuple(parts)), some.lists(inner, max_size=3)),
        some.builds(lambda parts: AnyOf(tuple(parts)), some.lists(inner, max_size=3)),
        some.builds(Not, inner),
    ),
    max_leaves=6,
)


@pytest.fixture
def company(cast: SimpleNamespace) -> list[Customer]:
    """Customers with every mixture of what the conditions ask."""
    made = []
    for nth in range(36):
        owner = [cast.owner, cast.chen, None][nth % 3]
        made.append(
            Customer(
                name=f"客户{nth}", name_key=str(nth), sound_key="", code=f"K{nth}", owner=owner,
                owner_since=NOON if owner else None, created_at=NOON, grade=WORDS[nth % 4],
                region=WORDS[nth // 4 % 4],
                birthday=[None, date(2026, 3, 10), date(2026, 3, 11)][nth // 2 % 3],
                filed_at=[None, NOON, NOON - timedelta(hours=12)][nth // 5 % 3],
                keys=[{}, {"level": "重点", "vip": True}, {"level": "", "vip": False}, {"level": None}][nth % 4],
            )
        )  # fmt: skip
    rows = Customer.objects.bulk_create(made)
    for row in rows[::5]:
        policy.record(type="lead.met", by=None, at=NOON, keys={"customer": row.pk})
    return rows


def test_both_evaluations_agree(company: list[Customer]) -> None:
    unit = reading(NOON)
    facts = CustomerProvider().facts_many(str(row.pk) for row in company)

    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @given(conditions)
    def agree(condition: Condition) -> None:
        in_memory = {
            int(id)
            for id, one in facts.items()
            if condition.holds(
                Scope(unit.history, NOON, CHINA, kind="customer", thing=one, customer=id)
            )
        }
        query = compile_condition(condition, NOON, CHINA)
        found = Customer.objects.filter(query).values_list("pk", flat=True)
        assert set(found) == in_memory, condition

    agree()


def test_what_has_no_exact_counterpart_says_so(cast: SimpleNamespace) -> None:
    for condition in (
        compared("grade", "text", "<", "B"),
        compared("grade", "text", "=", 12),
        compared("score", "integer", ">", 3),
        Happened("lead.met", ("plate",), ALWAYS, None, 1, None),
    ):
        with pytest.raises(NotCompilable):
            compile_condition(condition, NOON, CHINA)
