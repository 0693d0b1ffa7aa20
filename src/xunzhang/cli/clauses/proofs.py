"""Which rehearsal step or test proves which clause. Tests are read, not run."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from xunzhang.law.rehearsal import load_rehearsal, play


@dataclass(frozen=True, slots=True)
class Proof:
    """A step or test that proves a clause."""

    clause: str
    where: str


@dataclass(frozen=True, slots=True)
class Proved:
    """What one rehearsal proves, or that it does not hold."""

    path: Path
    holds: bool
    proofs: tuple[Proof, ...] = ()


def by_rehearsal(path: Path) -> Proved:
    """The clauses of its steps that expect something, if all that a step expects holds."""
    rehearsal, _ = load_rehearsal(path)
    if rehearsal is None:
        return Proved(path, holds=False)
    report = play(rehearsal)
    proofs = [
        Proof(clause, f"{shortened(path)}:{played.step.mark.line}")
        for played in report.steps
        if played.step.expect and not played.failures and played.error is None
        for clause in played.step.clause
    ]
    return Proved(path, report.ok, tuple(dict.fromkeys(proofs)))


def shortened(path: Path) -> str:
    """A rehearsal's path from its pack's folder on."""
    parts = path.parts
    return (
        "/".join(parts[parts.index("rehearsals") - 1 :]) if "rehearsals" in parts[1:] else str(path)
    )


def by_tests(folder: Path) -> list[Proof]:
    """The clauses named by `@pytest.mark.clause("ID", …)` on tests, classes and modules below a folder."""
    if not folder.is_dir():
        return []
    return [
        proof
        for path in sorted(folder.rglob("test_*.py"))
        for proof in _in_module(path, path.relative_to(folder.parent).as_posix())
    ]


def _in_module(path: Path, name: str) -> Iterator[Proof]:
    tree = ast.parse(path.read_bytes(), str(path))
    everywhere = [
        id_
        for node in tree.body
        if isinstance(node, ast.Assign) and _is_pytestmark(node)
        for id_ in _ids(node.value)
    ]
    yield from _in_body(tree.body, name, everywhere)


def _is_pytestmark(node: ast.Assign) -> bool:
    return any(
        isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets
    )


def _in_body(body: Sequence[ast.stmt], name: str, outer: list[str]) -> Iterator[Proof]:
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        ids = [*outer, *(id_ for decorator in node.decorator_list for id_ in _ids(decorator))]
        where = f"{name}::{node.name}"
        if isinstance(node, ast.ClassDef):
            yield from _in_body(node.body, where, ids)
        elif node.name.startswith("test"):
            yield from (Proof(id_, where) for id_ in dict.fromkeys(ids))


def _ids(node: ast.expr) -> list[str]:
    """The ids of every `….mark.clause(…)` within an expression."""
    return [
        one.value
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and _is_clause(call.func)
        for one in call.args
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]


def _is_clause(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "clause"
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "mark"
    )


def gathered(proved: Sequence[Proved], tests: Sequence[Proof]) -> dict[str, list[str]]:
    """By clause: where it is proven."""
    found: dict[str, list[str]] = defaultdict(list)
    for proof in (*(proof for one in proved for proof in one.proofs), *tests):
        found[proof.clause].append(proof.where)
    return found
