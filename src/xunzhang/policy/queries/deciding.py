"""Sanctions that wait for somebody's word: proposals to decide about, appeals to answer."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from xunzhang.organisation.models import Person
from xunzhang.policy.choices import SanctionState
from xunzhang.policy.models import SanctionPerson, SanctionRow

PROPOSED = Q(state=SanctionState.PROPOSED)
APPEALED = Q(appealed_at__isnull=False, answered_at__isnull=True)


def sanctions_waiting_for(person: Person) -> QuerySet[SanctionRow]:
    """Return what the person must decide or answer; of what concerns himself nobody is the judge."""
    own = str(person.pk)
    decides = SanctionPerson.objects.filter(person=own, decides=True).values("sanction")
    concerned = SanctionPerson.objects.filter(person=own, decides=False).values("sanction")
    return SanctionRow.objects.filter(PROPOSED | APPEALED, pk__in=decides).exclude(pk__in=concerned)
