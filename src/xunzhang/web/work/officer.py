"""What the person who looks after the policies must still settle: roles, departments, settings, unknown years."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xunzhang.law.calendar import UnknownYear, company_time
from xunzhang.law.facts import Directory
from xunzhang.law.needs import missing_departments, vacant_roles
from xunzhang.law.text import Edition
from xunzhang.organisation.queries import directory
from xunzhang.web.policies import said
from xunzhang.web.policies.chosen import address
from xunzhang.web.saying import Saying

_AHEAD_FROM = 11
_FEW = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """Something to settle: which policy it is about, what is open, and where it is settled."""

    policy: str
    words: str
    names: str
    icon: str
    href: str


def gaps(saying: Saying, at: datetime) -> list[Gap]:
    """Return everything that the policies in force still need from the company."""
    day, people = company_time(at).date(), directory(at)
    found: list[Gap] = []
    editions = saying.law.book.at(day).editions
    for edition in editions:
        found += _of_edition(edition, saying, people)
    return [*found, *_unknown_years(editions, saying, day)]


def _of_edition(edition: Edition, saying: Saying, people: Directory) -> list[Gap]:
    title = saying.policy(edition.policy, edition.version)
    found = []
    vacant = vacant_roles(edition, people)
    if vacant:
        words = ngettext(
            "%(count)d role without a holder", "%(count)d roles without a holder", len(vacant)
        )
        found.append(
            Gap(
                title,
                words % {"count": len(vacant)},
                said.listed(vacant),
                "user-round-x",
                address("adopt-people", [edition.policy]),
            )
        )
    missing = missing_departments(edition, people)
    if missing:
        words = ngettext(
            "%(count)d department that the company has not",
            "%(count)d departments that the company has not",
            len(missing),
        )
        href = reverse("organisation:departments")
        found.append(
            Gap(title, words % {"count": len(missing)}, said.listed(missing), "building", href)
        )
    undecided = [one for one in edition.settings.values() if one.value is None]
    if undecided:
        words = ngettext(
            "%(count)d setting that nobody has decided",
            "%(count)d settings that nobody has decided",
            len(undecided),
        )
        names = said.listed(said.matter_of(one) for one in undecided[:_FEW])
        names += "…" if len(undecided) > _FEW else ""
        href = address("adopt-settings", [edition.policy])
        found.append(
            Gap(title, words % {"count": len(undecided)}, names, "sliders-horizontal", href)
        )
    return found


def _unknown_years(editions: Iterable[Edition], saying: Saying, day: date) -> Iterator[Gap]:
    """Each year whose holidays are not known, once, with the policies that count its days."""
    for year in _years(day):
        unknown = [one for one in editions if not _known(one, year)]
        if unknown:
            titles = said.listed(saying.policy(one.policy, one.version) for one in unknown)
            words = _("The holidays of %(year)d are not known") % {"year": year}
            named = _("Working days of that year cannot be counted.")
            yield Gap(titles, words, named, "calendar-x", reverse("organisation:calendars"))


def _years(day: date) -> list[int]:
    """This year, and the next once it is near."""
    return [day.year, *([day.year + 1] if day.month >= _AHEAD_FROM else [])]


def _known(edition: Edition, year: int) -> bool:
    try:
        edition.calendar.is_workday(date(year, 1, 4))
    except UnknownYear:
        return False
    return True
