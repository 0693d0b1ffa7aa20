"""Customers change hands, names and grades; what was there before is never lost."""

from datetime import timedelta

import pytest

from xunzhang.customers import actions
from xunzhang.customers.models import Customer, CustomerChange
from xunzhang.customers.provider import CustomerProvider
from xunzhang.lib.errors import Conflict, Invalid, Refused, StaleRevision

USCC = "91110000600037341L"


def test_the_second_of_two_editors_is_told_what_the_first_changed(cast, customer_named, noon):
    customer = customer_named("甲公司")
    actions.change_customer(
        customer=customer.pk, revision=1, changes={"grade": "A"}, by=cast.owner.pk, at=noon
    )
    with pytest.raises(StaleRevision) as refusal:
        actions.change_customer(
            customer=customer.pk, revision=1, changes={"grade": "B"}, by=cast.manager.pk, at=noon
        )
    assert refusal.value.values["stands"] == 2
    assert refusal.value.values["changes"][0]["key"] == "grade"
    assert refusal.value.values["changes"][0]["new"] == "A"
    assert Customer.objects.get().grade == "A"


def test_a_change_is_remembered_and_told(cast, customer_named, noon, told):
    customer = customer_named("甲公司", region="北京")
    changes = {"region": "上海", "phone": "19900000000", "name": "甲公司"}
    actions.change_customer(
        customer=customer.pk, revision=1, changes=changes, by=cast.owner.pk, at=noon
    )
    assert told.events[-1]["keys"]["changed"] == ["phone", "region"]
    remembered = CustomerChange.objects.get(key="region")
    assert (remembered.old, remembered.new, remembered.by_id) == ("北京", "上海", cast.owner.pk)


def test_the_credit_code_of_another_customer_is_refused_beside_its_field(
    cast, customer_named, noon
):
    customer_named("甲公司", uscc=USCC)
    second = customer_named("乙公司")
    with pytest.raises(Invalid) as refusal:
        actions.change_customer(
            customer=second.pk, revision=1, changes={"uscc": USCC}, by=cast.owner.pk, at=noon
        )
    assert refusal.value.fields == {"uscc": ["这个统一社会信用代码已经是另一位客户的。"]}


@pytest.mark.parametrize("who", ["teammate", "stranger"])
def test_a_stranger_changes_nothing(cast, customer_named, noon, told, who):
    customer = customer_named("甲公司")
    by = getattr(cast, who).pk
    for attempt in (
        lambda: actions.change_customer(
            customer=customer.pk, revision=1, changes={}, by=by, at=noon
        ),
        lambda: actions.file_customer(customer=customer.pk, by=by, at=noon),
        lambda: actions.assign_owner(customer=customer.pk, to=by, by=by, at=noon),
        lambda: actions.release_to_pool(customer=customer.pk, by=by, at=noon),
        lambda: actions.claim_from_pool(customer=customer.pk, by=by, at=noon),
        lambda: actions.archive(customer=customer.pk, why="x", by=by, at=noon),
        lambda: actions.add_contact(customer=customer.pk, values={"name": "x"}, by=by, at=noon),
        lambda: actions.set_key(customer=customer.pk, key="x", value=1, by=by, at=noon),
    ):
        with pytest.raises(Refused):
            attempt()
    assert told.types() == ["customer.created"]


def test_a_customer_goes_round_through_the_pool(cast, customer_named, noon, told):
    customer = customer_named("甲公司")
    actions.release_to_pool(customer=customer.pk, by=cast.owner.pk, at=noon)
    actions.claim_from_pool(customer=customer.pk, by=cast.stranger.pk, at=noon)
    with pytest.raises(Conflict) as late:
        actions.claim_from_pool(customer=customer.pk, by=cast.overseer.pk, at=noon)
    assert late.value.code == "not-in-pool"
    actions.assign_owner(customer=customer.pk, to=cast.teammate.pk, by=cast.overseer.pk, at=noon)
    assert told.types()[1:] == ["customer.released", "customer.claimed", "customer.assigned"]
    assert told.events[-1]["keys"]["staff"] == cast.stranger.pk


def test_two_records_of_one_customer_are_merged_and_parted(cast, customer_named, noon, told):
    kept = customer_named("甲公司", grade="A")
    lost = customer_named("乙公司", uscc=USCC, region="北京", grade="B")
    contact = actions.add_contact(
        customer=lost.pk,
        values={"name": "张伟", "mobile": "199 0000 0000"},
        by=cast.owner.pk,
        at=noon,
    )
    preview = actions.preview_merge(kept=kept.pk, lost=lost.pk, by=cast.owner.pk)
    assert preview.filled == {"uscc": USCC, "region": "北京"}
    assert preview.differing["grade"] == ("A", "B")
    merge = actions.merge_customers(
        kept=kept.pk, lost=lost.pk, why="同一家", by=cast.owner.pk, at=noon
    )
    kept.refresh_from_db()
    contact.refresh_from_db()
    assert (kept.uscc, kept.region, contact.customer_id) == (USCC, "北京", kept.pk)
    actions.change_customer(
        customer=kept.pk,
        revision=kept.revision,
        changes={"region": "上海"},
        by=cast.owner.pk,
        at=noon,
    )
    actions.undo_merge(merge=merge.pk, by=cast.owner.pk, at=noon)
    kept.refresh_from_db()
    lost.refresh_from_db()
    contact.refresh_from_db()
    assert (kept.uscc, kept.region) == (None, "上海")
    assert (lost.uscc, lost.merged_into_id, contact.customer_id) == (USCC, None, lost.pk)
    assert "customer.merged" in told.types()
    assert told.types()[-1] == "customer.parted"


def test_the_law_reads_the_past_and_sets_the_present(cast, customer_named, noon):
    customer = customer_named("甲公司", grade="C")
    provider = CustomerProvider()
    number = str(customer.pk)
    later = noon + timedelta(days=1)
    orders = {"grade": "A", "filed": True, "credit": 5, "owner": str(cast.teammate.pk)}
    assert provider.set_keys(number, orders, at=later, because="第五条")
    facts = provider.facts(number)
    assert facts is not None
    assert (facts["grade"], facts["filed"], facts["credit"]) == ("A", True, 5)
    assert facts["owner"] == str(cast.teammate.pk)
    for key, before in {
        "grade": "C",
        "filed": False,
        "credit": None,
        "owner": str(cast.owner.pk),
    }.items():
        assert provider.value_at(number, key, noon) == before
        assert provider.value_at(number, key, later) == facts[key]
    assert provider.filed_ids(at=later) == [number]
    assert provider.filed_ids(at=later, after=number) == []
    assert provider.set_owner(number, None, at=later, because="第九条")
    assert provider.facts_many([number, "x", "999"])[number]["owner"] is None
    assert not provider.set_keys("999", {"grade": "A"}, at=later, because="")


def test_the_law_finds_owned_customers_whether_filed_or_not(cast, customer_named, noon):
    mine, pooled = customer_named("甲公司"), customer_named("乙公司")
    actions.release_to_pool(customer=pooled.pk, by=cast.owner.pk, at=noon)
    provider = CustomerProvider()
    assert str(mine.pk) in provider.owned_ids()
    assert str(pooled.pk) not in provider.owned_ids()
    assert str(mine.pk) not in provider.owned_ids(after=str(mine.pk))
