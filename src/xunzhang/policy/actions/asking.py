"""May it be done? Asked before every change, in the transaction of the change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from xunzhang.law.facts import Value
from xunzhang.law.outcome import Ruling
from xunzhang.lib.errors import Refusal
from xunzhang.policy.actions.recording import record
from xunzhang.policy.book import current_law
from xunzhang.policy.choices import RequestState
from xunzhang.policy.models import ApprovalRequest
from xunzhang.policy.refusing import BY_POLICY, approval_needed, refused
from xunzhang.policy.requests import request_of
from xunzhang.policy.speaking import spoken
from xunzhang.policy.unit import reading


def may(*, action: str, by: int | None, at: datetime, keys: Mapping[str, Any]) -> Ruling:
    """Say what the policies rule on an action, without side effects."""
    unit = reading(at)
    return unit.engine.judge(action, at, spoken(unit.law.vocabulary, action, by, keys))


def require(*, action: str, by: int | None, at: datetime, keys: Mapping[str, Any]) -> Ruling:
    """Return the ruling if the policies allow the action; consent that was asked for is used up by it.

    Raises Refused with the articles, or ApprovalNeeded, from which `open_request` asks for approval.
    """
    ruling, said = _allowed(action=action, by=by, at=at, keys=keys)
    given = _used(action, by, at, said)
    if given is not None and action != "form.file":
        done = {**given.keys, "action": action, "asker": given.asker}
        record(type="action.done", by=by, at=at, keys=done)
    return ruling


def use(
    *, action: str, by: int | None, at: datetime, keys: Mapping[str, Any]
) -> Mapping[str, Value]:
    """Use up the consent to an action that is allowed; return its keys as the ledger takes them.

    Whoever calls it records `action.done`. Raises what `require` raises.
    """
    _ruling, said = _allowed(action=action, by=by, at=at, keys=keys)
    _used(action, by, at, said)
    return said


def _allowed(
    *, action: str, by: int | None, at: datetime, keys: Mapping[str, Any]
) -> tuple[Ruling, Mapping[str, Value]]:
    unit = reading(at)
    said = spoken(unit.law.vocabulary, action, by, keys)
    ruling = unit.engine.judge(action, at, said)
    match ruling.ruling:
        case "refused":
            raise refused(unit.law, ruling, action=action, keys=said)
        case "needs_approval":
            waiting = request_of(action, said, (RequestState.OPEN,))
            raise approval_needed(
                unit.law,
                ruling,
                action=action,
                by=said["by"],
                keys=said,
                request=waiting.pk if waiting is not None else None,
            )
        case "allowed":
            return ruling, said


def note_refusal(*, refusal: Refusal, by: int | None, at: datetime) -> None:
    """The ledger tells that an article refused somebody an action; other refusals leave no trace.

    Call it outside the transaction that the refusal has ended. `action.refused`.
    """
    if refusal.code != BY_POLICY or by is None:
        return
    keys = {
        "action": refusal.values["action"],
        **{name: refusal.values[name] for name in ("customer", "case", "form")},
        "articles": [str(one["article"]) for one in refusal.citations],
        "code": refusal.code,
        "reason": str(refusal.message),
    }
    record(type="action.refused", by=by, at=at, keys=keys)


def _used(
    action: str, by: int | None, at: datetime, said: Mapping[str, Any]
) -> ApprovalRequest | None:
    """Use up an approval that was given for this, and return it."""
    if not current_law().book.at(at.date()).deciding.get(action) or by is None:
        return None
    given = request_of(action, said, (RequestState.APPROVED,))
    if given is not None:
        ApprovalRequest.objects.filter(pk=given.pk).update(status=RequestState.USED, closed_at=at)
    return given
