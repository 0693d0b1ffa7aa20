"""A person enters a customer: once, with a number, and never the same one twice unawares."""

import pytest

from xunzhang.customers.actions import create_customer
from xunzhang.customers.actions.creating import DuplicateSuspected
from xunzhang.customers.models import Customer
from xunzhang.lib.errors import Invalid

USCC = "91110000600037341L"


def test_a_new_customer_gets_a_number_and_the_policy_is_told(customer_named, told):
    customer = customer_named("北京鑫源科技有限公司", phone="+86 199-1234-5678")
    assert customer.code == "C0000001"
    assert customer.phone == "19912345678"
    assert told.asked == ["customer.create"]
    assert told.types() == ["customer.created"]
    assert told.events[0]["keys"]["customer"] == customer.pk


@pytest.mark.parametrize(
    ("name", "likeness"),
    [
        ("北京鑫源科技有限公司", ["name", "sound"]),
        ("北京鑫源科技（有限公司）", ["name", "sound"]),
        ("鑫源科技有限责任公司", ["sound"]),
        ("北京市新元科技有限公司", ["sound"]),
    ],
)
def test_a_likely_duplicate_is_shown_before_it_is_made(customer_named, name, likeness):
    first = customer_named("北京鑫源科技有限公司")
    with pytest.raises(DuplicateSuspected) as refusal:
        customer_named(name)
    assert refusal.value.values["duplicates"] == [
        {"customer": first.pk, "name": first.name, "by": likeness}
    ]
    assert Customer.objects.count() == 1


def test_another_customer_with_the_phone_is_made_with_a_reason(customer_named, cast, noon):
    first = customer_named("甲公司", phone="19900000001")
    values = {"name": "乙公司", "phone": "199 0000 0001"}
    with pytest.raises(DuplicateSuspected):
        create_customer(values=values, by=cast.owner.pk, at=noon)
    with pytest.raises(Invalid) as refusal:
        create_customer(values=values, by=cast.owner.pk, at=noon, not_same_as=[first.pk])
    assert "reason" in refusal.value.fields
    second = create_customer(
        values=values, by=cast.owner.pk, at=noon, not_same_as=[first.pk], reason="同一老板"
    )
    assert second.pk != first.pk


def test_a_credit_code_is_never_shared(customer_named, cast, noon):
    first = customer_named("甲公司", uscc=USCC)
    with pytest.raises(DuplicateSuspected):
        create_customer(
            values={"name": "乙公司", "uscc": USCC},
            by=cast.owner.pk,
            at=noon,
            not_same_as=[first.pk],
            reason="另一家",
        )


def test_a_double_click_makes_one_customer(cast, noon, told):
    made = [
        create_customer(values={"name": "甲公司"}, by=cast.owner.pk, at=noon, token="once")
        for _click in range(2)
    ]
    assert made[0] == made[1]
    assert told.types() == ["customer.created"]


def test_every_wrong_field_is_named_and_nothing_is_kept(customer_named):
    with pytest.raises(Invalid) as refusal:
        customer_named("", uscc="123", phone="12", status="asleep", birthday="31.12.", colour="red")
    assert set(refusal.value.fields) == {"colour"}
    with pytest.raises(Invalid) as refusal:
        customer_named("·", uscc="123", phone="12", status="asleep", birthday="soon")
    assert set(refusal.value.fields) == {"name", "uscc", "phone", "status", "birthday"}
    assert not Customer.objects.exists()
