"""Which request for approval belongs to an ask: the same action by the same person about the same things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xunzhang.policy.choices import RequestState
from xunzhang.policy.codec import digest
from xunzhang.policy.models import ApprovalRequest

NOT_ABOUT = frozenset({"by", "type", "at", "action", "asker"})


def about(keys: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys of an ask that say what it is about."""
    return {name: value for name, value in keys.items() if name not in NOT_ABOUT}


def digest_of(keys: Mapping[str, Any]) -> str:
    """Return the word that asks about the same things share."""
    return digest({name: value for name, value in about(keys).items() if value is not None})


def request_of(
    action: str, keys: Mapping[str, Any], states: Iterable[RequestState]
) -> ApprovalRequest | None:
    """Return the latest request for such an ask in one of these states."""
    if keys.get("by") is None:
        return None
    return (
        ApprovalRequest.objects.filter(
            asker=keys["by"],
            action=action,
            keys_digest=digest_of(keys),
            status__in=list(states),
        )
        .order_by("-pk")
        .first()
    )
