"""Which cases conditions have in common, as far as their words show it."""

from __future__ import annotations

from xunzhang.law.conditions import All, Any, Condition, Happened, Not, PolicyScope, Test
from xunzhang.law.facts import Value, frozen
from xunzhang.law.lint.intervals import interval
from xunzhang.law.paths import Path

_NEGATED = {"=": "!=", "!=": "=", "present": "absent", "absent": "present"}
Clause = tuple[Condition, ...]


def disjoint(one: Condition, two: Condition) -> bool:
    """Whether the two can be seen never to hold together."""
    return all(_clash(left, right) for left in clauses(one) for right in clauses(two))


def implies(one: Condition, two: Condition) -> bool:
    """Whether the one can be seen to hold only where the other does."""
    return all(
        any(
            all(any(_within(mine, theirs) for mine in left) for theirs in right)
            for right in clauses(two)
        )
        for left in clauses(one)
    )


def clauses(condition: Condition) -> list[Clause]:
    """The condition as alternatives, each a list of tests that must all hold."""
    match condition:
        case All(parts):
            found: list[Clause] = [()]
            for part in parts:
                found = [(*head, *tail) for head in found for tail in clauses(part)][:64]
            return found
        case Any(parts):
            return [clause for part in parts for clause in clauses(part)]
        case PolicyScope(part):
            return clauses(part)
        case Not(Test() as test) if test.op in _NEGATED:
            return [(Test(test.path, _NEGATED[test.op], test.operand, test.text),)]
        case Test() | Happened() | Not():
            return [(condition,)]
        case _:
            return [()]


def _clash(left: Clause, right: Clause) -> bool:
    return any(_apart(mine, theirs) for mine in left for theirs in right)


def _apart(mine: Condition, theirs: Condition) -> bool:
    if (isinstance(mine, Not) and mine.part == theirs) or (
        isinstance(theirs, Not) and theirs.part == mine
    ):
        return True
    if (
        not (isinstance(mine, Test) and isinstance(theirs, Test))
        or mine.path.text != theirs.path.text
    ):
        return False
    if "absent" in (mine.op, theirs.op):
        other = theirs if mine.op == "absent" else mine
        return other.op not in ("absent", "!=")
    ours, others = interval(mine), interval(theirs)
    if ours is not None and others is not None:
        return ours.both(others).empty
    return _values_apart(mine, theirs)


def _values_apart(mine: Test, theirs: Test) -> bool:
    if mine.path.key.type in ("choices", "staffs", "table"):
        return False
    ours, others = values(mine), values(theirs)
    if ours is not None and others is not None:
        return not ours & others
    if mine.op == "!=" and others is not None:
        return others == {_plain(mine.operand)}
    return theirs.op == "!=" and ours is not None and ours == {_plain(theirs.operand)}


def values(test: Test) -> set[Value] | None:
    """The values that a test of equality names; None for any other test."""
    if test.op not in ("=", "in") or isinstance(test.operand, Path):
        return None
    operand = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    return {_plain(one) for one in operand}


def _plain(value: object) -> Value:
    return frozen(value)


def _within(mine: Condition, theirs: Condition) -> bool:
    if mine == theirs:
        return True
    if (
        not (isinstance(mine, Test) and isinstance(theirs, Test))
        or mine.path.text != theirs.path.text
    ):
        return False
    if theirs.op == "present":
        return mine.op not in ("absent", "!=")
    ours, others = interval(mine), interval(theirs)
    if ours is not None and others is not None:
        return ours.inside(others)
    named, wanted = values(mine), values(theirs)
    return named is not None and wanted is not None and named <= wanted
