"""People join, change, move and leave."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from xunzhang.lib.errors import Conflict, Invalid
from xunzhang.lib.records import keep, keep_revised
from xunzhang.lib.text import phone_key, tidy
from xunzhang.organisation import choices
from xunzhang.organisation.actions.roles import grant_role
from xunzhang.organisation.actions.telling import changed
from xunzhang.organisation.models import Account, Delegation, Person, RoleHolding

CHANGEABLE = frozenset(
    {"code", "name", "region", "phone", "email", "outside", "joined_on", "keys", "account_id"}
)
_LINES = frozenset({"code", "name", "region"})


@transaction.atomic
def add_person(
    *,
    code: str,
    name: str,
    by: int | None,
    at: datetime,
    department: int | None = None,
    manager: int | None = None,
    roles: Iterable[str] = (),
    region: str = "",
    phone: str = "",
    email: str = "",
    outside: bool = False,
    joined_on: date | None = None,
    keys: Mapping[str, Any] | None = None,
    account: int | None = None,
) -> Person:
    """Somebody works here from now on, with these roles; `staff.joined`."""
    person = Person(
        code=tidy(code),
        name=tidy(name),
        department_id=department,
        manager_id=manager,
        region=tidy(region),
        phone=phone_key(phone),
        email=email.strip(),
        outside=outside,
        joined_on=joined_on,
        keys=dict(keys or {}),
        account_id=account,
    )
    keep(person)
    changed(type=choices.STAFF_JOINED, by=by, at=at, keys={"staff": person.pk})
    for role in roles:
        grant_role(person=person.pk, role=role, by=by, at=at)
    return person


@transaction.atomic
def change_person(
    *, person: int, revision: int, changes: Mapping[str, Any], by: int | None, at: datetime
) -> Person:
    """What is known of a person becomes what `changes` says; `staff.changed`.

    Raises StaleRevision when the person was changed since `revision` was read.
    """
    row = Person.objects.get(pk=person)
    for name, value in changes.items():
        if name not in CHANGEABLE:
            raise Invalid({name: [_("This cannot be changed here.")]})
        setattr(row, name, _spelled(name, value))
    keep_revised(row, read=revision)
    changed(
        type=choices.STAFF_CHANGED,
        by=by,
        at=at,
        keys={"staff": person, "fields": sorted(changes)},
    )
    return row


@transaction.atomic
def move_person(
    *,
    person: int,
    revision: int,
    department: int | None,
    by: int | None,
    at: datetime,
    manager: int | None = None,
) -> Person:
    """The person belongs to another department, under a named superior or under its head; `staff.moved`."""
    row = Person.objects.select_related("department").get(pk=person)
    came_from = row.department.name if row.department else None
    row.department_id = department
    row.manager_id = manager
    keep_revised(row, read=revision)
    moved = Person.objects.select_related("department").get(pk=person)
    keys = {
        "staff": person,
        "from": came_from,
        "to": moved.department.name if moved.department else None,
    }
    changed(type=choices.STAFF_MOVED, by=by, at=at, keys=keys)
    return moved


@transaction.atomic
def leave(
    *, person: int, revision: int, by: int | None, at: datetime, successor: int | None = None
) -> Person:
    """The person is gone from `at` on: no roles, no delegations, no sign-in; `staff.left`.

    `successor` is who takes over; somebody who has left cannot.
    """
    row = Person.objects.get(pk=person)
    if row.left_at is not None:
        raise Conflict("already-left", _("%(name)s has already left.") % {"name": row.name})
    if successor and not Person.objects.filter(pk=successor, left_at__isnull=True).exists():
        raise Invalid({"successor": [_("Choose somebody who still works here.")]})
    row.left_at = at
    row.successor_id = successor
    keep_revised(row, read=revision)
    RoleHolding.objects.filter(person=person, until__isnull=True, since__lte=at).update(until=at)
    RoleHolding.objects.filter(person=person, since__gt=at).delete()
    concerned = Q(from_person=person) | Q(to_person=person)
    Delegation.objects.filter(concerned, starts_at__lte=at, ends_at__gt=at).update(ends_at=at)
    Delegation.objects.filter(concerned, starts_at__gt=at).delete()
    Account.objects.filter(person=person).update(is_active=False)
    changed(type=choices.STAFF_LEFT, by=by, at=at, keys={"staff": person, "successor": successor})
    return row


def _spelled(name: str, value: Any) -> Any:
    if name in _LINES:
        return tidy(value)
    return phone_key(value) if name == "phone" else value
