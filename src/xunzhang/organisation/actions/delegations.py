"""People let others act for them while they are away."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.lib.errors import Conflict, Invalid
from xunzhang.lib.records import keep
from xunzhang.lib.text import tidy
from xunzhang.organisation import choices
from xunzhang.organisation.actions.telling import changed
from xunzhang.organisation.models import Delegation, Person


@transaction.atomic
def delegate(
    *,
    from_person: int,
    to_person: int,
    starts_at: datetime,
    ends_at: datetime,
    by: int | None,
    at: datetime,
    reason: str = "",
) -> Delegation:
    """`to_person` acts where `from_person` should, [starts_at, ends_at); `delegation.started`."""
    if not Person.objects.filter(pk=to_person, left_at__isnull=True).exists():
        raise Invalid({"to_person": [_("Choose somebody who still works here.")]})
    row = Delegation(
        from_person_id=from_person,
        to_person_id=to_person,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=tidy(reason),
    )
    keep(row)
    keys = {
        "staff": from_person,
        "delegate": to_person,
        "starts_at": starts_at.isoformat(),
        "ends_at": ends_at.isoformat(),
    }
    changed(type=choices.DELEGATION_STARTED, by=by, at=at, keys=keys)
    return row


@transaction.atomic
def end_delegation(*, delegation: int, by: int | None, at: datetime) -> None:
    """The delegation ends now; one that has not begun never begins. `delegation.ended`."""
    row = Delegation.objects.get(pk=delegation)
    if row.ends_at <= at:
        raise Conflict("delegation-over", _("This delegation is already over."))
    row.ends_at = max(at, row.starts_at)
    row.save()
    keys = {"staff": row.from_person_id, "delegate": row.to_person_id}
    changed(type=choices.DELEGATION_ENDED, by=by, at=at, keys=keys)
