"""Which cases and filed forms a person may see: the only way to their rows.

Seen are the cases that asked the person, or somebody for whom he stands in at present, for something or told him of
it, those that he or people below him opened or handle, and those of customers whom he or people below him own; who
holds `cases.see_all` sees all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xunzhang.cases.models import Attachment, Case, FormFiling, Involvement
from xunzhang.customers.access import may, people_below
from xunzhang.lib import clock
from xunzhang.lib.errors import Refused
from xunzhang.organisation.models import Person
from xunzhang.organisation.queries import acts_for
from xunzhang.policy.access import events_seen


def visible_to(person: Person) -> QuerySet[Case]:
    """Return the cases that the person may see."""
    if may(person, "cases.see_all"):
        return Case.objects.all()
    own = sorted({person.pk, *people_below(person)})
    asked = [person.pk, *(one.pk for one in acts_for(person.pk, clock.now()))]
    involved = Involvement.objects.filter(person__in=asked).values("case")
    return Case.objects.filter(
        Q(pk__in=involved) | Q(opened_by__in=own) | Q(handler__in=own) | Q(customer__owner__in=own)
    )


def asking(person: Person, at: datetime) -> QuerySet[Case]:
    """Return the cases that asked the person, or somebody for whom he stands in, for something or told him of it."""
    asked = [person.pk, *(one.pk for one in acts_for(person.pk, at))]
    involved = Involvement.objects.filter(person__in=asked).values("case")
    return Case.objects.filter(pk__in=involved)


def case_to_see(person: Person, number: str) -> Case:
    """Return the case, or refuse in the same words whether it is hidden or does not exist."""
    rows = visible_to(person).filter(number=number)
    found = rows.select_related("customer", "handler", "opened_by").first()
    if found is None:
        raise Refused("case-unknown", _("There is no such case among those that you may see."))
    return found


def case_to_change(person: Person, number: str) -> Case:
    """Return the case locked for a change."""
    return lock(case_to_see(person, number).number)


def lock(number: str) -> Case:
    """Return the case locked; what is decided about it from now on happens one after the other."""
    return Case.objects.select_for_update(of=("self",)).get(number=number)


def filings_visible_to(person: Person) -> QuerySet[FormFiling]:
    """Return the filed forms of cases that the person may see, and those without a case that concern him."""
    rows = FormFiling.objects.select_related("case", "filed_by", "customer", "staff", "department")
    if may(person, "cases.see_all"):
        return rows
    own = sorted({person.pk, *people_below(person)})
    free = Q(filed_by__in=own) | Q(staff__in=own) | Q(customer__owner__in=own)
    return rows.filter(Q(case__in=visible_to(person).values("pk")) | (Q(case__isnull=True) & free))


def filing_to_see(person: Person, number: str) -> FormFiling:
    """Return the filed form, or refuse in the same words whether it is hidden or does not exist."""
    found = filings_visible_to(person).filter(number=number).first()
    if found is None:
        raise Refused("form-unknown", _("There is no such form among those that you may see."))
    return found


def attachment_to_see(person: Person, key: str) -> Attachment:
    """Return the attachment of a case that the person may see, or that he added himself."""
    rows = Attachment.objects.filter(key=key)
    found = rows.filter(Q(case__in=visible_to(person).values("pk")) | Q(added_by=person)).first()
    if found is None:
        raise Refused("file-unknown", _("There is no such file among those that you may see."))
    return found


def attachment_told(person: Person, seq: int, key: UUID) -> Attachment:
    """Return a file that an event names, in a key or in a row of a table, where the person may see the event."""
    event = events_seen(person).filter(seq=seq).first()
    named = event is not None and str(key) in _told(event.keys)
    found = Attachment.objects.filter(key=key).first() if named else None
    if found is None:
        raise Refused("file-unknown", _("There is no such file among those that you may see."))
    return found


def _told(keys: Mapping[str, Any]) -> Iterator[str]:
    """What the keys of an event say as text, in rows of tables too."""
    for value in keys.values():
        if isinstance(value, str):
            yield value
        for row in value if isinstance(value, list) else ():
            if isinstance(row, Mapping):
                yield from _told(row)
