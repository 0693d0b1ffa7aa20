"""Why a duty is due when it is: the days that were counted, and those skipped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from xunzhang.law.book import Book
from xunzhang.law.calendar import Calendar
from xunzhang.law.outcome import Duty
from xunzhang.law.rules.due import as_time
from xunzhang.law.rules.duty import DutyRule
from xunzhang.law.rules.notice import NoticeRule
from xunzhang.law.rules.target import TargetRule
from xunzhang.law.times import Due, Within, explain_due, say_due
from xunzhang.law.words.speaker import Speaker


@dataclass(frozen=True, slots=True)
class Day:
    """One day that was looked at. `number` is its place among those counted, None where it was skipped."""

    on: date
    number: int | None
    reason: str

    def say(self, by: Speaker) -> str:
        """`2026-03-07（周六）：周末，不计`."""
        day = say_due(Due(self.on), by.lang)
        if self.number is None:
            return by.pick(f"{day}：{self.reason}，不计", f"{day}: {self.reason}, not counted")
        return by.pick(
            f"{day}：{self.reason}，第 {self.number} 天", f"{day}: {self.reason}, day {self.number}"
        )


def days_of(duty: Duty, book: Book, by: Speaker) -> list[Day]:
    """The days looked at for the due time of a duty that was not paused; none where no day off was skipped."""
    within, calendar = within_of(duty, book), book.terms(duty.uid).calendar
    start = _start(duty, book)
    if within is None or start is None or duty.due is None:
        return []
    return counted(within, start, calendar, by)


def counted(within: Within, start: date | datetime, calendar: Calendar, by: Speaker) -> list[Day]:
    """The days looked at for a time from a start."""
    found: list[Day] = []
    number = 0
    for day in explain_due(within, start, calendar):
        number += day.counted
        found.append(Day(day.on, number if day.counted else None, day.say(by.lang)))
    return found


def within_of(duty: Duty, book: Book) -> Within | None:
    """The time that a duty was given, where it was given one."""
    stage = book.stage(duty.uid)
    if stage is not None:
        return stage[1].within
    match book.rule(duty.uid):
        case DutyRule(due=due) if due is not None:
            return due.within
        case NoticeRule(read_within=within):
            return within
        case TargetRule(duty=task) if task is not None:
            return task.within
        case _:
            return None


def _start(duty: Duty, book: Book) -> date | datetime | None:
    rule = book.rule(duty.uid)
    if isinstance(rule, DutyRule) and rule.due is not None and rule.due.start is not None:
        path = rule.due.start
        return (
            as_time(duty.opened.get(path.first)) if path.root == "thing" and not path.hops else None
        )
    if isinstance(rule, TargetRule) and duty.serves is not None:
        return duty.serves[1]
    return duty.opened_at
