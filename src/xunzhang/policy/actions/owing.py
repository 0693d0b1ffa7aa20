"""What people do with a duty besides fulfilling it: claim it, hand it over, be excused from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.law.facts import Event
from xunzhang.law.outcome import LIVE, Duty
from xunzhang.lib.errors import Conflict, Refused
from xunzhang.organisation.models import Person
from xunzhang.organisation.queries import directory, people_present
from xunzhang.policy.access import is_above, may
from xunzhang.policy.actions.recording import catch_up
from xunzhang.policy.models import DutyRow
from xunzhang.policy.speaking import spoken
from xunzhang.policy.unit import Unit, working


@transaction.atomic
def claim(*, duty: int, by: int, at: datetime) -> DutyRow:
    """One of several who owe a duty says that he does it; all go on owing it. `duty.claimed`."""
    catch_up(at)
    with working(at) as unit:
        owed = _owed(unit, duty)
        if str(by) not in owed.who:
            raise Refused("not-your-duty", _("Only those who owe this duty may claim it."))
        row = DutyRow.objects.get(pk=duty)
        if row.claimed_by is not None and row.claimed_by != str(by):
            raise Conflict("claimed-already", _("Somebody else has claimed this duty already."))
        row.claimed_by, row.claimed_at = str(by), at
        row.save(update_fields=["claimed_by", "claimed_at"])
        _tell(unit, "duty.claimed", owed, by, {})
    return row


@transaction.atomic
def hand_over(*, duty: int, to: int, by: int, at: datetime, reason: str) -> DutyRow:
    """Somebody else owes the duty instead of the one who hands it over; `duty.handed_over`.

    When a superior does it, instead of all who owed it.
    """
    catch_up(at)
    with working(at) as unit:
        owed = _owed(unit, duty)
        _need_words(reason)
        if str(by) not in owed.who:
            _refuse_stranger(owed, by)
        if not people_present(outside=False).filter(pk=to).exists() or str(to) in owed.who:
            raise Refused("nobody-there", _("Choose somebody else who works here."))
        leaving = (str(by),) if str(by) in owed.who else owed.who
        owed.who = (*(one for one in owed.who if one not in leaving), str(to))
        unit.history.save_duty(owed)
        unit.out.moved.append(owed)
        DutyRow.objects.filter(pk=duty).update(claimed_by=None, claimed_at=None)
        _tell(unit, "duty.handed_over", owed, by, {"to": to, "reason": reason})
    return DutyRow.objects.get(pk=duty)


@transaction.atomic
def excuse(*, duty: int, by: int, at: datetime, reason: str) -> DutyRow:
    """The duty need not be done, for the reason given; only a superior may say so. `duty.excused`."""
    catch_up(at)
    with working(at) as unit:
        owed = _owed(unit, duty)
        _need_words(reason)
        _refuse_stranger(owed, by)
        event = _tell(unit, "duty.excused", owed, by, {"reason": reason})
        owed.state, owed.closed_at, owed.closed_seq = "cancelled", at, event.seq
        owed.plan += 1
        unit.history.save_duty(owed)
        unit.out.moved.append(owed)
        DutyRow.objects.filter(pk=duty).update(excuse=reason[:500])
    return DutyRow.objects.get(pk=duty)


def _owed(unit: Unit, duty: int) -> Duty:
    found = unit.history.duty(duty)
    if found is None or found.state not in LIVE or found.state == "waiting":
        raise Conflict("duty-closed", _("This duty is no longer open."))
    return found


def _refuse_stranger(owed: Duty, by: int) -> None:
    """Refuse who is above none of those who owe it and may not excuse anybody."""
    people = directory()
    if any(is_above(str(by), one, people) for one in owed.who):
        return
    if may(Person.objects.select_related("account").get(pk=by), "policy.excuse"):
        return
    raise Refused(
        "not-yours-to-excuse", _("Only a superior, or who may excuse anybody, can do this.")
    )


def _need_words(reason: str) -> None:
    if not reason.strip():
        raise Refused("reason-missing", _("Give the reason; it is kept with the duty."))


def _tell(unit: Unit, type: str, owed: Duty, by: int, more: Mapping[str, Any]) -> Event:
    keys = {
        "duty": owed.id,
        "rule": owed.rule,
        "customer": owed.customer,
        "case": owed.case,
        **more,
    }
    given = {name: value for name, value in keys.items() if value is not None}
    outcome = unit.engine.record(type, unit.at, spoken(unit.law.vocabulary, type, by, given))
    unit.add(outcome)
    return outcome.events[0]
