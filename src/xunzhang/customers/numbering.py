"""Customer numbers: drawn from one counter, never twice."""

from __future__ import annotations

from django.db.models import F

from xunzhang.customers.models import Customer, Numbering
from xunzhang.lib.bulk import listed

SERIES = "customer"


def draw(count: int = 1) -> list[str]:
    """Return the next free customer numbers; call it inside a transaction."""
    Numbering.objects.get_or_create(name=SERIES)
    Numbering.objects.filter(name=SERIES).update(next=F("next") + count)
    end = Numbering.objects.get(name=SERIES).next
    codes = [f"C{number:07d}" for number in range(end - count, end)]
    rows = Customer.objects.filter(code__in=listed(str, codes))
    taken = set(rows.values_list("code", flat=True)) if codes else set()
    free = [code for code in codes if code not in taken]
    return free + draw(len(taken)) if taken else free
