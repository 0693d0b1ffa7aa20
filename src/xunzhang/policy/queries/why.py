"""The why of anything that the law brought about: its article, its rule in words, the facts compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xunzhang.law.calendar import DayReason
from xunzhang.law.facts import jsonable
from xunzhang.law.kinds import AnyRule
from xunzhang.law.outcome import Because
from xunzhang.law.rules.duty import DutyRule
from xunzhang.law.times import Duration, Term, explain_due
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
    rule = law.book.rule(row.uid)
    place = law.book.stage(row.uid)
    within: Any = None
    if isinstance(rule, DutyRule):
        within = getattr(rule.due, "within", None)
    elif place is not None:
        within = place[1].within
    if not isinstance(within, Duration | Term):
        return []
    start: Any = row.opened_at
    if isinstance(rule, DutyRule) and rule.due is not None and rule.due.start is not None:
        start = row.fixed["opened"].get(rule.due.start.first)
    if not isinstance(start, date):
        return []
    return explain_due(within, start, law.book.terms(row.uid).calendar)
