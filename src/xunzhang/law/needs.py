"""Whom a policy needs: the roles and departments that it names, and those that a company lacks."""

from __future__ import annotations

from xunzhang.law import who as w
from xunzhang.law.conditions import Test
from xunzhang.law.facts import Directory
from xunzhang.law.parts import everything, parts
from xunzhang.law.text import Edition


def vacant_roles(edition: Edition, directory: Directory) -> list[str]:
    """The roles of a policy that nobody holds, in its own order."""
    return [role for role in edition.roles if not directory.holders(role)]


def missing_departments(edition: Edition, directory: Directory) -> list[str]:
    """The departments that a policy names and the company has not, by name."""
    return sorted(departments(edition) - directory.departments.keys())


def departments(edition: Edition) -> set[str]:
    """The departments that a policy names, in whos and in the conditions of its rules."""
    found: set[str] = set()
    for part in parts(everything(edition)):
        match part:
            case w.In(str(name)) | w.Head(str(name)):
                found.add(name)
            case Test():
                found |= _tested(part)
            case _:
                pass
    return found


def _tested(test: Test) -> set[str]:
    """The departments with which a test compares the department of somebody."""
    if test.path.key.type != "department" or test.op not in ("=", "in"):
        return set()
    operand = test.operand
    listed = operand if isinstance(operand, tuple | list) else (operand,)
    return {one for one in listed if isinstance(one, str)}
