"""What the engine is told: people, departments, events and asks. Values only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from types import MappingProxyType
from typing import Any

Value = Any
"""A fact: str, bool, int, Decimal, date, datetime, time, a list or map of these, or None."""

NOTHING: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff, or an outside party (`outside`), as the policy sees him."""

    id: str
    name: str = ""
    department: str | None = None
    roles: tuple[str, ...] = ()
    manager: str | None = None
    region: str | None = None
    outside: bool = False
    left: bool = False
    successor: str | None = None
    keys: Mapping[str, Value] = field(default_factory=lambda: NOTHING)

    def get(self, key: str) -> Value:
        """The value of one of his keys; None where he has none."""
        if key in _STAFF_FIELDS:
            value = getattr(self, key)
            return list(value) if key == "roles" else value
        return self.keys.get(key)


_STAFF_FIELDS = frozenset(
    {"id", "name", "department", "roles", "manager", "region", "outside", "left", "successor"}
)


@dataclass(frozen=True, slots=True)
class Department:
    """A node of the organisation's tree; `parent` and `head` may be unknown."""

    name: str
    head: str | None = None
    parent: str | None = None


class Directory:
    """Who is who: staff by id, holders by role, members by department. Immutable."""

    def __init__(self, staff: Mapping[str, Staff], departments: Mapping[str, Department]) -> None:
        self.staff = staff
        self.departments = departments
        self._holders: dict[str, tuple[str, ...]] = {}
        self._members: dict[str, tuple[str, ...]] = {}
        self._index()

    @classmethod
    def of(cls, staff: Iterable[Staff], departments: Iterable[Department] = ()) -> Directory:
        """A directory of these people and departments; later entries of one id win."""
        return cls({one.id: one for one in staff}, {one.name: one for one in departments})

    def _index(self) -> None:
        holders: dict[str, list[str]] = defaultdict(list)
        members: dict[str, list[str]] = defaultdict(list)
        for one in sorted(self.staff.values(), key=lambda person: person.id):
            if one.left:
                continue
            for role in one.roles:
                holders[role].append(one.id)
            if one.department:
                members[one.department].append(one.id)
        self._holders = {role: tuple(ids) for role, ids in holders.items()}
        self._members = {name: tuple(ids) for name, ids in members.items()}

    def with_staff(self, person: Staff) -> Directory:
        """The same directory with one person added or changed."""
        return Directory({**self.staff, person.id: person}, self.departments)

    def holders(self, role: str) -> tuple[str, ...]:
        """Ids of those present who hold the role, in order of id."""
        return self._holders.get(role, ())

    def members(self, department: str) -> tuple[str, ...]:
        """Ids of those present in the department itself, in order of id."""
        return self._members.get(department, ())

    def everyone(self) -> tuple[str, ...]:
        """Ids of all staff present; outside parties are not staff."""
        return tuple(
            sorted(one.id for one in self.staff.values() if not one.left and not one.outside)
        )

    def above(self, department: str | None) -> list[str]:
        """The department and those above it, nearest first."""
        chain: list[str] = []
        while department and department not in chain:
            chain.append(department)
            node = self.departments.get(department)
            department = node.parent if node else None
        return chain

    def nearest(self, role: str, anchor: str | None) -> tuple[str, ...]:
        """Holders of the role nearest to a person: his department, those above, else all."""
        holders = self.holders(role)
        person = self.staff.get(anchor) if anchor else None
        if person is None or len(holders) < 2:
            return holders
        for name in self.above(person.department):
            here = tuple(one for one in holders if self.staff[one].department == name)
            if here:
                return here
        return holders

    def head(self, department: str | None) -> str | None:
        """The head of a department, if one is named."""
        node = self.departments.get(department) if department else None
        return node.head if node else None

    def manager(self, person: str | None) -> str | None:
        """The manager of a person, if one is named."""
        staff = self.staff.get(person) if person else None
        return staff.manager if staff else None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `keys` holds everything it carries, `type`, `at` and `by` too.

    `seq` is its place in the ledger: "earlier" means recorded before.
    """

    seq: int
    type: str
    at: datetime
    keys: Mapping[str, Value]

    def get(self, key: str) -> Value:
        """The value of a key; None where the event lacks it."""
        return self.keys.get(key)

    @property
    def by(self) -> str | None:
        """Who recorded it."""
        return self.keys.get("by")

    @property
    def customer(self) -> str | None:
        """The customer it is about."""
        return self.keys.get("customer")

    @property
    def case(self) -> str | None:
        """The case it belongs to."""
        return self.keys.get("case")


def event(seq: int, type_: str, at: datetime, keys: Mapping[str, Value]) -> Event:
    """An event whose keys hold its own type and time."""
    return Event(seq, type_, at, {**keys, "type": type_, "at": at})


@dataclass(frozen=True, slots=True)
class Ask:
    """A wish to do something: the action, who asks, when, and what the action carries."""

    action: str
    at: datetime
    keys: Mapping[str, Value]

    @property
    def by(self) -> str | None:
        """Who asks."""
        return self.keys.get("by")


def frozen(value: Value) -> Any:
    """A hashable form of a value, for keys of indexes."""
    if isinstance(value, list | tuple | set):
        return tuple(frozen(item) for item in value)
    if isinstance(value, Mapping):
        return tuple(sorted((key, frozen(item)) for key, item in value.items()))
    return value


def jsonable(value: Value) -> Any:
    """A value as JSON holds it: decimals and times as text, in one spelling."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [jsonable(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): jsonable(item) for key, item in value.items()}
    return value
