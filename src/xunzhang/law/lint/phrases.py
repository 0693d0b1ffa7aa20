"""Finds in an article's words what sets a deadline, a limit, a period, or only a vague time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from xunzhang.law.durations import Unit
from xunzhang.law.lint.numerals import NUMERAL, number

Kind = Literal["deadline", "limit", "period", "vague"]

_UNITS: tuple[tuple[str, Unit], ...] = (
    ("工作日", Unit.WORKDAYS),
    ("工作小时", Unit.WORK_HOURS),
    ("分钟", Unit.MINUTES),
    ("小时", Unit.HOURS),
    ("季度", Unit.QUARTERS),
    ("个月", Unit.MONTHS),
    ("月", Unit.MONTHS),
    ("周", Unit.WEEKS),
    ("星期", Unit.WEEKS),
    ("年", Unit.YEARS),
    ("天", Unit.DAYS),
    ("日", Unit.DAYS),
)
_DEADLINE = re.compile(
    rf"(?P<number>{NUMERAL}) ?个?(?P<unit>{'|'.join(word for word, _ in _UNITS)})(?:之内|以内|内|之前|前(?!后))"
)
_LIMIT = re.compile(
    rf"(?P<how>不得超过|不超过|不得高于|不高于|不得低于|不低于|不得少于|不少于|至少|最多|以上|以下)[^，。；]{{0,8}}?(?P<number>{NUMERAL})"
    r"(?P<tail>万?)"
)
_PERIOD = re.compile(r"每(?:一|个)?(?:工作日|天|日|周|星期|月|季度|季|半年|年)(?!度?内)")
_VAGUE = re.compile(
    r"(?<![未不])及时|(?<!不)定期|立即|立刻|马上|第一时间|尽快|迅速|随时|适时|经常|限期"
)


@dataclass(frozen=True, slots=True)
class Found:
    """Words of an article that set something. `amount` and `unit` of a deadline, `amount` of a limit."""

    kind: Kind
    words: str
    amount: Decimal | None = None
    unit: Unit | None = None


def phrases(text: str) -> list[Found]:
    """All such words of a Chinese text, in their order, each once."""
    units = dict(_UNITS)
    found = [
        (hit.start(), Found("deadline", hit[0], number(hit["number"]), units[hit["unit"]]))
        for hit in _DEADLINE.finditer(text)
    ]
    taken = [(place, place + len(one.words)) for place, one in found]
    found += [
        (hit.start(), Found("limit", hit[0], number(hit["number"] + hit["tail"])))
        for hit in _LIMIT.finditer(text)
        if not any(start < hit.end() and hit.start() < end for start, end in taken)
    ]
    found += [(hit.start(), Found("period", hit[0])) for hit in _PERIOD.finditer(text)]
    found += [(hit.start(), Found("vague", hit[0])) for hit in _VAGUE.finditer(text)]
    return list(dict.fromkeys(one for _, one in sorted(found, key=lambda pair: pair[0])))
