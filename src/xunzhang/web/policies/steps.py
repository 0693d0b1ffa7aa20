"""The steps of an adoption, as every page of it shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from xunzhang.web.policies.chosen import Chosen

ORDER = ("settings", "people", "review")


@dataclass(frozen=True)
class Step:
    """One step: done, now, or still to come."""

    name: str
    state: str
    note: str = ""


def steps_at(now: str, found: Iterable[Chosen]) -> list[Step]:
    """The steps, the present one marked."""
    names = {
        "settings": _("Open decisions"),
        "people": _("Roles and people"),
        "review": _("What changes, and confirm"),
    }
    place, waiting = ORDER.index(now), any(one.problems for one in found)
    return [
        Step(
            names[step],
            "refused"
            if waiting and index == place
            else "done"
            if index < place
            else "now"
            if index == place
            else "",
        )
        for index, step in enumerate(ORDER)
    ]
