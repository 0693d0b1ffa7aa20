"""May it be done?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from xunzhang.law.outcome import Ruling


def may(*, action: str, by: int | None, at: datetime, keys: Mapping[str, Any]) -> Ruling:
    """Say what the policies rule on an action, without side effects."""
    return Ruling("allowed")


def require(*, action: str, by: int | None, at: datetime, keys: Mapping[str, Any]) -> Ruling:
    """Raise unless the policies allow the action."""
    return Ruling("allowed")
