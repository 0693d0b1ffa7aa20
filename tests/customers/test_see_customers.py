"""Who sees which customer: in the list, in the search, in the count, in the export, by number."""

from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from xunzhang.customers.access import customer_to_change, customer_to_see
from xunzhang.customers.actions import archive
from xunzhang.customers.exporting import export
from xunzhang.customers.masking import reveal
from xunzhang.customers.models import Customer
from xunzhang.customers.queries.filters import POOL, CustomerFilter
from xunzhang.customers.queries.listing import Sort, count_of, listing
from xunzhang.customers.queries.values import values_in_use
from xunzhang.customers.search.index import Candidates
from xunzhang.lib.errors import Invalid, Refused

EVERY_WAY = [
    CustomerFilter(),
    CustomerFilter(text="鑫源"),
    CustomerFilter(text="xy"),
    CustomerFilter(text="19912345678"),
    CustomerFilter(grade="A"),
]
SEEN_BY = {"owner": True, "teammate": False, "manager": True, "stranger": False, "overseer": True}


@pytest.mark.parametrize(("who", "seen"), SEEN_BY.items())
@pytest.mark.parametrize("asked", EVERY_WAY)
@pytest.mark.parametrize("sort", Sort)
def test_a_list_never_shows_a_strangers_customer(cast, customer_named, who, seen, asked, sort):
    customer = customer_named("北京鑫源科技有限公司", phone="19912345678", grade="A")
    person = getattr(cast, who)
    found = listing(person, asked, sort=sort)
    assert [row.pk for row in found.page.rows] == ([customer.pk] if seen else [])
    assert found.count.number == count_of(person, asked).number == int(seen)


@pytest.mark.parametrize(("who", "seen"), SEEN_BY.items())
def test_a_hidden_customer_is_refused_like_an_unknown_one(cast, customer_named, noon, who, seen):
    customer = customer_named("甲公司", phone="19912345678")
    person = getattr(cast, who)
    into = BytesIO()
    export(asked=CustomerFilter(), into=into, by=person.pk, at=noon, form="csv")
    assert ("甲公司" in into.getvalue().decode()) == seen
    if seen:
        assert customer_to_see(person, customer.pk) == customer
        return
    with pytest.raises(Refused) as hidden:
        customer_to_see(person, customer.pk)
    with pytest.raises(Refused) as unknown:
        customer_to_see(person, customer.pk + 1)
    assert str(hidden.value) == str(unknown.value)


@pytest.mark.parametrize("given", [0, 1])
def test_a_word_too_common_for_the_index_is_found_all_the_same(
    cast, customer_named, monkeypatch, given
):
    known = [customer_named(f"甲乙{number}公司").pk for number in range(3)]
    monkeypatch.setattr(
        "xunzhang.customers.search.engine.SqliteIndex.candidates", few := _gives(known[:given])
    )
    monkeypatch.setattr("xunzhang.customers.search.engine.PostgresqlIndex.candidates", few)
    found = listing(cast.overseer, CustomerFilter(text="甲乙"))
    assert [row.pk for row in found.page.rows] == known[::-1]
    assert found.count.number == count_of(cast.overseer, CustomerFilter(text="甲乙")).number == 3


def _gives(ids):
    return lambda self, terms, most=0: Candidates(ids, complete=False)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_tells_moments_as_the_companys_clocks_show_them(cast, customer_named, noon, form):
    customer = customer_named("甲公司")
    midnight = datetime.fromisoformat("2026-03-05T00:30+08:00")
    Customer.objects.filter(pk=customer.pk).update(created_at=midnight)
    into = BytesIO()
    export(asked=CustomerFilter(), into=into, by=cast.overseer.pk, at=noon, form=form)
    if form == "csv":
        assert "2026-03-05 00:30" in into.getvalue().decode()
        return
    row = [cell.value for cell in load_workbook(into).worksheets[0][2]]
    assert midnight.replace(tzinfo=None) in row


def test_everybody_sees_the_pool_and_changes_only_what_was_claimed(cast, customer_named):
    customer = customer_named("甲公司", owner=None)
    pool = listing(cast.stranger, CustomerFilter(owner=POOL))
    assert [row.pk for row in pool.page.rows] == [customer.pk]
    with pytest.raises(Refused) as refusal:
        customer_to_change(cast.stranger, customer.pk)
    assert refusal.value.code == "customer-in-pool"


def test_personal_data_is_shown_in_full_for_a_reason_and_on_record(
    cast, customer_named, noon, told
):
    customer = customer_named("张伟", kind="person", phone="19912345678")
    asked = {"customer": customer.pk, "field": "phone", "at": noon}
    with pytest.raises(Refused):
        reveal(**asked, reason="回访", by=cast.manager.pk)
    with pytest.raises(Invalid):
        reveal(**asked, reason=" ", by=cast.overseer.pk)
    assert reveal(**asked, reason="回访", by=cast.overseer.pk) == "19912345678"
    assert told.events[-1]["type"] == "customer.revealed"
    assert told.events[-1]["keys"]["reason"] == "回访"


def test_an_export_is_masked_recorded_and_carries_no_formula(cast, customer_named, noon, told):
    customer_named("=cmd|calc甲公司", phone="19912345678")
    into = BytesIO()
    export(asked=CustomerFilter(), into=into, by=cast.owner.pk, at=noon, form="csv")
    text = into.getvalue().decode("utf-8-sig")
    assert "199****5678" in text
    assert "19912345678" not in text
    assert ",'=cmd|calc甲公司" in text
    assert told.events[-1]["type"] == "customer.exported"
    assert told.events[-1]["keys"]["count"] == 1
    with pytest.raises(Refused):
        export(
            asked=CustomerFilter(), into=into, by=cast.owner.pk, at=noon, in_full=True, reason="x"
        )


def test_a_filter_offers_what_the_customers_of_the_list_have(cast, customer_named, noon):
    customer_named("甲公司", region="北京", industry="农业")
    both = customer_named("乙公司", region="北京", industry="餐饮")
    gone = customer_named("丙公司", region="拉萨", grade="Z")
    for each in (both, gone):
        archive(customer=each.pk, why="搬走", by=cast.overseer.pk, at=noon)
    assert values_in_use("region") == ["北京"]
    assert values_in_use("industry") == ["农业"]
    assert values_in_use("grade") == []
    assert values_in_use("region", archived=True) == ["北京", "拉萨"]
    assert values_in_use("industry", archived=True) == ["餐饮"]
    assert values_in_use("grade", archived=True) == ["Z"]
