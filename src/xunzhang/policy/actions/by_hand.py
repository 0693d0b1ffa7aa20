"""Somebody tells by hand what happened: the policies are asked about the act that it is, then the ledger keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.law.outcome import Outcome
from xunzhang.lib.errors import Invalid
from xunzhang.policy.actions.asking import require, use
from xunzhang.policy.actions.recording import record
from xunzhang.policy.models import Event
from xunzhang.policy.queries.doing import OCCURRED_AT, action_of


@transaction.atomic
def tell(*, type: str, by: int, at: datetime, keys: Mapping[str, Any], token: str = "") -> Outcome:
    """The event stands in the ledger at the present moment, once for each token.

    When it happened is kept beside it as `occurred_at`. Raises what `may_tell` raises.
    """
    if token and Event.objects.filter(token=token).exists():
        return Outcome()
    may_tell(type=type, by=by, at=at, keys=keys)
    return record(type=type, by=by, at=at, keys=keys, token=token)


def may_tell(*, type: str, by: int | None, at: datetime, keys: Mapping[str, Any]) -> None:
    """Refuse an event of the time to come, and one whose act the policies do not allow.

    Raises Invalid, Refused with the articles, or ApprovalNeeded.
    """
    occurred = keys.get(OCCURRED_AT.name)
    if isinstance(occurred, datetime) and occurred > at:
        wrong = _("This has not come yet. Record it when it has happened.")
        raise Invalid({OCCURRED_AT.name: [wrong]})
    action = action_of(type)
    if action is not None:
        require(action=action, by=by, at=at, keys=keys)


@transaction.atomic
def perform(
    *, action: str, by: int, at: datetime, keys: Mapping[str, Any], token: str = ""
) -> Outcome:
    """An action that is no event of its own is done: `action.done` stands in the ledger, once for each token.

    Raises Refused with the articles, or ApprovalNeeded.
    """
    if token and Event.objects.filter(token=token).exists():
        return Outcome()
    said = use(action=action, by=by, at=at, keys=keys)
    told = {**said, "action": action, "asker": said["by"]}
    return record(type="action.done", by=by, at=at, keys=told, token=token)
