"""A case enters its next stage, or another process."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.cases import law
from xunzhang.cases.actions.keeping import reached, stands, tell
from xunzhang.cases.models import Case
from xunzhang.law.text import Process
from xunzhang.lib.errors import Refused
from xunzhang.policy import actions as policy


@transaction.atomic
def advance(
    *, case: str, to: str, by: int | None, at: datetime, revision: int | None = None
) -> Case:
    """The case is in the stage `to`; `case.entered`. Raises Refused with what the present stage lacks.

    A closed case is reopened in this way where its process has a stage after the last one. Asked twice (a double
    click), the second finds the case where it should be and changes nothing.
    """
    row = reached(case, by)
    if row.stage == to and revision is not None and row.revision == revision + 1:
        return row
    row = reached(case, by, revision=revision)
    standing = stands(row, at=at)
    policy.require(action="case.advance", by=by, at=at, keys={**about(row), "to": to})
    tell(row, "case.entered", by=by, at=at, process=standing.process.code, stage=to)
    return row


@transaction.atomic
def move_to_process(
    *, case: str, process: str, by: int | None, at: datetime, revision: int | None = None
) -> Case:
    """The case goes on in another process of its kind, from the first stage; `case.entered`."""
    row = reached(case, by, revision=revision)
    standing = stands(row, at=at)
    other = others(standing.process, at=at).get(process)
    if other is None:
        raise Refused(
            "no-such-process",
            _("This case cannot be moved to the process “%(code)s”.") % {"code": process},
            values={"code": process},
        )
    if by is not None and str(by) not in standing.asked() | {standing.state.handler}:
        raise Refused(
            "not-yours-to-move",
            _("Only who is asked for something in the present stage may move the case."),
            values={"waits_for": sorted(standing.asked())},
        )
    first = other.stages[0].code
    tell(row, "case.entered", by=by, at=at, process=other.code, stage=first)
    return row


def others(process: Process, *, at: datetime) -> dict[str, Process]:
    """Return the other processes in force for the same kind of case, by code."""
    frame = law.reading(at).frame(at)
    return {
        one.code: one
        for one in frame.processes.values()
        if one.case == process.case and one.code != process.code
    }


def about(row: Case) -> dict[str, str]:
    """Return what an ask about a case names: the case and its customer."""
    customer = {"customer": str(row.customer_id)} if row.customer_id is not None else {}
    return {"case": row.number, **customer}
