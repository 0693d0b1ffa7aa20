"""grade: a score from indicators, or the class of an event or action."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from dataclasses import dataclass
from decimal import Decimal

from xunzhang.law.conditions import ALWAYS, All, Condition, Test
from xunzhang.law.facts import Value
from xunzhang.law.metrics import Metric, parse_metric
from xunzhang.law.outcome import Grade, Part
from xunzhang.law.paths import KeyBook
from xunzhang.law.periods import Period, Point, parse_period, parse_point
from xunzhang.law.read.conditions import ConditionReader
from xunzhang.law.read.rule import RuleReader
from xunzhang.law.rules.common import Rule
from xunzhang.law.rules.target import check_metric, metric_book
from xunzhang.law.scope import Scope
from xunzhang.law.source import Mapping, Node, Scalar, Sequence
from xunzhang.law.times import Duration
from xunzhang.law.vocabulary import Key
from xunzhang.law.who import Who

SCORE = Key("score", "decimal")
_PERCENT = re.compile(r"(?!0+(\.0+)?%)\d{1,9}(\.\d{1,9})?%")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One measure of a grade. `bands`: (at least, points), highest first; below the lowest 0.

    `condition` says which events its metric counts.
    """

    key: str
    weight: Decimal
    bands: tuple[tuple[Decimal, Decimal], ...]
    choices: Map[str, Decimal]
    metric: Metric | None = None
    label: Map[str, str] | None = None
    condition: Condition = ALWAYS

    def points(self, value: Value) -> Decimal:
        """The points for a value; without bands the value itself."""
        if value is None:
            return Decimal(0)
        if self.choices:
            return self.choices.get(str(value), Decimal(0))
        if not isinstance(value, int | Decimal) or isinstance(value, bool):
            return Decimal(0)
        number = Decimal(value)
        if not self.bands:
            return number
        return next((points for low, points in self.bands if number >= low), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRule(Rule):
    """Its data. `of` is customer, staff, or an event or action type."""

    of: str
    name: str
    indicators: tuple[Indicator, ...]
    classes: tuple[tuple[str, Condition], ...]
    every: Period | None = None
    by: Point | Who | None = None
    first_after: Duration | None = None
    key: str | None = None

    def counted(self, indicator: Indicator) -> Condition:
        """Which events the metric of an indicator counts: those of the rule's `if` and of its own."""
        parts = [one for one in (self.condition, indicator.condition) if one is not ALWAYS]
        return All(tuple(parts)) if parts else ALWAYS

    @property
    def of_thing(self) -> bool:
        """Whether it grades customers or staff (and not events or actions)."""
        return self.of in ("customer", "staff")


def read(reader: RuleReader) -> GradeRule | None:
    """The rule of a map; None after noting what is missing."""
    of = _of(reader)
    indicators = _indicators(reader)
    classes = _classes(reader)
    measured = [one.metric for one in indicators if one.metric is not None]
    if measured:
        reader.book = metric_book(reader, *measured)
    base = reader.base()
    name = reader.words("name").get("zh") or base["id"]
    every = reader.time("every", parse_period)
    by = _by(reader)
    first = reader.duration("first_after")
    key = reader.text("key")
    if of is None:
        return None
    if of not in ("customer", "staff") and key is None:
        reader.error(
            reader.node.mark,
            "missing-key",
            "给事件或动作分级需要 key",
            "a grade of an event or action needs key",
        )
    return GradeRule(
        **base,
        of=of,
        name=name,
        indicators=indicators,
        classes=classes,
        every=every,
        by=by,
        first_after=first,
        key=key,
    )


def _of(reader: RuleReader) -> str | None:
    context = reader.context
    node = reader.get("of", required=True)
    of = node.text if isinstance(node, Scalar) else None
    if of is None or node is None:
        return None
    if of in ("customer", "staff"):
        reader.book = context.book_of(of)
    elif of in context.vocabulary.events:
        reader.book = context.event_book((of,))
    elif of in context.vocabulary.actions:
        reader.book = context.action_book(of)
    else:
        known = ["customer", "staff", *context.vocabulary.events, *context.vocabulary.actions]
        context.problems.unknown(node.mark, "unknown-event", ("对象", "thing"), of, known)
        return None
    return of


def _by(reader: RuleReader) -> Point | Who | None:
    node = reader.get("by")
    if node is None:
        return None
    if (isinstance(node, Scalar) and node.text[:1].isdigit()) or (
        isinstance(node, Scalar) and node.text.startswith(("last ", "first ", "workday "))
    ):
        return reader.parsed(node, "by", parse_point)
    return reader.who("by")


def _indicators(reader: RuleReader) -> tuple[Indicator, ...]:
    node = reader.get("indicators")
    if node is None:
        return ()
    if not isinstance(node, Sequence):
        reader.error(node.mark, "value", "indicators 应为列表", "indicators is a list")
        return ()
    found = [_indicator(reader, one) for one in node.items]
    return tuple(one for one in found if one is not None)


def _indicator(reader: RuleReader, node: Node) -> Indicator | None:
    if not isinstance(node, Mapping):
        reader.error(
            node.mark,
            "value",
            "指标应为 {key, weight, bands}",
            "an indicator is {key, weight, bands}",
        )
        return None
    inner = RuleReader(reader.context, node, "indicator")
    inner.asked = set()
    key = inner.text("key", required=True)
    weight_node = inner.get("weight")
    weight = _weight(inner, weight_node)
    bands, choices = _bands(inner)
    metric_node = inner.get("metric")
    metric = None
    if metric_node is not None:
        metric = inner.parsed(
            metric_node, "metric", lambda text: parse_metric(text, reader.context.policy)
        )
        if metric is not None:
            check_metric(inner, metric, metric_node)
    label = inner.words("label")
    inner.book = metric_book(inner, metric)
    condition = inner.condition() if metric is not None else ALWAYS
    inner.finish()
    if key is None or weight is None:
        return None
    return Indicator(key, weight, bands, choices, metric, label or None, condition)


def _weight(reader: RuleReader, node: Node | None) -> Decimal | None:
    if node is None:
        return Decimal(1)
    if isinstance(node, Scalar) and _PERCENT.fullmatch(node.text.strip()):
        return Decimal(node.text.strip()[:-1]) / 100
    found = reader.decimal(node, "weight")
    if found is not None and found <= 0:
        reader.error(node.mark, "value", "weight 应大于 0", "weight is above 0")
        return None
    return found


def _bands(reader: RuleReader) -> tuple[tuple[tuple[Decimal, Decimal], ...], dict[str, Decimal]]:
    node = reader.get("bands")
    if node is None:
        return (), {}
    if isinstance(node, Mapping):
        choices = {key: reader.decimal(value, "bands") for key, value in node.entries.items()}
        return (), {key: value for key, value in choices.items() if value is not None}
    rows = []
    for row in node.items if isinstance(node, Sequence) else []:
        pair = (
            [reader.decimal(one, "bands") for one in row.items] if isinstance(row, Sequence) else []
        )
        if len(pair) != 2 or None in pair:
            reader.error(
                row.mark, "value", "每一档应为 [下限, 分数]", "a band is [at least, points]"
            )
            continue
        rows.append((pair[0], pair[1]))
    return tuple(sorted(rows, key=lambda row: row[0], reverse=True)), {}  # type: ignore[arg-type]


def _classes(reader: RuleReader) -> tuple[tuple[str, Condition], ...]:
    node = reader.get("classes")
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        reader.error(
            node.mark,
            "value",
            'classes 应为 {A: ">= 85", …}',
            'classes is a map such as {A: ">= 85"}',
        )
        return ()
    own = {**reader.book.own, "score": SCORE}
    book = KeyBook(reader.context.vocabulary, own, reader.book.terms, reader.book.kind)
    conditions = ConditionReader(reader.context, book)
    found = []
    for name, value in node.entries.items():
        if isinstance(value, Mapping) or (isinstance(value, Scalar) and value.text == "always"):
            found.append((name, conditions.read(value)))
        else:
            wrapped = Mapping(
                {"score": value}, value.mark, keys={"score": Scalar("score", True, value.mark)}
            )
            found.append((name, conditions.read(wrapped)))
    return tuple(found)


def evaluate(rule: GradeRule, scope: Scope, values: Map[str, Value]) -> Grade:
    """The grade of a thing: Σ(weight × points) / Σ(weight), not rounded, and the first class that holds."""
    parts = tuple(
        Part(one.key, one.weight, values.get(one.key), one.points(values.get(one.key)))
        for one in rule.indicators
    )
    score = None
    if parts:
        score = sum((part.weight * part.points for part in parts), Decimal(0)) / sum(
            part.weight for part in parts
        )
    place = scope.moved(
        kind=scope.kind,
        thing={**scope.thing, **({"score": score} if score is not None else {})},
        customer=scope.customer,
        by=scope.by,
        case=scope.case,
    )
    place.present = scope.present
    cls = next((name for name, condition in rule.classes if condition.holds(place)), None)
    facts = {part.key: part.value for part in parts}
    return Grade(rule.name, score, cls, parts, rule.because(scope, facts))


def _numbers(condition: Condition) -> list[Test]:
    return [test for test in condition.tests() if isinstance(test, Test)]


def bands_of(rule: GradeRule) -> list[tuple[str, Test]]:
    """The classes that are tests of the score, for the linter."""
    found = []
    for name, condition in rule.classes:
        tests = _numbers(condition)
        if len(tests) == 1 and tests[0].path.text == "score":
            found.append((name, tests[0]))
    return found
