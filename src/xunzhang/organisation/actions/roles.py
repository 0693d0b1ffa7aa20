"""Roles are granted and revoked; what was held stays known."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.lib.errors import Conflict
from xunzhang.lib.records import keep
from xunzhang.lib.text import tidy
from xunzhang.organisation import choices
from xunzhang.organisation.actions.telling import changed
from xunzhang.organisation.models import Role, RoleHolding


@transaction.atomic
def grant_role(*, person: int, role: str, by: int | None, at: datetime) -> RoleHolding:
    """The person holds the role from `at` on; a role of that name is made if there is none yet.

    Who holds it already goes on holding it, and nobody is told. `role.granted`.
    """
    named, _made = Role.objects.get_or_create(name=tidy(role))
    held = RoleHolding.objects.filter(person=person, role=named, until__isnull=True).first()
    if held:
        return held
    holding = RoleHolding(person_id=person, role=named, since=at)
    keep(holding)
    changed(type=choices.ROLE_GRANTED, by=by, at=at, keys={"staff": person, "role": named.name})
    return holding


@transaction.atomic
def revoke_role(*, person: int, role: str, by: int | None, at: datetime) -> None:
    """The person no longer holds the role; `role.revoked`."""
    open_ones = RoleHolding.objects.filter(person=person, role__name=role, until__isnull=True)
    if not open_ones.update(until=at):
        raise Conflict("role-not-held", _("The role %(role)s is not held.") % {"role": role})
    changed(type=choices.ROLE_REVOKED, by=by, at=at, keys={"staff": person, "role": role})
