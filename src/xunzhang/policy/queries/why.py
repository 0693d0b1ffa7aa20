"""The why of anything that the law brought about: its article, its rule in words, the facts compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xunzhang.law.calendar import Calendar, DayReason, UnknownYear
from xunzhang.law.facts import jsonable
from xunzhang.law.kinds import AnyRule
from xunzhang.law.outcome import Because
from xunzhang.law.rules.due import DueRule, as_time
from xunzhang.law.times import Within, explain_due
from xunzhang.policy.book import Law, current_law
from xunzhang.policy.models import DutyRow, Event
from xunzhang.policy.refusing import citation


@dataclass(frozen=True, slots=True)
class Why:
    """One why: `citation` as the seal-red chip takes it; `facts` by key; `days` counted or skipped to the due day."""

    citation: dict[str, Any]
    rule: AnyRule | None
    facts: Mapping[str, Any]
    days: list[DayReason]
    opened_by: Event | None = None


def why(because: Because, law: Law | None = None) -> Why:
    """Return the why of a because."""
    law = law or current_law()
    rule = law.book.rule(f"{because.policy}@{because.version}/{because.rule}")
    return Why(citation(law, because), rule, jsonable(dict(because.facts)), [])


def why_duty(row: DutyRow) -> Why:
    """Return the why of a duty, with the days that were counted to its due day and the event that opened it."""
    law = current_law()
    because = Because(row.policy, row.version, row.article, row.rule, row.fixed["facts"])
    found = why(because, law)
    opened = Event.objects.filter(seq=row.opened_seq).first() if row.opened_seq else None
    return Why(found.citation, found.rule, found.facts, _days(law, row), opened)


def _days(law: Law, row: DutyRow) -> list[DayReason]:
    """The days between the start and the due day; none where the arrangement of a year is not known."""
    found = _span(law, row)
    if found is None:
        return []
    try:
        return explain_due(*found)
    except UnknownYear:
        return []


def _span(law: Law, row: DutyRow) -> tuple[Within, datetime | date, Calendar] | None:
    """The time that was counted, from when, and by which calendar."""
    staged = law.book.stage(row.uid)
    if staged is not None:
        process, stage = staged
        return (stage.within, row.opened_at, process.calendar) if stage.within is not None else None
    rule = law.book.rule(row.uid)
    within = getattr(rule, "read_within", None)
    start: date | datetime | None = row.opened_at
    due = getattr(rule, "due", None)
    if isinstance(due, DueRule) and due.within is not None:
        within = due.within
        if due.start is not None:
            start = as_time(row.fixed.get("opened", {}).get(due.start.text))
    if rule is None or within is None or start is None:
        return None
    return within, start, rule.calendar
