"""Questions about people: who is who, who stands in for whom, who is meant by a few letters."""

from datetime import datetime
from functools import lru_cache

from django.apps import apps
from django.db import connection
from django.db.models import Q, QuerySet

from xunzhang.law.facts import Directory
from xunzhang.law.workdays import WorkdayTable, with_years
from xunzhang.lib import clock, search
from xunzhang.organisation.keeping import directory_at
from xunzhang.organisation.models import (
    Account,
    Delegation,
    Department,
    HolidayYear,
    Person,
    Role,
    WorkCalendar,
)


def directory(at: datetime | None = None) -> Directory:
    """Return who is who at a moment, the present one by default; kept until something changes."""
    return directory_at(at or clock.now(), database=str(connection.settings_dict["NAME"]))


def person_of(account: Account) -> Person | None:
    """Return the person behind an account, unless the account has none or the person has left."""
    return Person.objects.filter(account=account, left_at__isnull=True).first()


def people_present(*, outside: bool | None = None) -> QuerySet[Person]:
    """Return everybody who has not left, with department; only outsiders or only staff when asked."""
    people = Person.objects.filter(left_at__isnull=True).select_related("department")
    return people if outside is None else people.filter(outside=outside)


def find_people(text: str, *, limit: int = 20) -> list[Person]:
    """Return those present whose name or number has the text: characters, pinyin or initials."""
    found: list[Person] = []
    for person in people_present():
        if len(found) == limit:
            break
        if search.matches(text, _tokens(person.name, person.code)):
            found.append(person)
    return found


def holders_of(role: str, *, at: datetime) -> QuerySet[Person]:
    """Return those present who hold the role at the moment."""
    return people_present().filter(
        Q(holdings__until__isnull=True) | Q(holdings__until__gt=at),
        holdings__role__name=role,
        holdings__since__lte=at,
    )


def delegate_of(person: int, at: datetime) -> Person | None:
    """Return who acts for the person at the moment, or None; the delegation given last counts."""
    given = (
        Delegation.objects.filter(from_person=person, starts_at__lte=at, ends_at__gt=at)
        .filter(to_person__left_at__isnull=True)
        .select_related("to_person")
        .order_by("-starts_at", "-pk")
    )
    first = given.first()
    return first.to_person if first else None


def acts_for(person: int, at: datetime) -> list[Person]:
    """Return those for whom the person acts at the moment."""
    received = Delegation.objects.filter(to_person=person, starts_at__lte=at, ends_at__gt=at)
    return [row.from_person for row in received.select_related("from_person")]


def departments() -> QuerySet[Department]:
    """Return every department, with its head and the one above."""
    return Department.objects.select_related("head", "parent")


def roles() -> QuerySet[Role]:
    """Return every role."""
    return Role.objects.all()


def rights_offered() -> dict[str, str]:
    """Return the product's own rights by name (`customers.see_all`), in the reader's words."""
    every = [model._meta for model in apps.get_models()]  # noqa: SLF001 (Django's name for it)
    return {
        f"{meta.app_label}.{codename}": str(words)
        for meta in every
        for codename, words in meta.permissions
    }


def calendar_named(name: str) -> WorkCalendar | None:
    """Return the company's own calendar of that name."""
    return WorkCalendar.objects.filter(name=name).first()


def company_holidays() -> WorkdayTable | None:
    """Return the arrangement of holidays with the years that the company entered; None where it entered none."""
    years = {row.year: row.days for row in HolidayYear.objects.all()}
    return with_years(years) if years else None


@lru_cache(maxsize=50_000)
def _tokens(name: str, code: str) -> frozenset[str]:
    return frozenset(search.index_tokens(name, code))
