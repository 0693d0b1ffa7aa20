"""Points given by an RFC 5545 recurrence rule.

The rule runs from Monday, 1 January 2001, unless it counts (`COUNT`): then it counts
within each period. Of several occurrences in one period the first is the point.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from dateutil.rrule import rrulestr
from typing_extensions import override

from xunzhang.law.calendar import COMPANY_ZONE, Calendar
from xunzhang.law.malformed import Malformed
from xunzhang.law.points import Spot
from xunzhang.law.spans import Period, Span, period_at

RULE = "rrule:"

_ANCHOR = datetime(2001, 1, 1)  # noqa: DTZ001 - the rules of RFC 5545 run on local time
_NATURAL: dict[str, Period] = {
    "DAILY": "day",
    "WEEKLY": "week",
    "MONTHLY": "month",
    "YEARLY": "year",
}
_UNTIL = re.compile(r"UNTIL=([0-9]{8}T[0-9]{6})Z")
_NO_STEP = re.compile(r"INTERVAL=(?!0*[1-9]\d*(?:;|$))")
_FREQ = re.compile(r"(?:^|;)FREQ=([A-Z]+)(?:;|$)")


@dataclass(frozen=True, slots=True)
class RuleDay(Spot):
    """The first day in the period on which the rule occurs."""

    rule: str

    @property
    @override
    def natural(self) -> Period:
        found = _FREQ.search(self.rule)
        return _NATURAL[found[1]] if found else "month"

    @override
    def day(self, span: Span, calendar: Calendar) -> date | None:
        start = datetime.combine(span.starts, time())
        rule = rrulestr(self.rule, dtstart=self._anchor(start, calendar))
        found = rule.after(start, inc=True)
        return found.date() if found and found.date() in span else None

    def _anchor(self, start: datetime, calendar: Calendar) -> datetime:
        """Where the rule begins to run; without an interval any whole period will do."""
        if "COUNT=" in self.rule:
            return start
        if "INTERVAL=" in self.rule:
            return _ANCHOR
        return datetime.combine(period_at(self.natural, start.date(), calendar).starts, time())

    @override
    def say(self, lang: str) -> str:
        return f"the day of {self.rule}" if lang == "en" else f"规则 {self.rule} 的日子"


def parse_rule(text: str) -> tuple[RuleDay, time | None]:
    """Read `rrule:FREQ=…`: the day, and the time of day where it has BYHOUR. Raises `Malformed`."""
    rule = _UNTIL.sub(_local_until, text.removeprefix(RULE).strip().upper())
    found = _FREQ.search(rule)
    if found is None or found[1] not in _NATURAL:
        raise Malformed(
            f"“{text}”的 FREQ 应为 DAILY、WEEKLY、MONTHLY 或 YEARLY；"
            "应如 rrule:FREQ=MONTHLY;BYDAY=-1FR",
            f"“{text}” needs FREQ=DAILY, WEEKLY, MONTHLY or YEARLY; "
            "write rrule:FREQ=MONTHLY;BYDAY=-1FR",
        )
    if _NO_STEP.search(rule):
        raise Malformed(
            f"“{text}”的 INTERVAL 应为从 1 起的整数",
            f"INTERVAL of “{text}” is a whole number from 1",
        )
    try:
        first = rrulestr(rule, dtstart=_ANCHOR).after(_ANCHOR, inc=True)
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise Malformed(
            f"“{text}”不合 RFC 5545：{wrong}", f"“{text}” does not follow RFC 5545: {wrong}"
        ) from None
    if first is None:
        raise Malformed(
            f"规则“{text}”从不出现；应如 rrule:FREQ=MONTHLY;BYDAY=-1FR",
            f"“{text}” never occurs; write rrule:FREQ=MONTHLY;BYDAY=-1FR",
        )
    return RuleDay(rule), first.time() if "BYHOUR=" in rule else None


def _local_until(found: re.Match[str]) -> str:
    """UNTIL in UTC as local time, as the rule's own times are."""
    until = datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    return f"UNTIL={until.astimezone(COMPANY_ZONE):%Y%m%dT%H%M%S}"
