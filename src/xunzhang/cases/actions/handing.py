"""Who handles a case."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.cases.actions.keeping import reached, stands, tell
from xunzhang.cases.models import Case
from xunzhang.lib.errors import Invalid
from xunzhang.lib.text import tidy
from xunzhang.organisation.models import Person
from xunzhang.policy.unit import working


@transaction.atomic
def hand_to(
    *,
    case: str,
    person: int,
    by: int | None,
    at: datetime,
    reason: str = "",
    revision: int | None = None,
) -> Case:
    """The person handles the case from now on; `case.handed`."""
    row = reached(case, by, revision=revision)
    stands(row, at=at)
    if not Person.objects.filter(pk=person, left_at__isnull=True, outside=False).exists():
        raise Invalid({"person": [_("Choose somebody who works here.")]})
    if row.handler_id == person:
        return row
    with working(at) as unit:
        state = unit.history.case(case)
        if state is not None:
            state.handler = str(person)
            unit.history.save_case(state)
    tell(row, "case.handed", by=by, at=at, to=str(person), reason=tidy(reason) or None)
    return row
