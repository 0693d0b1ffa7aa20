"""The approvals of a stage, given and refused."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.cases.actions.keeping import cite, reached, stands, tell
from xunzhang.cases.models import Case
from xunzhang.cases.standing import AskedApproval, Standing
from xunzhang.lib.errors import Invalid, Refused
from xunzhang.lib.text import tidy_long


@transaction.atomic
def approve_stage(*, case: str, stage: str, by: int, at: datetime, comment: str = "") -> Case:
    """The next step of the stage's approval is given; `case.approved`. Given twice, it counts once."""
    row = reached(case, by)
    standing = stands(row, at=at)
    if _given_by(standing, by):
        return row
    _refuse_others(standing, stage, by)
    tell(row, "case.approved", by=by, at=at, stage=stage, comment=tidy_long(comment) or None)
    return row


@transaction.atomic
def reject_stage(*, case: str, stage: str, reason: str, by: int, at: datetime) -> Case:
    """The stage's approval is refused, and what was given of it is gone; `case.rejected`."""
    row = reached(case, by)
    _refuse_others(stands(row, at=at), stage, by)
    said = tidy_long(reason)
    if not said:
        raise Invalid({"reason": [_("Say why, so that it can be put right.")]})
    tell(row, "case.rejected", by=by, at=at, stage=stage, reason=said)
    return row


def _given_by(standing: Standing, by: int) -> bool:
    """Whether all steps that ask this person are given."""
    approval = standing.approval
    if approval is None or str(by) in {one for step in approval.open for one in step}:
        return False
    return any(str(by) in step for step in approval.steps)


def _refuse_others(standing: Standing, stage: str, by: int) -> None:
    approval = standing.approval
    if standing.stage.code != stage or approval is None:
        raise Refused(
            "nothing-to-approve",
            _("The case has moved on; there is nothing to approve in this stage."),
            values={"stage": standing.stage.code},
        )
    if str(by) not in approval.waits_for:
        raise _not_asked(approval)


def _not_asked(approval: AskedApproval) -> Refused:
    return Refused(
        "not-yours-to-approve",
        _("This step of the approval is for somebody else."),
        citations=[cite(approval.because)],
        values={"waits_for": list(approval.waits_for)},
    )
