"""Due times, reminders and what follows when they pass, in words."""

from __future__ import annotations

from xunzhang.law.periods import DateList, Period, Point, Shift, say_period, say_point
from xunzhang.law.rules.common import Ladder, Reminding, Repeat
from xunzhang.law.rules.due import DueRule
from xunzhang.law.times import ByKey, Duration, Within
from xunzhang.law.times import say_within as within_words
from xunzhang.law.words.conditions import say_path
from xunzhang.law.words.speaker import Speaker, spaced
from xunzhang.law.words.whos import named

_OF: dict[Period, tuple[str, str]] = {
    "day": ("日", "day"),
    "workday": ("工作日", "workday"),
    "week": ("周", "week"),
    "month": ("月", "month"),
    "quarter": ("季度", "quarter"),
    "half-year": ("半年", "half-year"),
    "year": ("年", "year"),
}


def say_within(within: Within, by: Speaker) -> str:
    """`3 个工作日内`, `within 3 workdays`."""
    return within_words(within, by.lang)


def say_due(due: DueRule, by: Speaker) -> str:
    """When a duty is due: `自变动日期起 5 个工作日内`, `by the 25th of the next month`."""
    if due.within is not None:
        words = say_within(due.within, by)
        if due.start is None:
            return words
        start = say_path(due.start, by)
        return by.pick(f"自{start}起 {words}", f"{words} from {start}")
    if due.by_key is not None and due.by_path is not None:
        return _by_key(due.by_key, say_path(due.by_path, by), by)
    if due.point is not None:
        return say_point_due(
            due.point, due.of or due.point.natural_period, due.shift, by, following=due.next_period
        )
    return by.pick("不限期", "at any time")


def _by_key(due: ByKey, key: str, by: Speaker) -> str:
    clock = f"{due.clock:%H:%M}" if due.clock else ""
    if by.english:
        away = (
            f"{due.offset.say('en')} {'before' if due.back else 'after'} {key}"
            if due.offset
            else key
        )
        return f"by {clock} on {away}" if clock else f"by {away}"
    away = f"{key}{'前' if due.back else '后'} {due.offset.say('zh')}" if due.offset else key
    return f"不晚于{away}" + (f" {clock}" if clock else "")


def say_point_due(
    point: Point, of: Period, shift: Shift | None, by: Speaker, *, following: bool = False
) -> str:
    """A point of a period by which something is due."""
    words = say_point(point, by.lang)
    zh, en = _OF[of]
    if by.english:
        place = (
            "" if of == "year" and not following else f" of the {'next ' if following else ''}{en}"
        )
        until = words if point.opens else f"by {words}"
        return f"{until}{place}{_shifted(shift, by)}"
    own = (
        ("下一年" if following else "每年")
        if of == "year"
        else f"{'下' if following else '当'}{zh}"
    )
    until = "" if point.opens else "不晚于"
    return f"{until}{spaced(own, '', words)}{_shifted(shift, by)}"


def in_time(due: str) -> str:
    """A Chinese due time before its verb: `在 3 个工作日内`."""
    if due.startswith(("自", "不晚于")) or not due:
        return due
    return spaced("在", "", due)


def _shifted(shift: Shift | None, by: Speaker) -> str:
    if shift is None:
        return ""
    if shift == "before":
        return by.pick("（遇休息日提前）", " (the workday before, where that is a day off)")
    return by.pick("（遇休息日顺延）", " (the workday after, where that is a day off)")


def say_every(every: Period | Duration | DateList, by: Speaker) -> str:
    """`每季度`, `每 30 天`, `every month`."""
    if isinstance(every, DateList):
        return every.say(by.lang)
    if isinstance(every, Duration):
        return by.pick(f"每 {every.say('zh')}", f"every {every.say('en')}")
    return say_period(every, by.lang)


def say_reminders(remind: tuple[Reminding, ...], by: Speaker) -> str:
    """`到期前 1 个工作日、2 小时`."""
    before = by.listed(one.before.say(by.lang) for one in remind)
    return by.pick(f"到期前 {before}", f"{before} before it is due")


def say_again(again: Repeat, by: Speaker) -> str:
    """What each further lapse of time brings."""
    every = again.every.say(by.lang)
    return by.pick(
        f"仍未完成的，每过 {every}再记一次", f"a further one for every {every} that it stays undone"
    )


def say_ladder(ladders: tuple[Ladder, ...], by: Speaker) -> str:
    """Whom to tell while it stays undone."""
    return by.pick("；", "; ").join(_rung(one, by) for one in ladders)


def _rung(ladder: Ladder, by: Speaker) -> str:
    after, to = ladder.after.say(by.lang), named(ladder.to, by)
    return by.pick(f"逾期 {after}后告知{to}", f"{to} is told {after} after it was due")
