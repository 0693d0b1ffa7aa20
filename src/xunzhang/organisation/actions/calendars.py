"""The company's own calendars."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xunzhang.law.calendar import PREDEFINED, Calendar, Fault
from xunzhang.lib.errors import Invalid
from xunzhang.lib.records import keep, keep_revised
from xunzhang.lib.text import tidy
from xunzhang.organisation import choices
from xunzhang.organisation.actions.telling import changed
from xunzhang.organisation.models import WorkCalendar


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


def told(faults: Iterable[Fault]) -> dict[str, list[str]]:
    """Return what is wrong in a calendar by its part, such as `hours.mon` or `holidays`."""
    found: dict[str, list[str]] = defaultdict(list)
    for fault in faults:
        named = fault.path[:2] if fault.path[:1] == ("hours",) else fault.path[:1]
        words = fault.message.zh if (get_language() or "zh").startswith("zh") else fault.message.en
        found[".".join(map(str, named))].append(words)
    return found
