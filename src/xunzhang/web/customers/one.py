"""One customer: who it is, what the policy asks, and everything that happened."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from xunzhang.customers.access import customer_to_see, may
from xunzhang.customers.masking import may_reveal
from xunzhang.customers.models import Contact, Customer
from xunzhang.customers.queries.history import changes_of, contacts_of, kept_instead_of, merges_of
from xunzhang.organisation.models import Person
from xunzhang.web.customers import deeds, ledger
from xunzhang.web.customers.facts import facts_of, masked_contact
from xunzhang.web.customers.history import say_changes
from xunzhang.web.customers.reached import reader
from xunzhang.web.customers.timeline import timeline_of
from xunzhang.web.customers.tones import GRADE_TONES, STATUS_TONES
from xunzhang.web.request import Request
from xunzhang.web.views import reads

PARTS = {
    "timeline": _("What happened"),
    "contacts": _("Contacts"),
    "duties": _("Duties"),
    "changes": _("Changes"),
}
MOST_CHANGES = 200


@reads()
def show(request: Request, number: int) -> HttpResponse:
    """Show a customer; the address of one that was merged leads to the one that was kept."""
    person = reader(request)
    kept = kept_instead_of(number)
    if kept is not None:
        return redirect("customers:customer", kept)
    row = customer_to_see(person, number)
    part = request.GET.get("show", "timeline")
    part = part if part in PARTS else "timeline"
    duties = ledger.duties_of(row, person, request.at)
    contacts = contacts_of(row)
    live = [each for each in duties if each.live]
    context = {
        "customer": row,
        "part": part,
        "parts": tabs_of(contacts, len(live)),
        "duties": duties,
        "live": live,
        "first": live[0] if live else None,
        "facts": facts_of(row),
        "changeable": changeable(person, row),
        "reveals": may_reveal(person, row),
        "deeds": deeds.fitting(row),
        "grade_tone": GRADE_TONES.get(row.grade[:1], ""),
        "status_tone": STATUS_TONES[row.status],
        **inside(part, row, contacts, request),
    }
    return render(request, "customers/customer.html", context)


def inside(
    part: str, row: Customer, contacts: QuerySet[Contact], request: Request
) -> dict[str, Any]:
    """Return what the chosen part of the page needs beside the rest."""
    match part:
        case "contacts":
            return {"contacts": [(each, masked_contact(each)) for each in contacts]}
        case "changes":
            changes = say_changes(changes_of(row)[:MOST_CHANGES])
            return {"changes": changes, "merges": merges_of(row)}
        case "timeline":
            return {"moments": timeline_of(row, reader(request), request.at)}
        case _:
            return {}


def tabs_of(contacts: QuerySet[Contact], live: int) -> list[tuple[str, Any, int]]:
    """Return the parts of the page with how much stands in each."""
    counts = {"contacts": contacts.count(), "duties": live}
    return [(name, title, counts.get(name, 0)) for name, title in PARTS.items()]


def changeable(person: Person, row: Customer) -> bool:
    """Say whether this person may change the customer, so that only buttons that work are shown."""
    if row.archived_at is not None:
        return False
    return row.owner_id is not None or may(person, "customers.see_all")
