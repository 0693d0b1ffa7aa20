"""Renminbi: always Decimal with two places, written ¥1,234.50, read in any width."""

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from xunzhang.lib.errors import Invalid
from xunzhang.lib.text import tidy

FEN = Decimal("0.01")
MOST = Decimal("999999999999.99")
_WRITTEN = re.compile(r"(?P<sign>-?)[¥￥]?(?P<number>[0-9]+(\.[0-9]+)?)(?P<unit>[万亿]?)元?")
_GROUPED = re.compile(r"-?[¥￥]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?[万亿]?元?")
_UNITS = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}


def say_money(amount: Decimal) -> str:
    """Return an amount as people read it: ¥1,234.50, and -¥0.50 below nothing."""
    rounded = amount.quantize(FEN)
    sign = "-" if rounded < 0 else ""
    return f"{sign}¥{abs(rounded):,.2f}"


def read_money(typed: str, *, field: str = "amount") -> Decimal:
    """Return the amount that was typed, such as 1234.5, ¥1,234.50, １２３４元 or 1.2万; Invalid otherwise."""
    line = tidy(typed).replace(" ", "").replace("，", ",")
    if "," in line and not _GROUPED.fullmatch(line):
        raise _unreadable(typed, field)
    match = _WRITTEN.fullmatch(line.replace(",", ""))
    if match is None:
        raise _unreadable(typed, field)
    try:
        amount = Decimal(match["sign"] + match["number"]) * _UNITS[match["unit"]]
        kept = amount.quantize(FEN)
    except InvalidOperation:
        raise _unreadable(typed, field) from None
    if kept != amount or abs(kept) > MOST:
        raise _unreadable(typed, field)
    return kept


def _unreadable(typed: str, field: str) -> Invalid:
    sentence = _(
        "“%(typed)s” is not an amount; write it in yuan with at most two decimals, such as 1234.50."
    )
    return Invalid({field: [sentence % {"typed": typed[:40]}]}, code="money-unreadable")
