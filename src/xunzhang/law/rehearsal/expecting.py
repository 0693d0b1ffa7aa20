"""Reads what a step of a rehearsal expects."""

from __future__ import annotations

from collections.abc import Mapping as Map
from typing import Any

from xunzhang.law.problems import Problems
from xunzhang.law.source import Mapping, Node, Scalar, Sequence

ROW_KINDS = (
    "duties",
    "breaches",
    "sanctions",
    "cases",
    "awards",
    "assignments",
    "reminders",
    "promotions",
    "grades",
    "missing",
    "notices",
    "guides",
)
EXPECT_KEYS = (
    *ROW_KINDS,
    "none",
    "only",
    "ruling",
    "steps",
    "reasons",
    "warnings",
    "say",
    "because",
    "score",
    "class",
)


def read_expect(problems: Problems, node: Node | None) -> Map[str, Any] | None:
    """The rows that a step expects, by kind; None where it expects nothing."""
    if node is None:
        return None
    if not isinstance(node, Mapping):
        problems.error(node.mark, "expect", "expect 应为映射", "expect is a map")
        return None
    for key in node.entries:
        if key not in EXPECT_KEYS:
            problems.unknown(
                node.mark_of(key),
                "unknown-key",
                ("键（expect）", "key of expect"),
                key,
                EXPECT_KEYS,
            )
    _check_kinds(problems, node)
    for key in ROW_KINDS:
        for item in listed(node.get(key)):
            if not isinstance(item, Mapping):
                problems.error(
                    item.mark, "value", f"{key} 的每一行应为映射", f"a row of {key} is a map"
                )
    return {key: _expected(value) for key, value in node.entries.items()}


def _check_kinds(problems: Problems, node: Mapping) -> None:
    for key in ("none", "only"):
        for item in listed(node.get(key)):
            if not isinstance(item, Scalar):
                problems.error(
                    item.mark,
                    "value",
                    f"{key} 应为结果种类的列表",
                    f"{key} is a list of kinds of results",
                )
            elif item.text not in ROW_KINDS:
                problems.unknown(
                    item.mark, "unknown-key", ("结果种类", "kind of result"), item.text, ROW_KINDS
                )


def listed(node: Node | None) -> list[Node]:
    """The entries of a list, or the one node, or none."""
    if node is None:
        return []
    return list(node.items) if isinstance(node, Sequence) else [node]


def _expected(node: Node) -> Any:
    """An expectation as plain values; words keep their spelling, numbers their decimals."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [_expected(item) for item in node.items]
    return {key: _expected(value) for key, value in node.entries.items()}
