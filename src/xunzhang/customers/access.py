"""Which customers a person may see and change: the only way to a customer's row.

Seen are one's own customers, those of the people below one in the departments that one
heads or in the line of reports, and the pool; who holds `customers.see_all` sees all.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xunzhang.customers.models import Customer
from xunzhang.lib.errors import Refused
from xunzhang.organisation.models import Department, Person

if TYPE_CHECKING:
    from collections.abc import Iterable


def may(person: Person, right: str) -> bool:
    """Say whether the person holds a right such as `customers.see_all`."""
    return person.account is not None and person.account.has_perm(right)


def owners_seen(person: Person) -> set[int] | None:
    """Return whose customers the person sees besides the pool; None means everybody's."""
    if may(person, "customers.see_all"):
        return None
    return {person.pk, *people_below(person)}


def visibility(owners: set[int] | None) -> Q:
    """Return the condition for customers of these owners and of the pool."""
    if owners is None:
        return Q()
    return Q(owner__in=sorted(owners)) | Q(owner__isnull=True)


def visible_to(person: Person) -> QuerySet[Customer]:
    """Return the customers that the person may see; merged ones live on in those that kept them."""
    return Customer.objects.filter(visibility(owners_seen(person)), merged_into__isnull=True)


def customer_to_see(person: Person, customer_id: int) -> Customer:
    """Return the customer, or refuse in the same words whether it is hidden or does not exist."""
    found = visible_to(person).filter(pk=customer_id).select_related("owner").first()
    if found is None:
        raise Refused(
            "customer-unknown", _("There is no such customer among those that you may see.")
        )
    return found


def customer_to_change(person: Person, customer_id: int) -> Customer:
    """Return the customer locked for a change; what lies in the pool must be claimed first."""
    customer_to_see(person, customer_id)
    customer = Customer.objects.select_for_update(of=("self",)).get(pk=customer_id)
    if customer.archived_at is not None:
        raise Refused(
            "customer-archived", _("This customer is archived; bring it back before changing it.")
        )
    if customer.owner_id is None and not may(person, "customers.see_all"):
        raise Refused(
            "customer-in-pool", _("This customer lies in the pool; claim it before changing it.")
        )
    return customer


def people_below(person: Person) -> set[int]:
    """Return the ids of the people in the departments below a head, and of those who report to one."""
    headed = Department.objects.filter(head=person).values_list("pk", flat=True)
    below = set(
        Person.objects.filter(department__in=with_children(headed)).values_list("pk", flat=True)
    )
    level = {person.pk}
    while level:
        level = set(Person.objects.filter(manager__in=level).values_list("pk", flat=True)) - below
        below |= level
    return below - {person.pk}


def with_children(departments: Iterable[int]) -> set[int]:
    """Return the departments and all below them."""
    waiting = list(departments)
    if not waiting:
        return set()
    children: dict[int, list[int]] = defaultdict(list)
    for child, parent in Department.objects.filter(parent__isnull=False).values_list(
        "pk", "parent"
    ):
        children[parent or 0].append(child)
    reached: set[int] = set()
    while waiting:
        department = waiting.pop()
        if department not in reached:
            reached.add(department)
            waiting.extend(children[department])
    return reached
