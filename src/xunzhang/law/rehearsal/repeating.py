"""`repeat: N`: a step told N times, with `{n}` in its values."""

from __future__ import annotations

from xunzhang.law.rehearsal.expecting import ROW_KINDS
from xunzhang.law.source import Mapping, Node, Scalar, Sequence


def numbered(node: Node, n: int) -> Node:
    """The node with `{n}` put in place."""
    if isinstance(node, Scalar):
        return (
            Scalar(node.text.replace("{n}", str(n)), node.plain, node.mark)
            if "{n}" in node.text
            else node
        )
    if isinstance(node, Sequence):
        return Sequence([numbered(item, n) for item in node.items], node.mark)
    return Mapping(
        {key: numbered(value, n) for key, value in node.entries.items()},
        node.mark,
        node.flow,
        node.keys,
    )


def speaks_of_n(node: Node) -> bool:
    """Whether a row stands for each number."""
    if isinstance(node, Scalar):
        return "{n}" in node.text
    inner = node.items if isinstance(node, Sequence) else list(node.entries.values())
    return any(speaks_of_n(item) for item in inner)


def rows_numbered(expect: Mapping, repeat: int) -> Mapping:
    """Expectations whose rows that speak of `{n}` stand once for each number."""
    entries: dict[str, Node] = {}
    for key, value in expect.entries.items():
        if isinstance(value, Sequence) and key in ROW_KINDS:
            rows = [
                told
                for row in value.items
                for told in (
                    [numbered(row, n) for n in range(1, repeat + 1)] if speaks_of_n(row) else [row]
                )
            ]
            entries[key] = Sequence(rows, value.mark)
        else:
            entries[key] = value
    return Mapping(entries, expect.mark, expect.flow, expect.keys)
