"""The company's own calendars."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xunzhang.law.calendar import CHINA, PREDEFINED, Calendar, Fault
from xunzhang.law.malformed import Malformed
from xunzhang.law.workdays import with_years
from xunzhang.lib.errors import Invalid
from xunzhang.lib.records import keep, keep_revised
from xunzhang.lib.text import tidy
from xunzhang.organisation import choices
from xunzhang.organisation.actions.telling import changed
from xunzhang.organisation.models import HolidayYear, WorkCalendar


@transaction.atomic
def set_calendar(
    *, name: str, data: Mapping[str, Any], by: int | None, at: datetime, revision: int | None = None
) -> WorkCalendar:
    """The calendar of that name holds these days and hours; `revision` is None for a new one.

    What is counted from now on is counted by it; the due times of open duties stay as they are.
    Raises Invalid with all that the law finds wrong in it.
    """
    name = tidy(name)
    if name in PREDEFINED:
        raise Invalid({"name": [_("A calendar of this name is built in; choose another name.")]})
    _calendar, faults = Calendar.from_mapping(name, data)
    if faults:
        raise Invalid(told(faults))
    if revision is None:
        row = WorkCalendar(name=name, data=dict(data))
        keep(row)
    else:
        row = WorkCalendar.objects.get(name=name)
        row.data = dict(data)
        keep_revised(row, read=revision)
    changed(type=choices.CALENDAR_CHANGED, by=by, at=at, keys={"calendar": name})
    return row


@transaction.atomic
def set_holidays(
    *,
    year: int,
    days: Mapping[str, Mapping[str, list[str]]],
    by: int | None,
    at: datetime,
    revision: int | None = None,
) -> HolidayYear:
    """The year's holidays and make-up days are these, {festival: {"off": [span, …], "work": [span, …]}}.

    A span is `2027-02-05` or `2027-02-05..2027-02-11`; `revision` is None for a year that is entered first.
    What is counted from now on is counted by them; the due times of open duties stay as they are.
    Raises Invalid for a day that lies in no neighbouring year, or where the law cannot read it.
    """
    try:
        table = with_years({year: days})
        named = _with_year(days)
    except Malformed as error:
        raise Invalid({"days": [error.zh if in_chinese() else error.en]}) from None
    except ValueError:
        raise Invalid({"days": [_("A day is written as 2027-02-05.")]}) from None
    if any(abs(day.year - year) > 1 for day in named):
        raise Invalid({"days": [_("A day of another year stands here.")]})
    if not any(day in table.off for day in named if day.year == year):
        raise Invalid({"days": [_("Not one day of this year is off.")]})
    if revision is None:
        row = HolidayYear(year=year, days=dict(days))
        keep(row)
    else:
        row = HolidayYear.objects.get(year=year)
        row.days = dict(days)
        keep_revised(row, read=revision)
    changed(type=choices.CALENDAR_CHANGED, by=by, at=at, keys={"calendar": CHINA.name})
    return row


def _with_year(days: Mapping[str, Mapping[str, list[str]]]) -> list[date]:
    """The first and last day of every span."""
    return [
        date.fromisoformat(day)
        for festival in days.values()
        for spans in festival.values()
        for span in spans
        for day in span.split("..")
    ]


def told(faults: Iterable[Fault]) -> dict[str, list[str]]:
    """Return what is wrong in a calendar by its part, such as `hours.mon` or `holidays`."""
    found: dict[str, list[str]] = defaultdict(list)
    for fault in faults:
        named = fault.path[:2] if fault.path[:1] == ("hours",) else fault.path[:1]
        words = fault.message.zh if in_chinese() else fault.message.en
        found[".".join(map(str, named))].append(words)
    return found


def in_chinese() -> bool:
    """Whether the reader reads Chinese."""
    return (get_language() or "zh").startswith("zh")
