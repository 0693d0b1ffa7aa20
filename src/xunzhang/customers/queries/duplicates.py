"""Which customers may be the same as one that is about to be made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from xunzhang.customers.models import Customer
from xunzhang.customers.naming import sound_key
from xunzhang.lib.text import company_key

MOST = 20


class Likeness(StrEnum):
    """Why two customers may be one, the strongest first."""

    USCC = "uscc"
    NAME = "name"
    PHONE = "phone"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A customer that may be the same, and by what."""

    customer: Customer
    by: tuple[Likeness, ...]


def duplicates(
    *, name: str, phone: str = "", uscc: str | None = None, without: Iterable[int] = ()
) -> list[Duplicate]:
    """Return customers with the same name, sound, phone or credit code, the likeliest first.

    They are looked for among all customers, also those that the asking person may not see: what of them may be
    shown is for the face to decide.
    """
    key = company_key(name)
    tests = {Likeness.NAME: Q(name_key=key), Likeness.SOUND: Q(sound_key=sound_key(key))}
    if phone:
        tests[Likeness.PHONE] = Q(phone=phone)
    if uscc:
        tests[Likeness.USCC] = Q(uscc=uscc)
    likeness: dict[int, list[Likeness]] = defaultdict(list)
    rows: dict[int, Customer] = {}
    for kind in Likeness:
        if kind in tests:
            found = Customer.objects.filter(tests[kind], merged_into__isnull=True).exclude(
                pk__in=list(without)
            )
            for row in found.select_related("owner")[:MOST]:
                rows[row.pk] = row
                likeness[row.pk].append(kind)
    strength = list(Likeness)
    order = sorted(rows, key=lambda pk: (min(map(strength.index, likeness[pk])), pk))
    return [Duplicate(rows[pk], tuple(likeness[pk])) for pk in order[:MOST]]
