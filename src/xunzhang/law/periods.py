"""Periods and the points in them: the names that the engine uses."""

from __future__ import annotations

from xunzhang.law.point_forms import parse_of, parse_point
from xunzhang.law.points import Point, Shift, Window, say_point
from xunzhang.law.spans import (
    PERIODS,
    DateList,
    Period,
    Span,
    parse_period,
    period_at,
    say_period,
)

__all__ = [
    "PERIODS",
    "DateList",
    "Period",
    "Point",
    "Shift",
    "Span",
    "Window",
    "parse_of",
    "parse_period",
    "parse_point",
    "period_at",
    "say_period",
    "say_point",
]
