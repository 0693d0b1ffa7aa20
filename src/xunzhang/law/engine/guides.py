"""What is shown at an action or a stage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xunzhang.law.book import Frame
from xunzhang.law.outcome import Guide
from xunzhang.law.rules.guide import GuideRule
from xunzhang.law.scope import Scope

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run


def guides(run: Run, frame: Frame, place: str, scope: Scope) -> Iterator[Guide]:
    """The words of help at a place, an action type or PROCESS/STAGE, whose `if` holds, in article order."""
    for rule in run.speaking(frame.guides.get(place, ()), frame, scope):
        if isinstance(rule, GuideRule):
            yield Guide(rule.text, rule.because(scope))
