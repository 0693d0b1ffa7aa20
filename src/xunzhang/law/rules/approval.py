"""approval: an action that needs people's consent, step by step."""

from __future__ import annotations

from dataclasses import dataclass

from xunzhang.law.conditions import ALWAYS, Condition
from xunzhang.law.paths import KeyBook
from xunzhang.law.read.conditions import ConditionReader
from xunzhang.law.read.rule import RuleReader, words
from xunzhang.law.rules.common import Rule, Words
from xunzhang.law.scope import Scope
from xunzhang.law.source import Mapping, Node, Scalar, Sequence
from xunzhang.law.times import Within
from xunzhang.law.who import Who


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an approval table: steps, a refusal, or consent without steps."""

    condition: Condition
    by: tuple[Who, ...] = ()
    refuse: Words | None = None
    allow: bool = False


@dataclass(frozen=True, slots=True)
class StepTable:
    """Rows of which the first that holds counts."""

    rows: tuple[Row, ...]

    def row(self, scope: Scope) -> Row | None:
        """The row that counts, if any."""
        return next((row for row in self.rows if row.condition.holds(scope)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRule(Rule):
    """Its data. `match` None: all keys of the action."""

    action: str
    table: StepTable
    match: tuple[str, ...] | None = None
    valid: Within | None = None


def read(reader: RuleReader) -> ApprovalRule | None:
    """The rule of a map; None after noting what is missing."""
    action = reader.action(required=True)
    reader.book = reader.context.action_book(action)
    base = reader.base()
    table = read_steps(reader, reader.get("by"), reader.get("table"), reader.book)
    match = reader.keys("match", (reader.book,)) if reader.has("match") else None
    valid = reader.within("valid")
    if table is None:
        reader.error(
            reader.node.mark,
            "missing-key",
            "approval 需要 by 或 table",
            "an approval needs by or table",
        )
        return None
    if action is None:
        return None
    return ApprovalRule(**base, action=action, table=table, match=match, valid=valid)


def read_steps(
    reader: RuleReader, by: Node | None, table: Node | None, book: KeyBook
) -> StepTable | None:
    """Steps written as a list, or as a table of rows."""
    if table is not None and by is not None:
        reader.error(
            table.mark,
            "value",
            "by 和 table 只写一个；各种情形都写进 table 的行里",
            "write by or table, not both; put each case into a row of the table",
        )
    if table is not None:
        if not isinstance(table, Sequence):
            reader.error(table.mark, "value", "table 应为行的列表", "table is a list of rows")
            return None
        if not table.items:
            reader.error(
                table.mark,
                "value",
                "table 是空的，至少写一行",
                "table is empty; write at least one row",
            )
        rows = [_row(reader, row, book) for row in table.items]
        return StepTable(tuple(row for row in rows if row is not None))
    if by is None:
        return None
    return StepTable((Row(ALWAYS, steps(reader, by, book)),))


def steps(reader: RuleReader, node: Node, book: KeyBook) -> tuple[Who, ...]:
    """A list of steps; each a who, or a list of whos any one of which may approve."""
    items = node.items if isinstance(node, Sequence) else [node]
    if not items:
        reader.error(
            node.mark, "value", "by 是空的，至少写一步", "by is empty; write at least one step"
        )
    return tuple(who for item in items if (who := reader.who_of(item, book)) is not None)


def _row(reader: RuleReader, node: Node, book: KeyBook) -> Row | None:
    if not isinstance(node, Mapping):
        reader.error(
            node.mark, "value", "表的每一行应为 {if, by}", "a row of the table is {if, by}"
        )
        return None
    for name in node.entries:
        if name not in ("if", "by", "refuse", "allow"):
            reader.problems.unknown(
                node.mark_of(name),
                "unknown-key",
                ("键", "key"),
                name,
                ("if", "by", "refuse", "allow"),
            )
    condition = ConditionReader(reader.context, book).read(node.get("if"))
    by, refuse, allow = node.get("by"), node.get("refuse"), node.get("allow")
    if sum(one is not None for one in (by, refuse, allow)) > 1:
        reader.error(
            node.mark,
            "value",
            "一行只写 by、refuse、allow 之一",
            "a row has one of by, refuse and allow",
        )
    if refuse is not None:
        return Row(condition, refuse=words(reader.problems, refuse, "refuse"))
    if isinstance(allow, Scalar) and allow.value is True:
        return Row(condition, allow=True)
    if by is None:
        reader.error(
            node.mark,
            "missing-key",
            "行里需要 by、refuse 或 allow: true",
            "a row needs by, refuse or allow: true",
        )
        return None
    return Row(condition, steps(reader, by, book))
