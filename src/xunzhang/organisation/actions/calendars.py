"""The company's own calendars."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from xunzhang.lib.records import keep, keep_revised
from xunzhang.organisation import choices
from xunzhang.organisation.actions.telling import changed
from xunzhang.organisation.models import WorkCalendar


@transaction.atomic
def set_calendar(
    *, name: str, data: Mapping[str, Any], by: int | None, at: datetime, revision: int | None = None
) -> WorkCalendar:
    """The calendar of that name holds these days and hours; `revision` is None for a new one."""
    if revision is None:
        row = WorkCalendar(name=name, data=dict(data))
        keep(row)
    else:
        row = WorkCalendar.objects.get(name=name)
        row.data = dict(data)
        keep_revised(row, read=revision)
    changed(type=choices.CALENDAR_CHANGED, by=by, at=at, keys={"calendar": name})
    return row
