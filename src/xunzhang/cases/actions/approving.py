"""The approvals of a stage, given and refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.cases.actions.keeping import cite, reached, stands, tell
from xunzhang.cases.models import Case
from xunzhang.cases.standing import AskedApproval, Standing
from xunzhang.lib.errors import Invalid, Refused
from xunzhang.lib.text import tidy_long
from xunzhang.organisation.queries import acts_for


@transaction.atomic
def approve_stage(*, case: str, stage: str, by: int, at: datetime, comment: str = "") -> Case:
    """The next step of the stage's approval is given; `case.approved`. Given twice, it counts once.

    Who stands in for somebody absent gives it for him: the event is his, `decided_by` names who gave it.
    """
    row = reached(case, by)
    standing = stands(row, at=at)
    if _given_by(standing, by):
        return row
    whom = _seat(standing, stage, by, at)
    said = tidy_long(comment) or None
    tell(
        row,
        "case.approved",
        by=whom,
        at=at,
        stage=stage,
        comment=said,
        decided_by=_deputy(whom, by),
    )
    return row


@transaction.atomic
def reject_stage(*, case: str, stage: str, reason: str, by: int, at: datetime) -> Case:
    """The stage's approval is refused, and what was given of it is gone; `case.rejected`."""
    row = reached(case, by)
    whom = _seat(stands(row, at=at), stage, by, at)
    said = tidy_long(reason)
    if not said:
        raise Invalid({"reason": [_("Say why, so that it can be put right.")]})
    tell(
        row, "case.rejected", by=whom, at=at, stage=stage, reason=said, decided_by=_deputy(whom, by)
    )
    return row


def seat_of(waits_for: Iterable[str], by: int, at: datetime) -> int | None:
    """Return whose step the person may give: his own, or that of somebody for whom he acts; None for nobody's."""
    group = set(waits_for)
    if str(by) in group:
        return by
    return next((one.pk for one in acts_for(by, at) if str(one.pk) in group), None)


def _given_by(standing: Standing, by: int) -> bool:
    """Whether all steps that ask this person are given."""
    approval = standing.approval
    if approval is None or str(by) in {one for step in approval.open for one in step}:
        return False
    return any(str(by) in step for step in approval.steps)


def _deputy(whom: int, by: int) -> str | None:
    """Who gives a step of somebody else's."""
    return None if whom == by else str(by)


def _seat(standing: Standing, stage: str, by: int, at: datetime) -> int:
    """Return for whom the step is given; Refused where there is none to give for this person."""
    approval = standing.approval
    if standing.stage.code != stage or approval is None:
        raise Refused(
            "nothing-to-approve",
            _("The case has moved on; there is nothing to approve in this stage."),
            values={"stage": standing.stage.code},
        )
    whom = seat_of(approval.waits_for, by, at)
    if whom is None:
        raise _not_asked(approval)
    return whom


def _not_asked(approval: AskedApproval) -> Refused:
    return Refused(
        "not-yours-to-approve",
        _("This step of the approval is for somebody else."),
        citations=[cite(approval.because)],
        values={"waits_for": list(approval.waits_for)},
    )
