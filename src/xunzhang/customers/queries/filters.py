"""What a list of customers may be narrowed by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from django.db.models import CharField, F, Func, Q, QuerySet
from typing_extensions import override

from xunzhang.customers.models import Customer
from xunzhang.customers.models.customer import OwnerOrPool
from xunzhang.organisation.models import Person

POOL = 0
EQUALITIES = ("grade", "status", "kind", "region", "industry")


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


class Walked(Func):
    """A column that SQLite must not look for an index for, so that the sort order's index is walked."""

    template = "%(expressions)s"
    arity = 1

    @override
    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Return the column behind a plus, which hides it from the planner."""
        return self.as_sql(compiler, connection, template="+%(expressions)s", **extra)


def narrowed(
    rows: QuerySet[Customer],
    asked: CustomerFilter,
    owners: set[int] | None,
    *,
    walk: bool,
    newest: bool,
) -> QuerySet[Customer]:
    """Return the rows that a person with these owners sees and that the filter lets through.

    `walk`: many rows pass, so the index of the sort order serves better than those of the filters.
    """
    rows = rows.filter(plain(asked))
    if walk:
        rows = rows.alias(walked_owner=Walked(OwnerOrPool()))
        if owners is not None:
            rows = rows.filter(walked_owner__in=[POOL, *sorted(owners)])
    elif owners is not None:
        rows = rows.filter(Q(owner__in=sorted(owners)) | Q(owner__isnull=True))
    if asked.owner is not None:
        rows = (
            rows.filter(owner=asked.owner or None)
            if asked.owner
            else rows.filter(owner__isnull=True)
        )
    for name in EQUALITIES:
        value = getattr(asked, name)
        if value is None:
            continue
        if walk and not newest:
            rows = rows.alias(**{f"walked_{name}": Walked(F(name), output_field=CharField())})
            rows = rows.filter(**{f"walked_{name}": value})
        else:
            rows = rows.filter(**{name: value})
    return rows


def plain(asked: CustomerFilter) -> Q:
    """Return the part of the filter that no index of its own serves."""
    test = Q(merged_into__isnull=True, archived_at__isnull=not asked.archived)
    if asked.filed is not None:
        test &= Q(filed_at__isnull=not asked.filed)
    if asked.department is not None:
        test &= Q(owner__in=Person.objects.filter(department=asked.department))
    if asked.created_from is not None:
        test &= Q(created_at__gte=asked.created_from)
    if asked.created_before is not None:
        test &= Q(created_at__lt=asked.created_before)
    for key, value in asked.keys.items():
        test &= Q(**{f"keys__{key}": value})
    return test
