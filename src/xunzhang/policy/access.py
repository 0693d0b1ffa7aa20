"""Who may see what follows from the policy: the only way to these rows.

Everybody sees what is his own and what concerns the people below him, in the departments that he heads and
in the line of reports; who holds `policy.see_all` sees every duty, breach and sanction, `policy.see_ledger`
every event.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xunzhang.law.facts import Directory
from xunzhang.lib import clock
from xunzhang.lib.errors import Refused
from xunzhang.organisation.models import Person
from xunzhang.organisation.queries import acts_for, directory
from xunzhang.policy.models import (
    ApprovalRequest,
    ApprovalSeat,
    BreachPerson,
    BreachRow,
    DutyPerson,
    DutyRow,
    Event,
    Notification,
    SanctionPerson,
    SanctionRow,
)


def may(person: Person, right: str) -> bool:
    """Say whether the person holds a right such as `policy.see_all`."""
    return person.account is not None and person.account.has_perm(right)


def is_above(boss: str, person: str, people: Directory) -> bool:
    """Say whether somebody heads a department of the person's, or stands in his line of reports."""
    staff = people.staff.get(person)
    if staff is None or boss == person:
        return False
    if any(people.head(name) == boss for name in people.above(staff.department)):
        return True
    seen: set[str] = set()
    manager = staff.manager
    while manager is not None and manager not in seen:
        if manager == boss:
            return True
        seen.add(manager)
        manager = people.manager(manager)
    return False


def people_seen(person: Person, right: str = "policy.see_all") -> set[str] | None:
    """Return whose matters the person sees; None means everybody's."""
    if may(person, right):
        return None
    people, own = directory(), str(person.pk)
    return {own, *(one for one in people.staff if is_above(own, one, people))}


def duties_seen(person: Person) -> QuerySet[DutyRow]:
    """Return the duties that the person may see, those of whom he stands in for at present among them."""
    shown = DutyRow.objects.exclude(state="waiting")
    seen = people_seen(person)
    if seen is None:
        return shown
    seen |= {str(one.pk) for one in acts_for(person.pk, clock.now())}
    return shown.filter(pk__in=DutyPerson.objects.filter(person__in=seen).values("duty"))


def duty_to_see(person: Person, duty: int) -> DutyRow:
    """Return the duty, or refuse in the same words whether it is hidden or does not exist."""
    found = duties_seen(person).filter(pk=duty).first()
    if found is None:
        raise Refused("duty-unknown", _("There is no such duty among those that you may see."))
    return found


def breaches_seen(person: Person) -> QuerySet[BreachRow]:
    """Return the breaches that the person may see."""
    seen = people_seen(person)
    if seen is None:
        return BreachRow.objects.all()
    return BreachRow.objects.filter(
        pk__in=BreachPerson.objects.filter(person__in=seen).values("breach")
    )


def breach_to_see(person: Person, breach: int) -> BreachRow:
    """Return the breach, or refuse."""
    found = breaches_seen(person).filter(pk=breach).first()
    if found is None:
        raise Refused("breach-unknown", _("There is no such breach among those that you may see."))
    return found


def sanctions_seen(person: Person) -> QuerySet[SanctionRow]:
    """Return the sanctions that the person may see: also those that are his to decide."""
    seen = people_seen(person)
    if seen is None:
        return SanctionRow.objects.all()
    own = Q(person__in=seen, decides=False) | Q(person=str(person.pk))
    return SanctionRow.objects.filter(pk__in=SanctionPerson.objects.filter(own).values("sanction"))


def sanction_to_see(person: Person, sanction: int) -> SanctionRow:
    """Return the sanction, or refuse."""
    found = sanctions_seen(person).filter(pk=sanction).first()
    if found is None:
        raise Refused(
            "sanction-unknown", _("There is no such sanction among those that you may see.")
        )
    return found


def events_seen(person: Person) -> QuerySet[Event]:
    """Return the events that the person may see: recorded by himself or by those below him."""
    seen = people_seen(person, "policy.see_ledger")
    return Event.objects.all() if seen is None else Event.objects.filter(by__in=seen)


def requests_seen(person: Person) -> QuerySet[ApprovalRequest]:
    """Return the requests that the person asked, may decide, has decided, or may see as a superior."""
    seen = people_seen(person)
    if seen is None:
        return ApprovalRequest.objects.all()
    own = str(person.pk)
    seats = ApprovalSeat.objects.filter(person=own).values("request")
    return ApprovalRequest.objects.filter(
        Q(asker__in=seen) | Q(pk__in=seats) | Q(decisions__by=own)
    ).distinct()


def request_to_see(person: Person, request: int) -> ApprovalRequest:
    """Return the request, or refuse."""
    found = requests_seen(person).filter(pk=request).first()
    if found is None:
        raise Refused(
            "request-unknown", _("There is no such request among those that you may see.")
        )
    return found


def notifications_of(person: Person) -> QuerySet[Notification]:
    """Return what the person was told."""
    return Notification.objects.filter(person=str(person.pk))
