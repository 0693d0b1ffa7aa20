"""Loads policies that stand together: each may speak of events that another one declares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xunzhang.law.loader import among, declared_in, draft_node, read_bytes
from xunzhang.law.problems import Mark, Problem, Problems
from xunzhang.law.source import Node, parse
from xunzhang.law.text import Edition


@dataclass(frozen=True, slots=True)
class Loaded:
    """A policy file as it was read. `draft`: what could be read of it, its rules with errors left out."""

    path: Path
    root: Node | None
    draft: Edition | None
    problems: tuple[Problem, ...]

    @property
    def edition(self) -> Edition | None:
        """The edition; None where there is any error."""
        return None if any(not one.warning for one in self.problems) else self.draft


def load_together(paths: Sequence[Path]) -> list[Loaded]:
    """All these policies, each read among the declarations of the others."""
    read = [_parsed(path) for path in paths]
    declared = [declared_in(root) for root, _ in read]
    found = []
    for index, (path, (root, problems)) in enumerate(zip(paths, read, strict=True)):
        draft = draft_node(root, problems, among(declared, index)) if root is not None else None
        found.append(Loaded(path, root, draft, tuple(sorted(problems.found))))
    return found


def _parsed(path: Path) -> tuple[Node | None, Problems]:
    problems = Problems(str(path))
    data = read_bytes(path, problems)
    root = parse(data, problems) if data is not None else None
    if root is None and not problems.failed:
        problems.error(Mark(1, 1), "empty", "文件是空的", "the file is empty")
    return root, problems
