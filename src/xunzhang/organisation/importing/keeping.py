"""Keep a planned import, all of it or nothing."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.lib.errors import Invalid, Refusal
from xunzhang.organisation.actions import add_department, add_person, change_person, move_person
from xunzhang.organisation.actions.roles import grant_role
from xunzhang.organisation.importing.plan import Plan, people_named
from xunzhang.organisation.importing.rows import Entry
from xunzhang.organisation.models import Department, Person


@transaction.atomic
def import_people(plan: Plan, *, by: int | None, at: datetime) -> list[Person]:
    """Everybody in the plan is kept: new ones join, known ones are changed; Invalid, and nothing kept, otherwise."""
    if plan.problems:
        raise Invalid(
            {f"row {problem.row} {problem.heading}": [problem.message] for problem in plan.problems}
        )
    departments = _open_departments(plan, by=by, at=at)
    people = {
        entry.code: _keep_person(entry, plan, departments, by=by, at=at) for entry in plan.entries
    }
    _name_superiors(plan, people, by=by, at=at)
    return list(Person.objects.filter(code__in=people).order_by("code"))


def _open_departments(plan: Plan, *, by: int | None, at: datetime) -> dict[str, int]:
    here = dict(Department.objects.values_list("name", "pk"))
    waiting = dict(plan.new_departments)
    while waiting:
        for name, parent in list(waiting.items()):
            if parent in waiting:
                continue
            here[name] = add_department(name=name, parent=here.get(parent), by=by, at=at).pk
            del waiting[name]
    return here


def _keep_person(
    entry: Entry, plan: Plan, departments: dict[str, int], *, by: int | None, at: datetime
) -> Person:
    department = departments[entry.department] if entry.department else None
    told = {
        "name": entry.name,
        "region": entry.region,
        "phone": entry.phone,
        "email": entry.email,
        "joined_on": entry.joined_on,
        "outside": entry.outside,
    }
    try:
        if entry.code not in plan.known:
            return add_person(
                code=entry.code,
                department=department,
                roles=entry.roles,
                by=by,
                at=at,
                **told,  # type: ignore[arg-type]
            )
        return _change(plan.known[entry.code], entry, told, department, by=by, at=at)
    except Refusal as wrong:
        message = _("Row %(row)d: %(why)s") % {"row": entry.row, "why": wrong}
        raise Invalid({f"row {entry.row}": [str(wrong)]}, message=message) from None


def _change(
    pk: int,
    entry: Entry,
    told: Mapping[str, object],
    department: int | None,
    *,
    by: int | None,
    at: datetime,
) -> Person:
    """Change what the row tells otherwise; an empty cell leaves what is known."""
    row = Person.objects.get(pk=pk)
    changes = {
        name: value
        for name, value in told.items()
        if value not in ("", None) and getattr(row, name) != value
    }
    if changes:
        row = change_person(person=pk, revision=row.revision, changes=changes, by=by, at=at)
    if department and department != row.department_id:
        row = move_person(person=pk, revision=row.revision, department=department, by=by, at=at)
    for role in entry.roles:
        grant_role(person=pk, role=role, by=by, at=at)
    return row


def _name_superiors(plan: Plan, people: dict[str, Person], *, by: int | None, at: datetime) -> None:
    codes, names = people_named(plan.entries)
    numbers = dict(Person.objects.values_list("code", "pk"))
    for entry in plan.entries:
        if not entry.manager:
            continue
        code = entry.manager if entry.manager in codes else min(names[entry.manager])
        person = people[entry.code]
        if person.manager_id != numbers[code]:
            people[entry.code] = move_person(
                person=person.pk,
                revision=person.revision,
                department=person.department_id,
                manager=numbers[code],
                by=by,
                at=at,
            )
