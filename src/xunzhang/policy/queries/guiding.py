"""What the policies in force say beside the place where somebody is about to do something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xunzhang.law.text import say
from xunzhang.policy.refusing import citation, language
from xunzhang.policy.speaking import spoken
from xunzhang.policy.unit import reading


@dataclass(frozen=True, slots=True)
class Shown:
    """A word of help, and the article that gives it."""

    text: str
    because: Mapping[str, Any]


def guides_at(*, action: str, by: int | None, at: datetime, keys: Mapping[str, Any]) -> list[Shown]:
    """Return the guides at an action, in article order; asking changes nothing."""
    unit = reading(at)
    if action not in unit.law.book.at(at.date()).guides:
        return []
    ruling = unit.engine.judge(action, at, spoken(unit.law.vocabulary, action, by, keys))
    return [
        Shown(say(one.text, language()), citation(unit.law, one.because)) for one in ruling.guides
    ]
