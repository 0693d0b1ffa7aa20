"""Rows for the pages of the organisation: everybody who is signed in may see who works here."""

from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404

from xunzhang.organisation.models import (
    Delegation,
    Department,
    HolidayYear,
    Person,
    Role,
    RoleHolding,
    WorkCalendar,
)


def person_or_404(number: int) -> Person:
    """Return the person, also one who has left."""
    row = (
        Person.objects.select_related("department", "manager", "successor", "account")
        .filter(pk=number)
        .first()
    )
    if row is None:
        raise Http404
    return row


def department_or_404(number: int) -> Department:
    """Return the department."""
    row = Department.objects.filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def listed(*, department: int | None, role: str, gone: bool) -> QuerySet[Person]:
    """Return the people of the list: with their department and the roles that they hold."""
    held = RoleHolding.objects.filter(until__isnull=True).select_related("role")
    rows = Person.objects.filter(left_at__isnull=not gone)
    if department:
        rows = rows.filter(department=department)
    if role:
        rows = rows.filter(holdings__role__name=role, holdings__until__isnull=True)
    return rows.select_related("department").prefetch_related(
        Prefetch("holdings", held, to_attr="held")
    )


def held_roles(person: Person) -> list[str]:
    """Return the names of the roles that the person holds and has not given back."""
    return list(person.holdings.filter(until__isnull=True).values_list("role__name", flat=True))


def delegations_of(person: Person, *, at: datetime) -> QuerySet[Delegation]:
    """Return the delegations, given and received, that are not over."""
    concerned = Q(from_person=person) | Q(to_person=person)
    return Delegation.objects.filter(concerned, ends_at__gt=at).select_related(
        "from_person", "to_person"
    )


def departments_with_sizes() -> QuerySet[Department]:
    """Return the departments with head, and `size`, how many people they have now."""
    size = Count("people", filter=Q(people__left_at__isnull=True))
    return Department.objects.select_related("head").annotate(size=size)


def roles_with_holders() -> QuerySet[Role]:
    """Return the roles, and in `held` who holds them."""
    held = RoleHolding.objects.filter(until__isnull=True).select_related("person__department")
    return Role.objects.prefetch_related(Prefetch("holdings", held, to_attr="held"))


def calendars() -> QuerySet[WorkCalendar]:
    """Return the company's own calendars."""
    return WorkCalendar.objects.all()


def holiday_years() -> QuerySet[HolidayYear]:
    """Return the years whose holidays the company entered."""
    return HolidayYear.objects.all()
