"""Departments as a tree."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from xunzhang.organisation.models import Department


@dataclass(slots=True)
class Branch:
    """A department and those below it."""

    department: Department
    below: list["Branch"] = field(default_factory=list)


def grow(departments: Iterable[Department]) -> list[Branch]:
    """Return the departments at the top, each with those below it."""
    below: dict[int | None, list[Branch]] = defaultdict(list)
    branches = [Branch(department) for department in departments]
    for branch in branches:
        below[branch.department.parent_id].append(branch)
    for branch in branches:
        branch.below = below[branch.department.pk]
    return below[None]
