"""quota: of the events of a kind in each period, at least a share must be followed by another."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from xunzhang.law.conditions import ALWAYS, Condition
from xunzhang.law.malformed import Malformed
from xunzhang.law.paths import Path
from xunzhang.law.periods import Period, parse_period
from xunzhang.law.read.rule import RuleReader
from xunzhang.law.rules.common import Rule
from xunzhang.law.rules.duty import joined
from xunzhang.law.times import Within
from xunzhang.law.who import Who


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRule(Rule):
    """Its data. `share` lies in (0, 1]; `subjects` is the policy's scope."""

    of: tuple[str, ...]
    every: Period
    share: Decimal
    do: tuple[str, ...]
    who: Who
    match: tuple[str, ...] = ("customer",)
    within: Within | None = None
    where: Condition = ALWAYS
    breach: str | None = None
    subjects: Condition = ALWAYS
    per: Path | None = None


def parse_share(text: str) -> Decimal:
    """`80%` or 0.8. Raises Malformed."""
    words = text.strip()
    try:
        found = Decimal(words.removesuffix("%")) / (100 if words.endswith("%") else 1)
    except InvalidOperation:
        found = Decimal(-1)
    if not found.is_finite() or not 0 < found <= 1:
        raise Malformed(
            f"“{text}”应为 80% 或 0.8 这样的比例", f"“{text}” should be a share such as 80% or 0.8"
        )
    return found


def read(reader: RuleReader) -> QuotaRule | None:
    """The rule of a map; None after noting what is missing."""
    context = reader.context
    of = reader.events("of", required=True)
    do = reader.events("do", required=True)
    reader.book = context.event_book(of)
    done = context.event_book(do)
    who = reader.who(required=True)
    every = reader.time("every", parse_period, required=True)
    share = reader.time("share", parse_share, required=True)
    base = {**reader.base(scoped=False), "subjects": reader.policy_scope()}
    rest: dict[str, Any] = {
        "match": reader.keys("match", (reader.book, done), ("customer",)),
        "within": reader.within(),
        "where": reader.where(done, joined(done, reader.book)),
        "breach": reader.code(),
        "per": reader.path("per"),
    }
    if who is None or every is None or share is None or not of or not do:
        return None
    return QuotaRule(**base, of=of, do=do, every=every, share=share, who=who, **rest)
