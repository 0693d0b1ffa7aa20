"""Chinese numerals as numbers."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
NUMERAL = r"(?:[0-9][0-9,]*(?:\.[0-9]+)?|[零一二两三四五六七八九十百千万]+)"


def number(text: str) -> Decimal | None:
    """The number that a text writes in figures or Chinese numerals; None where it writes none.

    `3`, `1,000`, `三`, `十五`, `二十`, `一千二百`, `3万`.
    """
    plain = text.replace(",", "")
    head = plain.removesuffix("万")
    if head.replace(".", "", 1).isdecimal():
        return Decimal(head) * (10_000 if head != plain else 1)
    total, section, digit = 0, 0, 0
    for char in plain:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
        elif char in UNITS:
            section += (digit or 1) * UNITS[char]
            digit = 0
        else:
            return None
    return Decimal(total + section + digit)
