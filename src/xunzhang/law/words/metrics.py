"""Measures in words."""

from __future__ import annotations

from decimal import Decimal

from xunzhang.law.metrics import InTime, Measure, Metric, Share, Tally
from xunzhang.law.words.speaker import Speaker


def say_metric(metric: Metric, by: Speaker) -> str:
    """`“拜访客户”次数`, `the number of “Customer visited”`."""
    match metric:
        case Tally(event, None):
            return by.pick(f"{by.event(event)}次数", f"the number of {by.event(event)}")
        case Tally(event, field):
            key = by.about((event,)).key(str(field))
            return by.pick(f"{by.event(event)}的{key}合计", f"the total {key} of {by.event(event)}")
        case InTime(_, rule):
            asked = by.rule(rule)
            return by.pick(
                f"{asked}所定事项的按时完成率", f"the share in time of what {asked} asks for"
            )
        case Share(part, whole):
            return by.pick(
                f"{say_metric(part, by)}占{say_metric(whole, by)}的比例",
                f"the ratio of {say_metric(part, by)} to {say_metric(whole, by)}",
            )
        case Measure(name):
            return by.quoted(name)
        case _:
            raise TypeError(type(metric).__name__)


def say_bound(metric: Metric, value: Decimal, by: Speaker) -> str:
    """A number, or for a share the per cent."""
    if isinstance(metric, Share | InTime) and value <= 1:
        return f"{by.number(value * 100)}%"
    return by.number(value)
