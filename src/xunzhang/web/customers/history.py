"""What changed at a customer, as sentences: the name of the field, what it was, what it is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xunzhang.customers.actions.keeping import CHOICES
from xunzhang.customers.masking import masked_id, masked_phone
from xunzhang.customers.models import Customer, CustomerChange
from xunzhang.organisation.models import Person
from xunzhang.web.words import say_moment

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NAMES: dict[str, "StrOrPromise"] = {
    "name": gettext_lazy("Customer name"),
    "kind": gettext_lazy("Kind"),
    "code": gettext_lazy("Customer number"),
    "uscc": gettext_lazy("Unified social credit code"),
    "phone": gettext_lazy("Phone"),
    "region": gettext_lazy("Region"),
    "industry": gettext_lazy("Industry"),
    "address": gettext_lazy("Address"),
    "grade": gettext_lazy("Grade"),
    "status": gettext_lazy("Status"),
    "source": gettext_lazy("Source"),
    "birthday": gettext_lazy("Birthday"),
    "note": gettext_lazy("Note"),
    "owner_id": gettext_lazy("Owner"),
    "filed_at": gettext_lazy("Filing"),
    "archived_at": gettext_lazy("Archive"),
    "merged_into_id": gettext_lazy("Merged into"),
}
MOMENTS = ("filed_at", "archived_at")
_HIDDEN: dict[str, Callable[[str], str]] = {
    "phone": masked_phone,
    "uscc": masked_id,
    "address": masked_id,
    "birthday": lambda day: f"{day[:4]}-**-**",
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One field that took another value; `why` is a reason or the article that ordered it."""

    key: str
    name: str
    old: str
    new: str
    at: datetime
    by: Person | None
    why: str


def say_changes(changes: Iterable[CustomerChange]) -> list[Changed]:
    """Return changes as a page shows them; personal data stay masked."""
    rows = list(changes)
    people = names_of(rows)
    return [
        Changed(
            row.key,
            say_name(row.key),
            say_value(row.key, row.old, people),
            say_value(row.key, row.new, people),
            row.at,
            row.by,
            row.why,
        )
        for row in rows
    ]


def say_name(key: str) -> str:
    """Return the name of a field; a key of the company's own is its own name."""
    return str(NAMES.get(key, key))


def say_value(key: str, value: Any, people: dict[int, str] | None = None) -> str:
    """Return a kept value in words; nothing is a dash."""
    if value in (None, "", []):
        return "—"
    if key in _HIDDEN:
        return _HIDDEN[key](str(value))
    if key in CHOICES:
        return str(dict(CHOICES[key].choices).get(value, value))
    if key == "owner_id":
        return (people or {}).get(int(value), str(value))
    if key == "merged_into_id":
        return customer_name(int(value))
    if key in MOMENTS and (moment := parse_datetime(str(value))):
        return say_moment(moment)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def customer_name(number: int) -> str:
    """Return the name of a customer that another was merged into."""
    return Customer.objects.filter(pk=number).values_list("name", flat=True).first() or str(number)


def names_of(rows: Iterable[CustomerChange]) -> dict[int, str]:
    """Return the names of the people whom the changes of owner speak of."""
    numbers = {
        int(value) for row in rows if row.key == "owner_id" for value in (row.old, row.new) if value
    }
    return dict(Person.objects.filter(pk__in=numbers).values_list("pk", "name"))
