"""What happened: kept in the ledger and worked through by the law, in the transaction of the change."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from xunzhang.law.calendar import company_time
from xunzhang.law.outcome import Outcome
from xunzhang.law.rules.cadence import CadenceRule
from xunzhang.law.rules.post import PostRule
from xunzhang.law.rules.reclaim import ReclaimRule
from xunzhang.policy.book import editions_kept, mark_of
from xunzhang.policy.models import Event, TimerRow
from xunzhang.policy.speaking import spoken, told
from xunzhang.policy.unit import Unit, working

CATCH_UP = 200
OWNERSHIP = frozenset(
    {
        "customer.assigned",
        "customer.released",
        "customer.claimed",
        "customer.merged",
        "customer.parted",
    }
)
MOVES = OWNERSHIP | {
    "customer.created", "customer.changed", "customer.filed", "customer.archived", "customer.restored",
}  # fmt: skip
# The rules that look at a customer whenever it has changed itself
WATCHING = (CadenceRule, PostRule, ReclaimRule)
log = logging.getLogger(__name__)


def record(
    *, type: str, by: int | None, at: datetime, keys: Mapping[str, Any], token: str = ""
) -> Outcome:
    """The event stands in the ledger, and what follows from it is done. Returns what followed.

    An event with a `token` that the ledger has already is not recorded again, and nothing follows.
    """
    catch_up(at)
    with working(at) as unit:
        if token and Event.objects.filter(token=token).exists():
            return unit.out
        unit.history.token = token
        _work(unit, type, by, at, keys)
        return unit.out


@transaction.atomic
def record_many(events: Iterable[Mapping[str, Any]]) -> Outcome:
    """All events stand in the ledger, in their order; each is {"type", "by", "at", "keys"}, as `record` takes it."""
    waiting = list(events)
    if not waiting:
        return Outcome()
    latest = max(one["at"] for one in waiting)
    catch_up(latest)
    with working(latest) as unit:
        unheard = {
            type for type in {one["type"] for one in waiting} if not _heard(unit, type, waiting)
        }
        moved = [
            str(one["keys"]["customer"])
            for one in waiting
            if one["type"] in MOVES and one["type"] not in unheard
        ]
        if unit.law.book.editions:
            unit.company.know(moved)
        declared = {type: unit.law.vocabulary.event_keys((type,)) for type in unheard}
        for one in waiting:
            if one["type"] in unheard:
                said = told(declared[one["type"]], one["by"], one["keys"])
                unit.out.events.append(unit.history.append(one["type"], one["at"], said))
            else:
                _work(unit, one["type"], one["by"], one["at"], one["keys"])
        return unit.out


def _heard(unit: Unit, type: str, waiting: Iterable[Mapping[str, Any]]) -> bool:
    """Say whether anything may follow from events of this type among those that wait."""
    those = [one for one in waiting if one["type"] == type]
    if type in unit.law.heard or any(one["keys"].get("case") is not None for one in those):
        return True
    if type not in MOVES or not unit.law.book.editions:
        return False
    days = {company_time(one["at"]).date() for one in those}
    return type in OWNERSHIP or any(
        isinstance(rule, WATCHING) for day in days for rule in unit.law.book.at(day).calendar
    )


def _work(
    unit: Unit, type: str, by: int | str | None, at: datetime, keys: Mapping[str, Any]
) -> None:
    """Record one event within a unit; the engine works only through what some rule hears of."""
    said = spoken(unit.law.vocabulary, type, by, keys)
    customer = said.get("customer")
    if type in MOVES and customer is not None and unit.law.book.editions:
        unit.add(unit.engine.customer_moved(customer, at, owner=type in OWNERSHIP))
    if type in unit.law.heard or said.get("case") is not None:
        unit.add(unit.engine.record(type, at, said))
    else:
        unit.out.events.append(unit.history.append(type, at, said))


def catch_up(at: datetime) -> None:
    """Let what fell due before an event go off first; should that fail, the worker will say so and go on."""
    if not TimerRow.objects.filter(run_at__lte=at, failures=0).exists():
        return
    try:
        with transaction.atomic(), working(at, most_timers=CATCH_UP) as unit:
            unit.add(unit.engine.advance(at))
    except Exception:
        log.exception("What fell due before %s could not go off; the worker will try again.", at)


def organisation_changed(
    *, type: str, by: int | None, at: datetime, keys: Mapping[str, Any]
) -> None:
    """Something changed among people; the ledger has it, and duties and posts follow."""
    catch_up(at)
    with working(at) as unit:
        if type == "calendar.changed":
            unit.history.head.editions = mark_of(editions_kept())
            TimerRow.objects.filter(failures__gt=0).update(run_at=at, failures=0)
        staff = keys.get("staff")
        if staff is not None and unit.law.book.editions:
            unit.add(unit.engine.staff_moved(str(staff), at, left=type == "staff.left"))
        _work(unit, type, by, at, keys)
