"""Cases whose present stage waits for somebody's word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from xunzhang.cases import law
from xunzhang.cases.access import asking, visible_to
from xunzhang.cases.actions.approving import seat_of
from xunzhang.cases.models import Case
from xunzhang.cases.standing import approval_of
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
    found = _in_approval(visible_to(person)).select_related("customer")
    return list(_waiting(found.order_by("stage_since", "pk")[:MOST], person, at))


def waiting_count(person: Person, at: datetime) -> int:
    """Return how many stages wait for the person, among the cases that have asked him or whom he stands in for.

    It reads no other case and is cheap enough for every page: a stage asks those who approve it when it begins.
    """
    return sum(1 for _one in _waiting(_in_approval(asking(person, at))[:MOST], person, at))


def _in_approval(rows: QuerySet[Case]) -> QuerySet[Case]:
    """The open ones among the cases whose stage has an approval."""
    stages = {
        (process.uid, stage.code)
        for edition in law.book().editions
        for process in edition.processes.values()
        for stage in process.stages
        if stage.approval is not None
    }
    if not stages:
        return rows.none()
    return rows.filter(
        closed_at__isnull=True,
        process__in={process for process, _stage in stages},
        stage__in={stage for _process, stage in stages},
    )


def _waiting(rows: Iterable[Case], person: Person, at: datetime) -> Iterator[Waiting]:
    run = law.reading(at)
    for row in rows:
        asked = approval_of(row.number, run, at=at)
        if asked is None:
            continue
        stage, approval = asked
        whom = seat_of(approval.waits_for, person.pk, at)
        if whom is not None:
            yield Waiting(row, stage.title, whom, approval.because)
