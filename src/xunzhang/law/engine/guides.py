"""What is shown at an action or a stage."""

from __future__ import annotations

from collections.abc import Iterator

from xunzhang.law.book import Frame
from xunzhang.law.outcome import Guide
from xunzhang.law.scope import Scope


def guides(frame: Frame, place: str, scope: Scope) -> Iterator[Guide]:
    """The words of help at a place, an action type or PROCESS/STAGE, whose `if` holds, in article order."""
    for rule in frame.guides.get(place, ()):
        scope.calendar = rule.calendar
        if rule.condition.holds(scope):
            yield Guide(rule.text, rule.because(scope))
