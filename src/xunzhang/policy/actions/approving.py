"""Requests for approval: asked for, given, refused, returned, delegated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.law.outcome import Because, Ruling
from xunzhang.lib.errors import Conflict, Refused
from xunzhang.organisation import queries as people
from xunzhang.policy import telling
from xunzhang.policy.actions.asking import may
from xunzhang.policy.actions.recording import record
from xunzhang.policy.choices import Decision, NotificationKind, RequestState
from xunzhang.policy.history.breaches import because_of, because_values
from xunzhang.policy.models import ApprovalDecision, ApprovalRequest, ApprovalSeat
from xunzhang.policy.refusing import ApprovalNeeded
from xunzhang.policy.requests import about, digest_of, request_of
from xunzhang.policy.speaking import person_id, spoken
from xunzhang.policy.unit import reading

WAITING = (RequestState.OPEN, RequestState.RETURNED)


@transaction.atomic
def open_request(
    *, needed: ApprovalNeeded, by: int, at: datetime, comment: str = ""
) -> ApprovalRequest:
    """The people of the first step are asked to approve; a request that waits already is found again.

    Call it outside the transaction that `require` has ended. `approval.asked`.
    """
    return ask_approval(action=needed.action, keys=needed.keys, by=by, at=at, comment=comment)


@transaction.atomic
def ask_approval(
    *,
    action: str,
    keys: Mapping[str, Any],
    by: int,
    at: datetime,
    comment: str = "",
    entered: Any = None,
) -> ApprovalRequest:
    """As `open_request`, for an action that has not been tried; `entered` is kept for the asker as it is."""
    unit = reading(at)
    said = spoken(unit.law.vocabulary, action, by, keys)
    waiting = request_of(action, said, WAITING)
    if waiting is not None and waiting.status == RequestState.OPEN:
        return waiting
    ruling = unit.engine.judge(action, at, said)
    if ruling.ruling != "needs_approval":
        raise Conflict("no-approval-needed", _("This needs no approval, or is not allowed at all."))
    request = waiting or ApprovalRequest(
        action=action, asker=str(by), keys_digest=digest_of(said), created_at=at
    )
    request.keys, request.comment, request.status = about(said), comment, RequestState.OPEN
    request.entered = entered
    request.customer, request.case = said.get("customer"), said.get("case")
    _stand(request, ruling, at)
    told = {**request.keys, "action": action, "asker": request.asker}
    record(type="approval.asked", by=by, at=at, keys=told)
    return request


@transaction.atomic
def approve(*, request: int, by: int, at: datetime, comment: str = "") -> ApprovalRequest:
    """The present step is given; the next is asked, or the asker may go ahead. `approval.given`."""
    row = _seated(request, by)
    seat = row.seats.get(person=str(by))
    _decide(row, Decision.APPROVED, by, at, comment)
    record(type="approval.given", by=int(seat.for_person), at=at, keys=_told(row, by, comment))
    ruling = may(action=row.action, by=int(row.asker), at=at, keys=row.keys)
    if ruling.ruling == "needs_approval":
        _stand(row, ruling, at)
        return row
    text = {"zh": f"已同意：{row.action}", "en": f"Approved: {row.action}"}
    return _close(row, RequestState.APPROVED, at, text)


@transaction.atomic
def reject(*, request: int, by: int, at: datetime, comment: str) -> ApprovalRequest:
    """The request is refused, with the reason; whoever wants it must ask anew. `approval.refused`."""
    row = _seated(request, by)
    _need_words(comment)
    _decide(row, Decision.REFUSED, by, at, comment)
    record(type="approval.refused", by=by, at=at, keys=_told(row, by, comment))
    text = {"zh": f"未同意：{comment}", "en": f"Not approved: {comment}"}
    return _close(row, RequestState.REFUSED, at, text)


@transaction.atomic
def return_request(*, request: int, by: int, at: datetime, comment: str) -> ApprovalRequest:
    """The request goes back to the asker for completion. `approval.returned`."""
    row = _seated(request, by)
    _need_words(comment)
    _decide(row, Decision.RETURNED, by, at, comment)
    record(type="approval.returned", by=by, at=at, keys=_told(row, by, comment))
    text = {"zh": f"退回补充：{comment}", "en": f"Returned for completion: {comment}"}
    return _close(row, RequestState.RETURNED, at, text)


@transaction.atomic
def delegate(*, request: int, to: int, by: int, at: datetime, comment: str = "") -> ApprovalRequest:
    """Somebody else decides in one's stead; the step counts as one's own. `approval.delegated`."""
    row = _seated(request, by)
    if str(to) == row.asker:
        raise Refused("own-request", _("Nobody approves what he asks for himself."))
    if not people.people_present(outside=False).filter(pk=to).exists():
        raise Refused("nobody-there", _("Choose somebody who works here."))
    seat = row.seats.get(person=str(by))
    if row.seats.filter(person=str(to)).exists():
        raise Conflict("seated-already", _("This person may decide already."))
    _decide(row, Decision.DELEGATED, by, at, comment, to=to)
    seat.person = str(to)
    seat.save(update_fields=["person"])
    record(type="approval.delegated", by=by, at=at, keys={**_told(row, by, comment), "to": to})
    _ask([str(to)], row, at)
    return row


# -- parts -------------------------------------------------------------------------------------------------


def _seated(request: int, by: int) -> ApprovalRequest:
    """The request, held, if it is open and this person may decide it."""
    row = ApprovalRequest.objects.select_for_update().filter(pk=request).first()
    if row is None or not row.seats.filter(person=str(by)).exists():
        raise Refused("not-your-approval", _("There is no such request for you to decide."))
    if row.status != RequestState.OPEN:
        raise Conflict("decided-already", _("Somebody has decided this request already."))
    return row


def _stand(row: ApprovalRequest, ruling: Ruling, at: datetime) -> None:
    """Put the request before the people of its next step, and those who stand in for them."""
    row.steps = [list(one.who) for one in ruling.steps]
    row.because = [because_values(one.because) for one in ruling.steps]
    row.save()
    row.seats.all().delete()
    seats: dict[str, str] = {}
    for person in ruling.steps[0].who:
        seats.setdefault(person, person)
        deputy = people.delegate_of(int(person), at) if person.isdecimal() else None
        if deputy is not None and str(deputy.pk) != row.asker:
            seats.setdefault(str(deputy.pk), person)
    ApprovalSeat.objects.bulk_create(
        ApprovalSeat(request=row, person=person, for_person=whom) for person, whom in seats.items()
    )
    _ask(list(seats), row, at)


def _ask(persons: Sequence[str], row: ApprovalRequest, at: datetime) -> None:
    text = {"zh": f"待您审批：{row.action}", "en": f"For your approval: {row.action}"}
    _tell(persons, NotificationKind.APPROVAL, text, row, at)


def _tell(
    persons: Sequence[str],
    kind: NotificationKind,
    text: Mapping[str, str],
    row: ApprovalRequest,
    at: datetime,
) -> None:
    because = because_of(row.because[0]) if row.because else Because("", "", "", "")
    subject = f"request/{row.pk}"
    telling.deliver(
        [
            telling.notification(
                person, kind, text, because, at, because.rule, subject, row.customer
            )
            for person in persons
        ]
    )


def _decide(
    row: ApprovalRequest,
    decision: Decision,
    by: int,
    at: datetime,
    comment: str,
    to: int | None = None,
) -> None:
    ApprovalDecision.objects.create(
        request=row, decision=decision, by=str(by), at=at, comment=comment, to=person_id(to)
    )


def _close(
    row: ApprovalRequest, status: RequestState, at: datetime, text: Mapping[str, str]
) -> ApprovalRequest:
    row.status, row.closed_at = status, at
    row.save(update_fields=["status", "closed_at"])
    row.seats.all().delete()
    _tell([row.asker], NotificationKind.ANSWER, text, row, at)
    return row


def _told(row: ApprovalRequest, by: int, comment: str) -> dict[str, Any]:
    words = {"reason": comment} if comment else {}
    return {**row.keys, **words, "action": row.action, "asker": row.asker, "decided_by": str(by)}


def _need_words(comment: str) -> None:
    if not comment.strip():
        raise Refused("reason-missing", _("Give the reason, so that the asker knows what to do."))
