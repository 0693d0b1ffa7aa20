"""Answers to “why?”: what opened, refused, raised or proposed something, and what nearly did."""

from __future__ import annotations

from xunzhang.law.explain.because import Fact, Place
from xunzhang.law.explain.due import Day, days_of
from xunzhang.law.explain.names import Names, names_in
from xunzhang.law.explain.near import (
    Looked,
    NearMiss,
    failures,
    looked_at,
    near_misses,
    rules_about,
)
from xunzhang.law.explain.outcomes import (
    Explanation,
    RulingExplanation,
    explain_breach,
    explain_duty,
    explain_ruling,
    explain_sanction,
)

__all__ = [
    "Day",
    "Explanation",
    "Fact",
    "Looked",
    "Names",
    "NearMiss",
    "Place",
    "RulingExplanation",
    "days_of",
    "explain_breach",
    "explain_duty",
    "explain_ruling",
    "explain_sanction",
    "failures",
    "looked_at",
    "names_in",
    "near_misses",
    "rules_about",
]
