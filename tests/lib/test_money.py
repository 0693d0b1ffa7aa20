"""Amounts as people write and read them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xunzhang.lib.errors import Invalid
from xunzhang.lib.money import MOST, read_money, say_money


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1234.5", "1234.50"),
        ("¥1,234.50", "1234.50"),
        ("１，２３４．５０元", "1234.50"),
        ("￥ 12 000", "12000.00"),
        ("1.2万", "12000.00"),
        ("-50", "-50.00"),
        ("0.3亿元", "30000000.00"),
    ],
)
def test_an_amount_is_read_however_it_was_typed(typed, amount):
    assert read_money(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed", ["", "十元", "1.234", "1,23", "12..5", "NaN", "9" * 20, "1e5", "=1"]
)
def test_what_is_not_an_amount_is_told_and_not_guessed(typed):
    with pytest.raises(Invalid) as refusal:
        read_money(typed, field="fee")
    assert list(refusal.value.fields) == ["fee"]


@given(st.decimals(-MOST, MOST, places=2))
def test_what_is_said_can_be_read_again(amount):
    assert read_money(say_money(amount)) == amount


def test_amounts_are_said_with_their_sign_before_the_currency():
    assert say_money(Decimal("1234.5")) == "¥1,234.50"
    assert say_money(Decimal("-0.5")) == "-¥0.50"
