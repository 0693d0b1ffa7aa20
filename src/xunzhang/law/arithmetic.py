"""`is:` expressions of forms: + - * / over fields and sum(TABLE.COLUMN), in decimals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow

from xunzhang.law.facts import Value
from xunzhang.law.malformed import Malformed

LONGEST = 200
_TOKEN = re.compile(
    r"\s*(?:(\d+(?:\.\d+)?)|sum\(\s*([A-Za-z_]\w*)\.([A-Za-z_]\w*)\s*\)|([A-Za-z_]\w*)|([-+*/()]))"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Name:
    """The value of a field."""

    field: str


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of a column over the rows of a table."""

    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Operation:
    """Two values joined by + - * or /."""

    op: str
    left: Expression
    right: Expression


Expression = Number | Name | Sum | Operation


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = self._tokens(text)
        if len(self.tokens) > LONGEST:
            raise Malformed(
                f"算式太长（{len(self.tokens)} 个数和符号，最多 {LONGEST} 个）",
                f"too long: {len(self.tokens)} values and signs, at most {LONGEST}",
            )

    def _tokens(self, text: str) -> list[Expression | str]:
        found: list[Expression | str] = []
        place = 0
        while text[place:].strip():
            match = _TOKEN.match(text, place)
            if match is None:
                raise self._wrong()
            place = match.end()
            if match[1]:
                found.append(Number(Decimal(match[1])))
            elif match[2]:
                found.append(Sum(match[2], match[3]))
            else:
                found.append(Name(match[4]) if match[4] else match[5])
        return found

    def _wrong(self) -> Malformed:
        return Malformed(
            f"看不懂的算式“{self.text}”；例如 price * number 或 sum(rows.amount)",
            f"cannot read “{self.text}”; write for example price * number or sum(rows.amount)",
        )

    def whole(self) -> Expression:
        found = self.sum()
        if self.tokens:
            raise self._wrong()
        return found

    def sum(self) -> Expression:
        left = self.product()
        while self.tokens and self.tokens[0] in ("+", "-"):
            op = str(self.tokens.pop(0))
            left = Operation(op, left, self.product())
        return left

    def product(self) -> Expression:
        left = self.atom()
        while self.tokens and self.tokens[0] in ("*", "/"):
            op = str(self.tokens.pop(0))
            left = Operation(op, left, self.atom())
        return left

    def atom(self) -> Expression:
        if not self.tokens:
            raise self._wrong()
        part = self.tokens.pop(0)
        if part == "-":
            return Operation("-", Number(Decimal(0)), self.atom())
        if part == "(":
            found = self.sum()
            if not self.tokens or self.tokens.pop(0) != ")":
                raise self._wrong()
            return found
        if isinstance(part, str):
            raise self._wrong()
        return part


def parse_expression(text: str) -> Expression:
    """Read an expression. Raises Malformed."""
    return _Parser(text).whole()


def names(expression: Expression) -> list[Name | Sum]:
    """The fields and sums that it speaks of."""
    if isinstance(expression, Operation):
        return names(expression.left) + names(expression.right)
    return [] if isinstance(expression, Number) else [expression]


def compute(expression: Expression, values: Mapping[str, Value]) -> Decimal | None:
    """Its value; None where a field is missing or it divides by zero."""
    match expression:
        case Number(value):
            return value
        case Name(field):
            return _decimal(values.get(field))
        case Sum(table, column):
            return sum(
                (_decimal(row.get(column)) or Decimal(0) for row in rows_of(values.get(table))),
                Decimal(0),
            )
        case Operation(op, left, right):
            return _operate(op, compute(left, values), compute(right, values))


def rows_of(value: Value) -> list[Mapping[str, Value]]:
    """The rows of a table; what is no row is left aside."""
    return (
        [row for row in value if isinstance(row, Mapping)]
        if isinstance(value, list | tuple)
        else []
    )


def _operate(op: str, left: Decimal | None, right: Decimal | None) -> Decimal | None:
    if left is None or right is None:
        return None
    try:
        return {"+": left.__add__, "-": left.__sub__, "*": left.__mul__, "/": left.__truediv__}[op](
            right
        )
    except (DivisionByZero, InvalidOperation, Overflow):
        return None


def _decimal(value: Value) -> Decimal | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None
