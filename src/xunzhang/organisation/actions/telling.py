"""The last beat of each verb: the directory grows old, and whoever registered is told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from xunzhang.organisation import registry
from xunzhang.organisation.mark import renew_mark


def changed(*, type: str, by: int | None, at: datetime, keys: Mapping[str, Any]) -> None:
    """Renew the directory's mark and tell the listeners, in the transaction of the change."""
    renew_mark()
    registry.tell(type=type, by=by, at=at, keys=keys)
