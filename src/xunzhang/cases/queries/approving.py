"""Cases whose present stage waits for somebody's word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from xunzhang.cases import law
from xunzhang.cases.access import visible_to
from xunzhang.cases.actions.approving import seat_of
from xunzhang.cases.models import Case
from xunzhang.cases.standing import standing_of
from xunzhang.law.outcome import Because
from xunzhang.law.text import Words
from xunzhang.organisation.models import Person

MOST = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case, the stage that needs the word, for whom it is given (the person himself, or whom he stands in for)."""

    case: Case
    stage: Words
    whom: int
    because: Because


def waiting_for(person: Person, at: datetime) -> list[Waiting]:
    """Return the open cases whose stage waits for the person's approval, those longest in it first."""
    stages = {
        (process.uid, stage.code)
        for edition in law.book().editions
        for process in edition.processes.values()
        for stage in process.stages
        if stage.approval is not None
    }
    if not stages:
        return []
    rows = visible_to(person).filter(
        closed_at__isnull=True,
        process__in={process for process, _stage in stages},
        stage__in={stage for _process, stage in stages},
    )
    found = rows.select_related("customer").order_by("stage_since", "pk")[:MOST]
    return list(_waiting(found, person, at))


def _waiting(rows: Iterable[Case], person: Person, at: datetime) -> Iterator[Waiting]:
    for row in rows:
        standing = standing_of(row.number, at=at)
        approval = standing.approval if standing is not None else None
        whom = seat_of(approval.waits_for, person.pk, at) if approval is not None else None
        if standing is not None and approval is not None and whom is not None:
            yield Waiting(row, standing.stage.title, whom, approval.because)
