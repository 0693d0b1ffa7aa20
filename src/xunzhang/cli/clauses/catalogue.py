"""Reads a catalogue of clauses: a folder of YAML lists of maps with id and level."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from xunzhang.law.loader import read_bytes
from xunzhang.law.problems import Mark, Problem, Problems
from xunzhang.law.source import Mapping, Node, Scalar, Sequence, parse

LEVELS = ("enforced", "evidenced", "guided")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause that a policy has to carry out. `source` is the file's name without ending."""

    id: str
    level: str
    source: str
    article: str
    rule: str


def read(folder: Path) -> tuple[list[Clause], list[Problem]]:
    """All clauses below a folder (or of one file), and everything wrong with their files."""
    files = sorted(folder.rglob("*.yaml")) if folder.is_dir() else [folder]
    found: list[Clause] = []
    wrong: list[Problem] = []
    seen: set[str] = set()
    for path in files:
        problems = Problems(str(path))
        found += _file(path, problems, seen)
        wrong += problems.found
    return found, sorted(wrong)


def _file(path: Path, problems: Problems, seen: set[str]) -> Iterable[Clause]:
    data = read_bytes(path, problems)
    root = parse(data, problems) if data is not None else None
    if root is None:
        return []
    if not isinstance(root, Sequence):
        problems.error(
            root.mark,
            "catalogue",
            "条款文件应为列表：- {id, level, …}",
            "a clause file is a list: - {id, level, …}",
        )
        return []
    return [
        clause
        for node in root.items
        for clause in [_clause(node, path, problems, seen)]
        if clause is not None
    ]


def _clause(node: Node, path: Path, problems: Problems, seen: set[str]) -> Clause | None:
    if not isinstance(node, Mapping) or not isinstance(node.get("id"), Scalar):
        problems.error(
            node.mark,
            "catalogue",
            "条款应为映射，至少有 id 和 level",
            "a clause is a map with at least id and level",
        )
        return None
    id_, level = _text(node, "id"), _text(node, "level")
    if level not in LEVELS:
        mark: Mark = node.mark_of("level")
        problems.unknown(mark, "catalogue", ("级别", "level"), level, LEVELS)
        return None
    if id_ in seen:
        problems.error(
            node.mark_of("id"),
            "catalogue",
            f"条款“{id_}”出现了两次",
            f"the clause “{id_}” is there twice",
        )
        return None
    seen.add(id_)
    return Clause(id_, level, path.stem, _text(node, "article"), _text(node, "rule"))


def _text(node: Mapping, key: str) -> str:
    found = node.get(key)
    return found.text if isinstance(found, Scalar) else ""
