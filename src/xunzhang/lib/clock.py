"""The only module that asks the system for the time; everything else is told it.

An installation lives in the present. The demonstration names a file in the setting CLOCK_FILE, and there
the time can be walked forward: the file keeps the distance, and every process that reads it walks along.
"""

import json
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from xunzhang.lib.errors import Refused


@cache
def company_zone() -> ZoneInfo:
    """Return the time zone of the company, whatever the server's is."""
    return ZoneInfo(settings.TIME_ZONE)


def now() -> datetime:
    """Return the present moment in company time, walked forward where the installation allows it."""
    return _system_now() + _distance()


def today() -> date:
    """Return the company's date."""
    return now().date()


def may_walk() -> bool:
    """Say whether the time of this installation can be walked."""
    return settings.CLOCK_FILE is not None


def walk_to(moment: datetime) -> None:
    """Make `moment` the present, for every process of this installation; time only goes forward."""
    file = settings.CLOCK_FILE
    if file is None:
        raise Refused(
            "clock-fixed",
            _("The time of this installation cannot be walked; only a demonstration's can."),
        )
    present = now()
    if moment < present:
        raise Refused(
            "clock-backwards",
            _("It is already %(present)s; name a later time.")
            % {"present": f"{present:%Y-%m-%d %H:%M}"},
            values={"present": present.isoformat()},
        )
    _keep(file, moment)


def start_at(moment: datetime) -> None:
    """Make `moment` the present of a demonstration that has just been made, earlier or later than the system's."""
    file = settings.CLOCK_FILE
    if file is None:
        raise Refused(
            "clock-fixed",
            _("The time of this installation cannot be walked; only a demonstration's can."),
        )
    _keep(file, moment)


def _keep(file: Path, moment: datetime) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    ahead = (moment - _system_now()).total_seconds()
    fresh.write_text(json.dumps({"seconds_ahead": ahead}), encoding="utf-8")
    fresh.replace(file)


def _system_now() -> datetime:
    return datetime.now(tz=company_zone())


def _distance() -> timedelta:
    file = settings.CLOCK_FILE
    if file is None:
        return timedelta()
    try:
        changed = file.stat().st_mtime_ns
    except FileNotFoundError:
        return timedelta()
    return _read(file, changed)


@cache
def _read(file: Path, changed: int) -> timedelta:  # noqa: ARG001 (a changed file is another entry of the cache)
    return timedelta(seconds=json.loads(file.read_text(encoding="utf-8"))["seconds_ahead"])
