"""Who is told when people, roles or departments change.

The organisation lies below the policy and may not call it; whoever above wants to know registers here when
Django starts, and is called by name in the same transaction as the change.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol


class Listener(Protocol):
    """What happened (`staff.left`), who did it (a person's number, or None for the system), when, about whom."""

    def __call__(
        self, *, type: str, by: int | None, at: datetime, keys: Mapping[str, Any]
    ) -> None: ...


_listeners: list[Listener] = []


def on_change(listener: Listener) -> None:
    """Have the listener called after each change, once, however often it is registered."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(*, type: str, by: int | None, at: datetime, keys: Mapping[str, Any]) -> None:
    """Call every listener, in the order in which they registered."""
    for listener in _listeners:
        listener(type=type, by=by, at=at, keys=keys)
