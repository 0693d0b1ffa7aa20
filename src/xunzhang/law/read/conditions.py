"""Reads `if:` and its like."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from typing_extensions import override

from xunzhang.law.conditions import ALWAYS, All, Any, Clock, Condition, Happened, Not, Range, Test
from xunzhang.law.facts import Value
from xunzhang.law.malformed import Malformed
from xunzhang.law.paths import KeyBook, Path
from xunzhang.law.problems import Mark
from xunzhang.law.read.context import Context
from xunzhang.law.source import Mapping, Node, Scalar, Sequence
from xunzhang.law.times import Duration, Within, parse_duration, parse_within
from xunzhang.law.vocabulary import NUMBERS, ORDERED, BadValue, Key, coerce

_OPERATOR = re.compile(r"(>=|<=|!=|>|<|=)\s*(.*)\Z", re.DOTALL)
_RANGE = re.compile(r"(.+?)(<?)\.\.(=?)(.+)\Z")
_WHOLE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_KEY = re.compile(r"key\(\s*([^()\s]+)\s*\)\Z")
_AGO = re.compile(r"(\d+ [a-z ]+?) ago\Z")
_IN = re.compile(r"in (\d+ [a-z ]+)\Z")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?\Z")
HAPPENED_KEYS = ("event", "match", "where", "within", "at_least", "unless")


class ConditionReader:
    """Reads the conditions of one place, whose keys are those of a book."""

    def __init__(self, context: Context, book: KeyBook) -> None:
        self.context = context
        self.book = book

    def read(self, node: Node | None) -> Condition:
        """The condition; ALWAYS where there is none or it was wrong (and noted)."""
        if node is None:
            return ALWAYS
        if isinstance(node, Scalar):
            if node.text == "always":
                return ALWAYS
            self._error(
                node.mark,
                "condition",
                "条件应为映射，例如 {grade: A}，或 always",
                "a condition is a map such as {grade: A}, or the word always",
            )
            return ALWAYS
        if isinstance(node, Sequence):
            self._error(
                node.mark,
                "condition",
                "条件应为映射；几个条件都要满足时用 all:，任一满足用 any:",
                "a condition is a map; use all: or any: for several maps",
            )
            return ALWAYS
        parts = [
            part
            for name, value in node.entries.items()
            if (part := self._entry(name, value, node.mark_of(name))) is not None
        ]
        return parts[0] if len(parts) == 1 else All(tuple(parts)) if parts else ALWAYS

    def _error(self, mark: Mark, code: str, zh: str, en: str) -> None:
        self.context.problems.error(mark, code, zh, en)

    def _entry(self, name: str, value: Node, mark: Mark) -> Condition | None:
        if name in ("any", "all", "not"):
            return self._nested(name, value, mark)
        if name == "happened":
            maps = value.items if isinstance(value, Sequence) else [value]
            found = [part for node in maps if (part := self._happened(node)) is not None]
            return found[0] if len(found) == 1 else All(tuple(found)) if found else None
        path = self.context.path(name, self.book, mark)
        return self._test(path, value) if path is not None else None

    def _nested(self, name: str, value: Node, mark: Mark) -> Condition | None:
        if name == "not":
            return Not(self.read(value))
        if isinstance(value, Sequence):
            parts = tuple(self.read(item) for item in value.items)
        elif isinstance(value, Mapping):
            parts = tuple(
                part
                for key, node in value.entries.items()
                if (part := self._entry(key, node, value.mark_of(key))) is not None
            )
        else:
            self._error(
                mark, "condition", f"“{name}:”后应为映射的列表", f"“{name}:” takes a list of maps"
            )
            return None
        return Any(parts) if name == "any" else All(parts)

    def _test(self, path: Path, node: Node) -> Condition | None:
        if isinstance(node, Sequence):
            return self._one_of(path, node)
        if isinstance(node, Mapping):
            self._error(
                node.mark,
                "value",
                f"“{path.text}”的值应为单个值、列表或比较式",
                f"the value of “{path.text}” is a single value, a list or a comparison",
            )
            return None
        text = node.text.strip()
        if text in ("present", "absent"):
            return Test(path, text, None, text)
        if _KEY.match(text):
            return self._comparison(path, "=", text, node)
        found = _OPERATOR.match(text)
        if found:
            return self._comparison(path, found[1], found[2].strip(), node)
        span = _RANGE.match(text)
        if span and self._ordered(path.key, span[1].rstrip("<"), span[4]):
            return self._range(path, span, node)
        if node.value is None:
            self._error(
                node.mark,
                "value",
                f"“{path.text}”缺少值；没有值时写 absent",
                f"“{path.text}” has no value; write absent for a missing one",
            )
            return None
        value = self._literal(path.key, node.value, node)
        return Test(path, "=", value, text)

    @staticmethod
    def _ordered(key: Key, low: str, high: str) -> bool:
        if key.type in ORDERED:
            return True
        return bool(_NUMBER.match(low.strip()) and _NUMBER.match(high.strip()))

    def _one_of(self, path: Path, node: Sequence) -> Condition | None:
        values: list[Value] = []
        tests: list[Condition] = []
        for item in node.items:
            if not isinstance(item, Scalar):
                self._error(item.mark, "value", "列表里应为单个值", "the list takes single values")
                continue
            test = self._test(path, item)
            if isinstance(test, Test) and test.op == "=" and not isinstance(test.operand, Path):
                values.append(test.operand)
            elif test is not None:
                tests.append(test)
        if not tests:
            return Test(path, "in", tuple(values), "、".join(map(str, values)))
        if values:
            tests.append(Test(path, "in", tuple(values), "、".join(map(str, values))))
        return Any(tuple(tests))

    def _range(self, path: Path, span: re.Match[str], node: Scalar) -> Condition | None:
        low = self._literal(path.key, span[1].strip(), node)
        high = self._literal(path.key, span[4].strip(), node)
        bounds = Range(low, high, span[2] != "<", span[3] == "=", node.text)
        if low is not None and high is not None and low > high:
            self._error(
                node.mark,
                "range",
                f"区间“{node.text}”的下限大于上限",
                f"the range “{node.text}” has its bounds reversed",
            )
        return Test(path, "range", bounds, node.text)

    def _comparison(self, path: Path, op: str, rest: str, node: Scalar) -> Condition | None:
        if not rest or _OPERATOR.match(rest):
            self._error(
                node.mark,
                "operator",
                f'看不懂的比较“{node.text}”；例如 ">= 5"、"!= x"、"<= key(guests)"',
                f'cannot read the comparison “{node.text}”; write for example ">= 5", "!= x" or "<= key(guests)"',
            )
            return None
        other = _KEY.match(rest)
        if other:
            found = self.context.path(other[1], self._other_book(), node.mark)
            return Test(path, op, found, node.text) if found is not None else None
        clock = self._clock(rest)
        if clock is not None:
            return Test(path, op, clock, node.text)
        if (
            op in "<=>="
            and op not in ("=", "!=")
            and path.key.type not in ORDERED
            and not self._is_ordered_text(rest)
        ):
            self._error(
                node.mark,
                "operator",
                f"“{node.text}”不是能比较大小的值",
                f"“{node.text}” compares with no number, date or time",
            )
            return None
        return Test(path, op, self._literal(path.key, rest, node), node.text)

    @staticmethod
    def _is_ordered_text(text: str) -> bool:
        return bool(_NUMBER.match(text)) or bool(
            re.match(r"\d{4}-\d\d-\d\d|\d\d:\d\d|[A-Za-z0-9一-鿿]+\Z", text)
        )

    def _other_book(self) -> KeyBook:
        return self.book

    @staticmethod
    def _clock(rest: str) -> Clock | None:
        if rest == "today":
            return Clock(None, 0, rest)
        for pattern, sign in ((_AGO, -1), (_IN, 1)):
            found = pattern.match(rest)
            if found:
                try:
                    duration: Duration = parse_duration(found[1])
                except Malformed:
                    return None
                return Clock(duration, sign, rest)
        return None

    def _literal(self, key: Key, raw: Value, node: Scalar) -> Value:
        if key.type in ("table", "staffs", "choices"):
            return raw if not isinstance(raw, int | Decimal) else str(raw)
        if key.type in NUMBERS and isinstance(raw, str):
            raw = _number(raw)
        if (
            key.type not in ORDERED
            and key.type != "boolean"
            and isinstance(raw, int | Decimal | bool)
        ):
            raw = (
                node.text
                if node.text.strip()[:1] not in "<>=!" and ".." not in node.text
                else str(raw)
            )
        whole_day = key.type == "datetime" and isinstance(raw, str) and _WHOLE_DAY.fullmatch(raw)
        kind = "date" if whole_day else key.type
        try:
            return coerce(
                Key(key.name, kind, choices=key.choices if node.text == str(raw) else ()), raw
            )
        except BadValue as error:
            self._error(
                node.mark, "value", f"“{key.name}”：{error.zh}", f"“{key.name}”: {error.en}"
            )
            return None

    def _happened(self, node: Node) -> Condition | None:
        context = self.context
        if not isinstance(node, Mapping):
            self._error(
                node.mark,
                "happened",
                "happened: 后应为映射，如 {event: customer.visited, within: 3 months}",
                "happened: takes a map such as {event: customer.visited, within: 3 months}",
            )
            return None
        for name in node.entries:
            if name not in HAPPENED_KEYS:
                context.problems.unknown(
                    node.mark_of(name), "unknown-key", ("键", "key"), name, HAPPENED_KEYS
                )
        event = self._event(node, "event")
        if event is None and "event" not in node.entries:
            self._error(node.mark, "missing-key", "happened 缺少 event", "happened needs event")
        within, at_least = self._within(node), self._at_least(node)
        unless = self._event(node, "unless")
        if event is None:
            return None
        earlier = context.event_book((event,))
        match = self._match(node, earlier)
        where = EarlierReader(context, earlier, self.book).read(node.get("where"))
        return Happened(event, match, where, within, at_least, unless)

    def _event(self, node: Mapping, name: str) -> str | None:
        found = node.get(name)
        if found is None:
            return None
        if not isinstance(found, Scalar):
            self._error(
                found.mark, "event", f"{name} 应为一个事件类型", f"{name} is one event type"
            )
            return None
        if found.text not in self.context.vocabulary.events:
            self.context.problems.unknown(
                found.mark,
                "unknown-event",
                ("事件", "event"),
                found.text,
                self.context.vocabulary.events,
            )
            return None
        return found.text

    def _match(self, node: Mapping, earlier: KeyBook) -> tuple[str, ...]:
        found = node.get("match")
        if found is None:
            return {"staff": ("by",), "case": ("case",)}.get(self.book.kind, ("customer",))
        items = found.items if isinstance(found, Sequence) else [found]
        for item in items:
            if not isinstance(item, Scalar):
                self._error(item.mark, "value", "match 应为键的列表", "match is a list of keys")
            elif item.text not in earlier.own:
                self.context.problems.unknown(
                    item.mark, "unknown-key", ("键", "key"), item.text, earlier.own
                )
        return tuple(item.text for item in items if isinstance(item, Scalar))

    def _within(self, node: Mapping) -> Within | None:
        found = node.get("within")
        if found is None:
            return None
        try:
            return parse_within(found.text if isinstance(found, Scalar) else "")
        except Malformed as error:
            self._error(found.mark, "time", f"within：{error.zh}", f"within: {error.en}")
            return None

    def _at_least(self, node: Mapping) -> int:
        found = node.get("at_least")
        value = found.value if isinstance(found, Scalar) else 1 if found is None else None
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            self._error(
                node.mark_of("at_least"),
                "value",
                "at_least 应为从 1 起的整数",
                "at_least is a whole number from 1",
            )
            return 1
        return value


class EarlierReader(ConditionReader):
    """Reads a `where`: bare keys are the earlier event's, `key(x)` the present thing's."""

    def __init__(self, context: Context, book: KeyBook, present: KeyBook) -> None:
        super().__init__(context, book)
        self.present = present

    @override
    def _other_book(self) -> KeyBook:
        return self.present


def _number(text: str) -> Value:
    try:
        found = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        return text
    if not found.is_finite():
        return text
    return int(found) if found == int(found) and "." not in text else found
