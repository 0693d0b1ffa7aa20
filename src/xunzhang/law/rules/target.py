"""target: a measure of each period that must reach, or not exceed, a value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from xunzhang.law.conditions import ALWAYS, Condition
from xunzhang.law.metrics import InTime, Metric, Tally, parse_metric, tallies
from xunzhang.law.paths import KeyBook
from xunzhang.law.periods import Period, parse_period
from xunzhang.law.read.rule import RuleReader
from xunzhang.law.rules.common import Rule
from xunzhang.law.rules.quota import parse_share
from xunzhang.law.source import Mapping, Node, Scalar
from xunzhang.law.times import Within
from xunzhang.law.who import Who


@dataclass(frozen=True, slots=True)
class TargetDuty:
    """The duty of whoever missed the target."""

    who: Who
    do: tuple[str, ...]
    within: Within | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRule(Rule):
    """Its data. Exactly one of `at_least` and `at_most` is set; `subjects` is the policy's scope."""

    metric: Metric
    every: Period
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    who: Who | None = None
    duty: TargetDuty | None = None
    breach: str | None = None
    subjects: Condition = ALWAYS


def read(reader: RuleReader) -> TargetRule | None:
    """The rule of a map; None after noting what is missing."""
    metric = read_metric(reader)
    every = reader.time("every", parse_period, required=True)
    reader.book = metric_book(reader, metric)
    base = {**reader.base(scoped=False), "subjects": reader.policy_scope()}
    reader.book = reader.context.any_book()
    low, high = bound(reader, "at_least"), bound(reader, "at_most")
    who, duty, breach = reader.who(), _duty(reader), reader.code()
    if (low is None) == (high is None):
        reader.error(
            reader.node.mark,
            "missing-key",
            "target 需要 at_least 或 at_most 之一",
            "a target needs at_least or at_most",
        )
        return None
    if metric is None or every is None:
        return None
    return TargetRule(
        **base,
        metric=metric,
        every=every,
        at_least=low,
        at_most=high,
        who=who,
        duty=duty,
        breach=breach,
    )


def read_metric(reader: RuleReader, key: str = "metric") -> Metric | None:
    """A metric, its event types known."""
    node = reader.get(key, required=True)
    context = reader.context
    found = (
        reader.parsed(node, key, lambda text: parse_metric(text, context.policy))
        if node is not None
        else None
    )
    if node is not None and found is not None:
        check_metric(reader, found, node)
    return found


def check_metric(reader: RuleReader, metric: Metric, node: Node) -> None:
    """Note unknown events, keys and rules of a metric."""
    context = reader.context
    for part in tallies(metric):
        if isinstance(part, InTime):
            known_rules = context.rule_ids | context.stages()
            if part.rule not in known_rules:
                context.problems.unknown(
                    node.mark, "unknown-rule", ("规则", "rule"), part.rule, known_rules
                )
        elif part.event not in context.vocabulary.events:
            context.problems.unknown(
                node.mark, "unknown-event", ("事件", "event"), part.event, context.vocabulary.events
            )
        else:
            known = context.event_book((part.event,)).own
            for key in (part.field, part.key):
                if key is not None and key not in known:
                    context.problems.unknown(node.mark, "unknown-key", ("键", "key"), key, known)


def metric_book(reader: RuleReader, *metrics: Metric | None) -> KeyBook:
    """The keys of the events that metrics count."""
    events = tuple(
        part.event
        for metric in metrics
        if metric is not None
        for part in tallies(metric)
        if isinstance(part, Tally)
    )
    return reader.context.event_book(events) if events else reader.context.any_book()


def bound(reader: RuleReader, key: str) -> Decimal | None:
    """A number, or a share such as 80%."""
    node = reader.get(key)
    if isinstance(node, Scalar) and node.text.strip().endswith("%"):
        return reader.parsed(node, key, parse_share)
    return reader.decimal(node, key) if node is not None else None


def _duty(reader: RuleReader) -> TargetDuty | None:
    node = reader.get("duty")
    if node is None:
        return None
    if not isinstance(node, Mapping):
        reader.error(node.mark, "value", "duty 应为 {who, do, within}", "duty is {who, do, within}")
        return None
    inner = RuleReader(reader.context, node, "duty")
    inner.asked, inner.book = set(), reader.book
    who, do, within = inner.who(required=True), inner.events("do", required=True), inner.within()
    inner.finish()
    return TargetDuty(who, do, within) if who is not None and do else None
