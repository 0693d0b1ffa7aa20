"""reclaim: a customer for whom nothing happens goes back to the pool, or to somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xunzhang.law.read.rule import RuleReader
from xunzhang.law.rules.common import Reminding, Rule
from xunzhang.law.source import Scalar
from xunzhang.law.times import Duration
from xunzhang.law.who import Who


@dataclass(frozen=True, slots=True, kw_only=True)
class ReclaimRule(Rule):
    """Its data."""

    without: tuple[str, ...]
    within: Duration
    to: Who | Literal["pool"]
    remind: tuple[Reminding, ...] = ()


def read(reader: RuleReader) -> ReclaimRule | None:
    """The rule of a map; None after noting what is missing."""
    without = reader.events("without", required=True)
    within = reader.duration("within", required=True)
    reader.book = reader.context.book_of("customer")
    base = reader.base()
    to = _to(reader)
    remind = reader.remind()
    if not without or within is None or to is None:
        return None
    return ReclaimRule(**base, without=without, within=within, to=to, remind=remind)


def _to(reader: RuleReader) -> Who | Literal["pool"] | None:
    node = reader.get("to")
    if node is None or (isinstance(node, Scalar) and node.text == "pool"):
        return "pool"
    return reader.who("to")
