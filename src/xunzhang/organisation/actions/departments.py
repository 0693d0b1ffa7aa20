"""Departments are opened, renamed, given a head and put below others."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.lib.errors import Invalid
from xunzhang.lib.records import keep, keep_revised
from xunzhang.lib.text import tidy
from xunzhang.organisation import choices
from xunzhang.organisation.actions.telling import changed
from xunzhang.organisation.models import Department


@transaction.atomic
def add_department(
    *,
    name: str,
    by: int | None,
    at: datetime,
    parent: int | None = None,
    head: int | None = None,
    region: str = "",
) -> Department:
    """There is a new department; `department.opened`."""
    row = Department(name=tidy(name), parent_id=parent, head_id=head, region=tidy(region))
    keep(row)
    changed(type=choices.DEPARTMENT_OPENED, by=by, at=at, keys={"department": row.name})
    return row


@transaction.atomic
def rename_department(
    *, department: int, revision: int, name: str, by: int | None, at: datetime
) -> Department:
    """The department has another name; policies that name it must be amended. `department.changed`."""
    row = Department.objects.get(pk=department)
    former, row.name = row.name, tidy(name)
    keep_revised(row, read=revision)
    keys = {"department": row.name, "former": former}
    changed(type=choices.DEPARTMENT_CHANGED, by=by, at=at, keys=keys)
    return row


@transaction.atomic
def change_department(
    *,
    department: int,
    revision: int,
    parent: int | None,
    head: int | None,
    region: str,
    by: int | None,
    at: datetime,
) -> Department:
    """The department has this head, region and place in the tree; `department.changed`."""
    row = Department.objects.get(pk=department)
    if _is_below(parent, department):
        sentence = _("%(name)s cannot belong to a department below itself.") % {"name": row.name}
        raise Invalid({"parent": [sentence]})
    row.parent_id, row.head_id, row.region = parent, head, tidy(region)
    keep_revised(row, read=revision)
    changed(type=choices.DEPARTMENT_CHANGED, by=by, at=at, keys={"department": row.name})
    return row


def _is_below(place: int | None, department: int) -> bool:
    parents = dict(Department.objects.values_list("pk", "parent_id"))
    seen: set[int] = set()
    while place is not None and place not in seen:
        if place == department:
            return True
        seen.add(place)
        place = parents.get(place)
    return False
