"""The directory that the law reads, built from the rows as they stood at a moment."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime

from xunzhang.law.facts import Department as LawDepartment
from xunzhang.law.facts import Directory, Staff
from xunzhang.organisation.models import Department, Person, RoleHolding


@dataclass(frozen=True)
class Holding:
    """A role held by a person, [since, until)."""

    person: int
    role: str
    since: datetime
    until: datetime | None

    def lasts(self, at: datetime) -> bool:
        """Say whether the role is held at the moment."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True)
class Rows:
    """All that a directory is made of, and the moments at which it becomes another."""

    departments: dict[int, Department]
    people: list[Person]
    holdings: list[Holding]
    moments: list[datetime]

    def stage(self, at: datetime) -> int:
        """Return the number of the period between two changes in which the moment lies."""
        return bisect_right(self.moments, at)


def read_rows() -> Rows:
    """Return the present rows; three queries."""
    holdings = [
        Holding(*row)
        for row in RoleHolding.objects.order_by("since", "pk").values_list(
            "person_id", "role__name", "since", "until"
        )
    ]
    people = list(Person.objects.all())
    moments = {moment for row in holdings for moment in (row.since, row.until) if moment}
    moments.update(person.left_at for person in people if person.left_at)
    departments = {row.pk: row for row in Department.objects.all()}
    return Rows(departments, people, holdings, sorted(moments))


def build_directory(rows: Rows, at: datetime) -> Directory:
    """Return people, with the roles held at the moment, and departments."""
    gone = {person.pk for person in rows.people if person.left_at and person.left_at <= at}
    roles: dict[int, tuple[str, ...]] = {}
    for holding in rows.holdings:
        held = roles.get(holding.person, ())
        if holding.lasts(at) and holding.role not in held:
            roles[holding.person] = (*held, holding.role)
    staff = [
        _staff(person, roles.get(person.pk, ()), rows.departments, gone) for person in rows.people
    ]
    return Directory.of(staff, [_department(row, rows, gone) for row in rows.departments.values()])


def _department(row: Department, rows: Rows, gone: set[int]) -> LawDepartment:
    return LawDepartment(
        name=row.name,
        head=None if row.head_id in gone else _id(row.head_id),
        parent=rows.departments[row.parent_id].name if row.parent_id else None,
    )


def _staff(
    person: Person, roles: tuple[str, ...], departments: dict[int, Department], gone: set[int]
) -> Staff:
    department = departments[person.department_id] if person.department_id else None
    return Staff(
        id=str(person.pk),
        name=person.name,
        department=department.name if department else None,
        roles=roles,
        manager=_id(_manager(person, departments, gone)),
        region=person.region or None,
        outside=person.outside,
        left=person.pk in gone,
        successor=_id(person.successor_id),
        keys=person.keys,
    )


def _manager(person: Person, departments: dict[int, Department], gone: set[int]) -> int | None:
    """Return the named superior, else the nearest department's head who is another and present."""
    if person.manager_id and person.manager_id not in gone:
        return person.manager_id
    seen: set[int] = set()
    place = person.department_id
    while place is not None and place not in seen:
        seen.add(place)
        head = departments[place].head_id
        if head is not None and head != person.pk and head not in gone:
            return head
        place = departments[place].parent_id
    return None


def _id(key: int | None) -> str | None:
    return None if key is None else str(key)
