"""What the person who looks after the policies must still settle: open settings, empty roles, unknown years."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xunzhang.law.calendar import UnknownYear, company_time
from xunzhang.law.text import Edition
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
    day = company_time(at).date()
    found: list[Gap] = []
    for edition in saying.law.book.at(day).editions:
        found += _of_edition(edition, saying, day)
    return found


def _of_edition(edition: Edition, saying: Saying, day: date) -> list[Gap]:
    title = saying.policy(edition.policy, edition.version)
    reader = reverse("policies:edition", args=[edition.policy, edition.version])
    found = []
    held = {role for one in saying.staff.values() if not one.left for role in one.roles}
    vacant = [role for role in edition.roles if role not in held]
    if vacant:
        words = ngettext(
            "%(count)d role without a holder", "%(count)d roles without a holder", len(vacant)
        )
        found.append(
            Gap(
                title,
                words % {"count": len(vacant)},
                "、".join(vacant),
                "user-round-x",
                reverse("organisation:roles"),
            )
        )
    assumed = [one for one in edition.settings.values() if not one.stated]
    if assumed:
        words = ngettext(
            "%(count)d setting that the text leaves open",
            "%(count)d settings that the text leaves open",
            len(assumed),
        )
        names = "；".join(one.why.partition("；")[0] for one in assumed[:_FEW])
        names += "……" if len(assumed) > _FEW else ""
        found.append(
            Gap(title, words % {"count": len(assumed)}, names, "sliders-horizontal", reader)
        )
    for year in _years(day):
        if not _known(edition, year):
            words = _("The holidays of %(year)d are not known") % {"year": year}
            named = _("Working days of that year cannot be counted.")
            found.append(Gap(title, words, named, "calendar-x", reverse("organisation:calendars")))
    return found


def _years(day: date) -> list[int]:
    """This year, and the next once it is near."""
    return [day.year, *([day.year + 1] if day.month >= _AHEAD_FROM else [])]


def _known(edition: Edition, year: int) -> bool:
    try:
        edition.calendar.is_workday(date(year, 1, 4))
    except UnknownYear:
        return False
    return True
