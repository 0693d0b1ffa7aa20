"""What holds whatever happens: one result for one input, independent events in any order, no fact refused."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xunzhang.law.book import Book
from xunzhang.law.calendar import COMPANY_ZONE, UnknownYear
from xunzhang.law.engine.engine import Engine
from xunzhang.law.facts import Department, Staff, Value
from xunzhang.law.loader import PACKS, load_file, pack_codes
from xunzhang.law.memory import MemoryHistory
from xunzhang.law.outcome import Outcome
from xunzhang.law.rehearsal import rows
from xunzhang.law.text import Edition

START = datetime(2026, 3, 2, tzinfo=COMPANY_ZONE)
STAFF = (
    Staff("wang", "王强", "销售部", ("销售经理",)),
    Staff("li", "李娜", "销售部", ("销售顾问",), "wang"),
    Staff("zhao", "赵军", "销售部", ("销售顾问",), "wang", left=True, successor="li"),
)
DEPARTMENTS = (Department("销售部", "wang"),)
CUSTOMERS: tuple[Mapping[str, Value], ...] = tuple(
    {
        "id": f"c{n}",
        "name": f"客户{n}",
        "grade": "AB"[n % 2],
        "owner": "li" if n % 3 else None,
        "filed": True,
    }
    for n in range(4)
)
DAYS = 12
jobs = st.sampled_from(["a", "b", None])
asked = st.fixed_dictionaries(
    {},
    optional={
        "job": jobs,
        "amount": st.integers(-3, 30),
        "helper": st.sampled_from(["li", "wang", "zhao"]),
        "helpers": st.lists(st.sampled_from(["li", "wang", "zhao"]), max_size=3),
        "dept": st.just("销售部"),
        "price": st.decimals(0, 300, places=2),
        "by": st.sampled_from(["li", "wang"]),
        "on": st.dates(START.date(), START.date() + timedelta(days=DAYS)),
    },
)
kinds = st.sampled_from(["job.asked", "job.asked", "job.done", "job.paused", "job.resumed"])
moments = st.integers(0, DAYS * 24).map(lambda hours: START + timedelta(hours=hours))
stories = st.lists(
    st.tuples(moments, kinds, st.sampled_from(["c0", "c1", "c2", "c3"]), asked), max_size=12
)
odd: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=6)
    | st.dates()
    | st.decimals(allow_nan=False, allow_infinity=False, places=2)
    | st.datetimes(timezones=st.just(COMPANY_ZONE))
    | st.sampled_from(["li", "c1", "销售部", "2026-03-05"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)


@lru_cache(maxsize=4)
def edition_of(path: Path) -> Edition:
    """The edition of a file that is right."""
    edition, problems = load_file(path)
    assert edition is not None, [one.say("en") for one in problems]
    return edition


MIXED = edition_of(Path(__file__).parent / "mixed-rules.yaml")


def new_engine(*editions: Edition) -> Engine:
    """A company with some people and customers, its ledger begun."""
    engine = Engine(Book(editions), MemoryHistory(STAFF, DEPARTMENTS, CUSTOMERS, START))
    engine.begin(START)
    return engine


def told(out: Outcome) -> Mapping[str, Any]:
    """A result as data."""
    return rows.of_outcome(out)


Story = Sequence[tuple[datetime, str, str, Mapping[str, Value]]]


def played(story: Story) -> tuple[list[Mapping[str, Any]], Engine]:
    """All results of a story, in the order of its moments."""
    engine = new_engine(MIXED)
    found = []
    for at, type_, customer, keys in sorted(story, key=lambda one: one[0]):
        found.append(told(engine.advance(at)))
        found.append(told(engine.record(type_, at, {**keys, "customer": customer})))
    found.append(told(engine.advance(START + timedelta(days=DAYS + 30))))
    return found, engine


def as_json(found: object) -> str:
    """The result byte by byte."""
    return json.dumps(found, ensure_ascii=False, sort_keys=True)


def without_ids(found: list[Mapping[str, Any]]) -> list[str]:
    """All rows of a result, apart from their order and numbers."""
    return sorted(
        as_json({**row, "id": 0, "kind": kind})
        for one in found
        for kind, listed in one.items()
        for row in listed
    )


@settings(max_examples=15, deadline=None)
@given(stories)
def test_the_same_story_gives_the_same_result_byte_by_byte(story: Story) -> None:
    assert as_json(played(story)[0]) == as_json(played(story)[0])


@settings(max_examples=20, deadline=None)
@given(moments, asked, asked, stories)
def test_events_of_different_customers_at_one_instant_may_come_in_either_order(
    at: datetime, one: Mapping[str, Value], two: Mapping[str, Value], before: Story
) -> None:
    # They must share no person and no match value: each customer has his own job and helper.
    first = (
        at,
        "job.asked",
        "c1",
        {**one, "job": "first", "helper": "li", "helpers": ["li"], "by": "li"},
    )
    second = (
        at,
        "job.asked",
        "c2",
        {**two, "job": "second", "helper": "wang", "helpers": ["wang"], "by": "wang"},
    )
    earlier = [told for told in before if told[0] < at and told[2] not in ("c1", "c2")]
    forth, back = played([*earlier, first, second]), played([*earlier, second, first])
    assert states(forth[1]) == states(back[1])
    assert [row for row in without_ids(forth[0]) if '"sanctions"' not in row] == [
        row for row in without_ids(back[0]) if '"sanctions"' not in row
    ]


def states(engine: Engine) -> list[str]:
    """All duties as they stand at the end, apart from their numbers."""
    history = engine.history
    assert isinstance(history, MemoryHistory)
    return sorted(as_json({**rows.duty(duty), "id": 0}) for duty in history.duties.values())


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kinds,
    st.dictionaries(
        st.sampled_from(
            [
                "job",
                "on",
                "moment",
                "amount",
                "price",
                "helper",
                "helpers",
                "dept",
                "by",
                "customer",
                "case",
                "items",
                "batch",
                "form",
            ]
        ),
        odd,
    ),
)
def test_no_fact_is_refused_whatever_it_carries(type_: str, keys: Mapping[str, Value]) -> None:
    engine = new_engine(MIXED)
    for hour in (9, 10):
        at = START + timedelta(hours=hour)
        engine.advance(at)
        as_json(told(engine.record(type_, at, dict(keys))))
    engine.advance(START + timedelta(days=20))


@pytest.mark.parametrize("code", pack_codes())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_pack_refuses_a_fact_either(code: str, data: st.DataObject) -> None:
    edition = edition_of(PACKS / code / "policy.yaml")
    engine = new_engine(edition)
    listened = sorted(
        {
            type_
            for rule in edition.rules()
            for type_ in getattr(rule, "when", ()) or getattr(rule, "on", ())
        }
    )
    at = START + timedelta(hours=9)
    engine.advance(at)
    for _ in range(3):
        type_ = data.draw(st.sampled_from(listened))
        known = sorted(engine.book.keys_of(type_))
        keys = data.draw(
            st.dictionaries(st.sampled_from([*known, "by", "customer", "case"]), odd, max_size=6)
        )
        with suppress(UnknownYear):
            as_json(told(engine.record(type_, at, keys)))
    engine.advance(START + timedelta(days=20))


def test_money_stays_decimal() -> None:
    engine = new_engine(MIXED)
    for _ in range(2):
        engine.record(
            "job.asked",
            START,
            {"customer": "c1", "amount": 3, "price": Decimal("100.10"), "by": "li"},
        )
    out = engine.advance(START + timedelta(days=10))
    assert all(isinstance(one.fine, Decimal) for one in out.sanctions)
    assert out.sanctions
