"""What a list of customers may be narrowed by."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from django.db.models import F, Func, Q, QuerySet
from django.db.models.expressions import Combinable
from typing_extensions import override

from xunzhang.customers.models import Customer
from xunzhang.customers.models.customer import FiledOrNot, OwnerOrPool
from xunzhang.organisation.models import Person

POOL = 0
EQUALITIES = ("grade", "status", "kind", "region", "industry")

Tests = dict[str, Collection[Any]]


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """What is asked of a list; None and empty ask nothing. `owner` POOL asks for the pool.

    `department` is the id of the owner's department; the created period is half-open.
    """

    text: str = ""
    owner: int | None = None
    department: int | None = None
    grade: str | None = None
    status: str | None = None
    kind: str | None = None
    region: str | None = None
    industry: str | None = None
    filed: bool | None = None
    created_from: datetime | None = None
    created_before: datetime | None = None
    archived: bool = False
    keys: Mapping[str, Any] = field(default_factory=dict)

    @property
    def narrow(self) -> bool:
        """True when anything but the text narrows the list."""
        return self != type(self)(text=self.text)

    @classmethod
    def read(cls, saved: Mapping[str, Any]) -> Self:
        """Return the filter that was saved as JSON; unknown names are left out."""
        known = {name: saved[name] for name in cls.__slots__ if name in saved}
        for name in ("created_from", "created_before"):
            if isinstance(known.get(name), str):
                known[name] = datetime.fromisoformat(known[name])
        return cls(**known)


class Hidden(Func):
    """A value that SQLite must not look for an index for, so that the index is taken that serves best."""

    template = "%(expressions)s"
    arity = 1

    @override
    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Return the value behind a plus, which hides it from the planner."""
        return self.as_sql(compiler, connection, template="+(%(expressions)s)", **extra)


def column(name: str) -> Combinable:
    """Return what a test of this name looks at."""
    if name == "owner":
        return OwnerOrPool()
    return FiledOrNot() if name == "filed" else F(name)


def hidden(name: str) -> Hidden:
    """Return the same without its index."""
    return Hidden(column(name))


def tests_of(asked: CustomerFilter, owners: set[int] | None) -> Tests:
    """Return which values each column of a row must have that a person with these owners may see."""
    tests: Tests = {
        name: [value] for name in EQUALITIES if (value := getattr(asked, name)) is not None
    }
    if asked.filed is not None:
        tests["filed"] = [int(asked.filed)]
    seen = None if owners is None else {POOL, *owners}
    for asked_for in (
        None if asked.owner is None else {asked.owner},
        None if asked.department is None else people_of(asked.department),
    ):
        if asked_for is not None:
            seen = asked_for if seen is None else seen & asked_for
    if seen is not None:
        tests["owner"] = sorted(seen)
    return tests


def people_of(department: int) -> set[int]:
    """Return the people of a department."""
    return set(Person.objects.filter(department=department).values_list("pk", flat=True))


def others(asked: CustomerFilter) -> Q:
    """Return the part of the filter that is no list of values of a column."""
    test = Q()
    if asked.created_from is not None:
        test &= Q(created_at__gte=asked.created_from)
    if asked.created_before is not None:
        test &= Q(created_at__lt=asked.created_before)
    for key, value in asked.keys.items():
        test &= Q(**{f"keys__{key}": value})
    return test


def narrowed(
    rows: QuerySet[Customer], tests: Tests, *, entered: Collection[str]
) -> QuerySet[Customer]:
    """Return the rows that pass; only the columns that are `entered` may lead to an index."""
    for name, values in tests.items():
        value = column(name) if name in entered else hidden(name)
        lookup = f"tested_{name}__in"
        rows = rows.alias(**{f"tested_{name}": value}).filter(**{lookup: values})
    return rows
