"""What all verbs share: reach the case, tell the policy, and write down what the law made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from xunzhang.cases.access import case_to_change, lock
from xunzhang.cases.models import Case, Involvement
from xunzhang.cases.standing import Standing, standing_of
from xunzhang.law.outcome import Because, Outcome
from xunzhang.lib.errors import Refused, StaleRevision
from xunzhang.lib.records import keep_revised
from xunzhang.organisation.models import Person
from xunzhang.policy import actions as policy


def reached(number: str, by: int | None, *, revision: int | None = None) -> Case:
    """Return the case locked for a change; StaleRevision when it has moved on since `revision` was read."""
    case = (
        lock(number)
        if by is None
        else case_to_change(Person.objects.select_related("account").get(pk=by), number)
    )
    if revision is not None and case.revision != revision:
        raise StaleRevision(read=revision, stands=case.revision, values={"case": number})
    return case


def stands(case: Case, *, at: datetime) -> Standing:
    """Return how the case stands; Refused where it is in no process."""
    found = standing_of(case.number, at=at)
    if found is None:
        raise Refused(
            "case-without-process",
            _("Case %(case)s is in no process.") % {"case": case.number},
        )
    return found


def tell(
    case: Case, type: str, *, by: int | None, at: datetime, token: str = "", **keys: Any
) -> Outcome:
    """Record an event of the case, and write down where it stands now and whom it concerns."""
    about = {"case": case.number}
    if case.customer_id is not None:
        about["customer"] = str(case.customer_id)
    outcome = policy.record(type=type, by=by, at=at, keys={**about, **present(keys)}, token=token)
    follow(case, at=at, also=[by, keys.get("decided_by"), *_named(outcome)])
    return outcome


def present(keys: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys that have a value."""
    return {name: value for name, value in keys.items() if value is not None}


def follow(case: Case, *, at: datetime, also: Iterable[int | str | None] = ()) -> None:
    """Write down on the row what the law says of the case; the row gets its next revision."""
    standing = standing_of(case.number, at=at)
    if standing is not None:
        _put(case, standing, at)
    keep_revised(case, read=case.revision)
    people = {str(one) for one in also if one is not None}
    if standing is not None:
        people |= standing.asked()
    if case.handler_id is not None:
        people.add(str(case.handler_id))
    involve(case, people, at=at)


def _put(case: Case, standing: Standing, at: datetime) -> None:
    state = standing.state
    case.process = state.process or ""
    case.process_code = standing.process.code
    case.stage = standing.stage.code
    case.stage_since = state.entered[-1].at if state.entered else at
    case.handler_id = int(state.handler) if state.handler is not None else None
    if not standing.over:
        case.closed_at = None
    elif case.closed_at is None:
        case.closed_at = at


def involve(case: Case, people: Iterable[str], *, at: datetime) -> None:
    """From now on these people see the case."""
    rows = [Involvement(case=case, person_id=int(one), since=at) for one in sorted(people)]
    Involvement.objects.bulk_create(rows, ignore_conflicts=True)


def _named(outcome: Outcome) -> set[str]:
    """Return those whom an outcome gives a duty, a case or a word."""
    found = {person for duty in outcome.duties for person in duty.who}
    found.update(notice.to for notice in outcome.notices)
    found.update(one.to for one in outcome.assignments if one.case is not None)
    return found


def cite(because: Because) -> dict[str, str]:
    """Return a reason as refusals carry it."""
    return {
        "policy": because.policy,
        "version": because.version,
        "article": because.article,
        "rule": because.rule,
    }
