"""Moments in the words of a page: 2026-11-25 18:00 Wed, in two days, three days late; made here, not in templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

_MINUTE, _DAY = 60, 86_400
Urgency = Literal["late", "today", "soon", "later"]
_SOON_DAYS = 3


@dataclass(frozen=True, slots=True)
class Due:
    """A due time as a page shows it."""

    machine: str
    moment: str
    distance: str
    urgency: Urgency


def say_moment(moment: datetime) -> str:
    """Return 2026-11-22 14:05 in company time."""
    return f"{localtime(moment):%Y-%m-%d %H:%M}"


def weekday(day: date) -> str:
    """Return the short name of the weekday."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[day.weekday()]


def say_due(moment: datetime | date, *, at: datetime) -> Due:
    """Return a due moment with weekday and distance; a date is due until its day has passed."""
    now = localtime(at)
    if isinstance(moment, datetime):
        local = localtime(moment)
        said = f"{local:%Y-%m-%d %H:%M} {weekday(local)}"
        return Due(
            local.isoformat(),
            said,
            _distance(local, now),
            _urgency(late=local < now, day=local.date(), today=now.date()),
        )
    said = f"{moment:%Y-%m-%d} {weekday(moment)}"
    return Due(
        moment.isoformat(),
        said,
        _day_distance(moment, now.date()),
        _urgency(late=moment < now.date(), day=moment, today=now.date()),
    )


def _urgency(*, late: bool, day: date, today: date) -> Urgency:
    if late:
        return "late"
    if day == today:
        return "today"
    return "soon" if (day - today).days <= _SOON_DAYS else "later"


def _distance(moment: datetime, now: datetime) -> str:
    seconds = (moment - now).total_seconds()
    far = abs(seconds) >= _DAY
    if far:
        days = int(abs(seconds) // _DAY)
        return _late_by_days(days) if seconds < 0 else _in_days((moment.date() - now.date()).days)
    hours, minutes = divmod(int(abs(seconds)) // _MINUTE, 60)
    if seconds < 0:
        return _late_by_hours(hours, minutes)
    if moment.date() > now.date():
        return _("tomorrow")
    if hours:
        return ngettext("in %(count)d hour", "in %(count)d hours", hours) % {"count": hours}
    return ngettext("in %(count)d minute", "in %(count)d minutes", max(minutes, 1)) % {
        "count": max(minutes, 1)
    }


def _day_distance(day: date, today: date) -> str:
    days = (day - today).days
    if days < 0:
        return _late_by_days(-days)
    return _("today") if days == 0 else _in_days(days)


def _in_days(days: int) -> str:
    if days == 1:
        return _("tomorrow")
    return ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}


def _late_by_days(days: int) -> str:
    return ngettext("%(count)d day late", "%(count)d days late", days) % {"count": days}


def _late_by_hours(hours: int, minutes: int) -> str:
    if hours:
        return ngettext("%(count)d hour late", "%(count)d hours late", hours) % {"count": hours}
    return ngettext("%(count)d minute late", "%(count)d minutes late", max(minutes, 1)) % {
        "count": max(minutes, 1)
    }


def listed(names: Iterable[object]) -> str:
    """Return names in one line, as the language lists them."""
    english = (get_language() or "").startswith("en")
    return (", " if english else "、").join(map(str, names))
