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
_UNIT = "|".join(word for word, _ in _UNITS)
_DEADLINE = re.compile(
    rf"(?P<number>{NUMERAL}) ?个?(?P<unit>{_UNIT})(?:之内|以内|内|之前|前(?!后)|为限)"
    rf"|限(?:时|期|于)?(?P<limited>{NUMERAL}) ?个?(?P<limited_unit>{_UNIT})"
    r"|半个?(?P<half>年|月|小时|天|日)(?:之内|以内|内)"
    r"|(?:当日|当天|次日|翌日|隔日|第二天)(?=[^，。；、]{0,12}?(?:完成|回复|答复|上报|报告|报送|登记|录入|提交|处理|反馈|归档|移交|通知|回访))"
    r"|(?:本|当|每|次)?(?:周|月|季|季度|年)(?:底|末)(?:之?前)"
)
_HALVES: dict[str, tuple[int, Unit] | None] = {
    "年": (6, Unit.MONTHS),
    "小时": (30, Unit.MINUTES),
    "月": None,
    "天": None,
    "日": None,
}
_MEASURE = "元|人|次|份|桌|天|日|小时|分钟|\uff05|%|公里|平方米"
_LIMIT = re.compile(
    r"(?:不得超过|不超过|不能超过|不得高于|不高于|不得低于|不低于|不得少于|不少于|不得多于|不多于"
    r"|至少|最少|最多|至多|最高|最低|最长|最短|上限|下限|限额|封顶|以上|以下)"
    rf"[^，。；]{{0,8}}?(?P<number>{NUMERAL})(?P<tail>万?)"
    rf"|(?P<amount>{NUMERAL})(?P<amount_tail>万?)(?:{_MEASURE})[（(]?含?[）)]?(?:及其?)?(?:以内|之内|以上|以下|封顶)"
)
_PERIOD = re.compile(
    r"每(?:一|个)?(?:工作日|天|日|周|星期|月|季度|季|半年|年)(?!度?内)"
    rf"|(?:半|{NUMERAL}) ?个?(?:工作日|天|日|周|星期|月|季度|季|年)(?:至少|不少于)?{NUMERAL}次"
)
_VAGUE = re.compile(
    r"(?<![未不])及时|(?<!不)定期|立即|立刻|马上|第一时间|尽快|迅速|随时|适时|经常|限期"
)


@dataclass(frozen=True, slots=True)
class Found:
    """Words of an article that set something.

    `amount` and `unit` of a deadline (None where its words tell a day, as in 当日), `amount` of a limit.
    """

    kind: Kind
    words: str
    amount: Decimal | None = None
    unit: Unit | None = None


def phrases(text: str) -> list[Found]:
    """All such words of a Chinese text, in their order, each once."""
    found = [(hit.start(), _deadline(hit)) for hit in _DEADLINE.finditer(text)]
    taken = [(place, place + len(one.words)) for place, one in found]
    found += [
        (hit.start(), _limit(hit))
        for hit in _LIMIT.finditer(text)
        if not any(start < hit.end() and hit.start() < end for start, end in taken)
    ]
    found += [(hit.start(), Found("period", hit[0])) for hit in _PERIOD.finditer(text)]
    found += [(hit.start(), Found("vague", hit[0])) for hit in _VAGUE.finditer(text)]
    return list(dict.fromkeys(one for _, one in sorted(found, key=lambda pair: pair[0])))


def _deadline(hit: re.Match[str]) -> Found:
    for amount, unit in (("number", "unit"), ("limited", "limited_unit")):
        if hit[amount]:
            return Found("deadline", hit[0], number(hit[amount]), dict(_UNITS)[hit[unit]])
    half = _HALVES.get(hit["half"] or "")
    return (
        Found("deadline", hit[0], Decimal(half[0]), half[1]) if half else Found("deadline", hit[0])
    )


def _limit(hit: re.Match[str]) -> Found:
    words = (hit["number"] or "") + (hit["tail"] or "") or hit["amount"] + hit["amount_tail"]
    return Found("limit", hit[0], number(words))
