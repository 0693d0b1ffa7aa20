"""How an edition stands today: in force, to come, or over."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from xunzhang.law.text import say
from xunzhang.policy.choices import EditionState
from xunzhang.policy.models import Edition
from xunzhang.policy.queries.editions import editions
from xunzhang.web.policies.said import language


@dataclass(frozen=True)
class Standing:
    """An edition as a list shows it."""

    pk: int
    policy: str
    version: str
    name: str
    effective: date
    until: date | None
    words: str
    tone: str
    withdrawn: bool


def stand(row: Edition, today: date) -> Standing:
    """How an edition stands on a day."""
    words, tone = _("in force"), "green"
    if row.status == EditionState.WITHDRAWN:
        words, tone = _("withdrawn"), ""
    elif row.effective > today:
        words, tone = _("to come"), "blue"
    elif row.until is not None and row.until <= today:
        words, tone = _("over"), ""
    return Standing(
        row.pk,
        row.policy,
        row.version,
        say(row.title, language()),
        row.effective,
        row.until,
        words,
        tone,
        row.status == EditionState.WITHDRAWN,
    )


def standings(today: date) -> list[Standing]:
    """All adopted and withdrawn editions."""
    return [stand(row, today) for row in editions()]


def standing_of(policy: str, version: str, today: date) -> Standing | None:
    """How one edition stands; None where there is none of that name."""
    return next(
        (one for one in standings(today) if (one.policy, one.version) == (policy, version)), None
    )


def adopted_codes() -> set[str]:
    """The codes of policies that have been adopted and not withdrawn."""
    return {row.policy for row in editions() if row.status == EditionState.ADOPTED}
