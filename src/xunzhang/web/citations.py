"""The seal-red chip: which article a consequence rests on, whatever shape the citation comes in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext

_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Chip:
    """What the chip shows: 第十二条, the article's words or title if known, and where the article is read."""

    label: str
    words: str
    href: str
    policy: str
    rule: str


def chip_of(citation: Any, *, words: str = "", href: str = "") -> Chip:
    """Return the chip of a citation: an object or a mapping with article, policy, rule and perhaps words and href."""

    def read(name: str) -> Any:
        if isinstance(citation, Mapping):
            return citation.get(name)
        return getattr(citation, name, None)

    return Chip(
        label=say_article(str(read("article") or citation)),
        words=words or str(read("words") or ""),
        href=href or str(read("href") or ""),
        policy=str(read("title") or read("policy") or ""),
        rule=str(read("rule") or ""),
    )


def say_article(number: str) -> str:
    """Return an article's number as the document writes it: 第十二条, 第 3.2 条, Article 12."""
    if not number[:1].isdecimal():
        return number
    if (get_language() or "").startswith("zh"):
        return f"第{chinese_number(int(number))}条" if number.isdecimal() else f"第 {number} 条"
    return gettext("Article %(number)s") % {"number": number}


def chinese_number(number: int) -> str:
    """Return a number below ten thousand in Chinese numerals: 12 is 十二, 105 is 一百零五."""
    if not 0 < number < 10_000:
        return str(number)
    said = ""
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, size)
        if digit:
            said += _DIGITS[digit] + unit
        elif said and number and not said.endswith("零"):
            said += "零"
    return said.removeprefix("一") if said.startswith("一十") else said
