"""promotion: whoever keeps reaching a number earns another role."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from xunzhang.law.conditions import ALWAYS, Condition
from xunzhang.law.malformed import Malformed
from xunzhang.law.metrics import Metric
from xunzhang.law.periods import Period, parse_period
from xunzhang.law.read.rule import RuleReader
from xunzhang.law.rules.common import Rule
from xunzhang.law.rules.target import bound, metric_book, read_metric

_CONSECUTIVE = re.compile(r"(\d+) ([a-z-]+?)s?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionRule(Rule):
    """Its data: `periods` whole periods of kind `every` in a row; `subjects` is the policy's scope."""

    from_role: str
    to_role: str
    metric: Metric
    at_least: Decimal
    periods: int
    every: Period
    subjects: Condition = ALWAYS


def parse_consecutive(text: str) -> tuple[int, Period]:
    """`3 months`. Raises Malformed."""
    found = _CONSECUTIVE.match(" ".join(text.split()))
    if not found or int(found[1]) < 1:
        raise Malformed(f"“{text}”应写作 3 months", f"“{text}” should be written as 3 months")
    return int(found[1]), parse_period(found[2])


def read(reader: RuleReader) -> PromotionRule | None:
    """The rule of a map; None after noting what is missing."""
    metric = read_metric(reader)
    reader.book = metric_book(reader, metric)
    base = {**reader.base(scoped=False), "subjects": reader.policy_scope()}
    roles = [_role(reader, key) for key in ("from", "to")]
    reader.get("at_least", required=True)
    low = bound(reader, "at_least")
    consecutive = reader.time("consecutive", parse_consecutive, required=True)
    if metric is None or low is None or consecutive is None or None in roles:
        return None
    return PromotionRule(
        **base,
        from_role=str(roles[0]),
        to_role=str(roles[1]),
        metric=metric,
        at_least=low,
        periods=consecutive[0],
        every=consecutive[1],
    )


def _role(reader: RuleReader, key: str) -> str | None:
    for name, mark in reader.names(key, required=True):
        role = name.removeprefix("role:")
        reader.context.used_roles.add(role)
        if role not in reader.context.roles:
            reader.problems.unknown(
                mark, "unknown-role", ("角色", "role"), role, reader.context.roles
            )
        return role
    return None
