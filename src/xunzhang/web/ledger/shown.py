"""Events, breaches and sanctions as pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from xunzhang.lib.money import say_money
from xunzhang.policy.choices import SanctionState
from xunzhang.policy.models import BreachRow, Event, SanctionRow
from xunzhang.web.saying import Saying
from xunzhang.web.words import listed

SANCTION_TONES: Mapping[str, str] = {
    SanctionState.PROPOSED: "amber",
    SanctionState.CONFIRMED: "red",
    SanctionState.LOWERED: "blue",
    SanctionState.WAIVED: "",
}
_DIGEST = 12


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as a list shows it."""

    seq: int
    type: str
    title: str
    at: datetime
    by: str
    customer: str
    customer_href: str
    case: str
    facts: list[tuple[str, str]]
    digest: str
    short: str
    href: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A breach as a list shows it."""

    id: int
    title: str
    code: str
    people: tuple[str, ...]
    customer: str
    case: str
    on: date
    again: bool
    because: Mapping[str, str]
    policy: str
    states: tuple[tuple[str, str], ...]
    href: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A sanction as a list shows it."""

    id: int
    what: str
    decided: str
    people: tuple[str, ...]
    deciders: tuple[str, ...]
    customer: str
    number: int
    doubled: bool
    state: str
    tone: str
    open: bool
    appealed: bool
    at: datetime
    because: Mapping[str, str]
    href: str


def happened(rows: Iterable[Event], saying: Saying) -> list[Happened]:
    """Return events as a list shows them."""
    found = list(rows)
    saying.know(row.customer for row in found)
    return [_happened(row, saying) for row in found]


def _happened(row: Event, saying: Saying) -> Happened:
    customer = row.customer or ""
    return Happened(
        row.seq,
        row.type,
        saying.happened(row.type, row.keys),
        row.at,
        saying.person(row.by),
        saying.customer(customer),
        reverse("customers:customer", args=[customer]) if customer.isdecimal() else "",
        row.case or "",
        saying.facts(row.type, row.keys, but=("customer", "case", *_elsewhere(row.type, saying))),
        row.digest,
        row.digest[:_DIGEST],
        reverse("ledger:event", args=[row.seq]),
    )


def _elsewhere(type_: str, saying: Saying) -> list[str]:
    """The keys whose values are too large for a line: files and tables."""
    keys = saying.keys_of(type_).values()
    return [key.name for key in keys if key.type in ("file", "table")]


def breach_title(row: BreachRow, saying: Saying) -> str:
    """Return what was not done: the article's title, else what its rule says."""
    edition = saying.edition(row.policy, row.version)
    article = edition.article(row.article) if edition is not None else None
    if article is None:
        return row.code
    words = (article.title or article.text).get(saying.lang) or next(
        iter((article.title or article.text).values()), ""
    )
    return words[:48]


def broken(rows: Iterable[BreachRow], saying: Saying) -> list[Broken]:
    """Return breaches as a list shows them."""
    found = list(rows)
    saying.know(row.customer for row in found)
    return [
        Broken(
            row.pk,
            breach_title(row, saying),
            row.code,
            saying.people(row.who),
            saying.customer(row.customer),
            row.case or "",
            row.on,
            row.again,
            saying.because(row),
            saying.policy(row.policy, row.version),
            tuple(
                (str(SanctionState(one.state).label), SANCTION_TONES[one.state])
                for one in row.sanctions.all()
            ),
            reverse("ledger:breach", args=[row.pk]),
        )
        for row in found
    ]


def proposed(rows: Iterable[SanctionRow], saying: Saying) -> list[Proposed]:
    """Return sanctions as a list shows them."""
    found = list(rows)
    saying.know(row.customer for row in found)
    return [
        Proposed(
            row.pk,
            say_proposal(row),
            say_decision(row),
            saying.people(row.who),
            saying.people(row.confirm),
            saying.customer(row.customer),
            row.number,
            row.doubled,
            str(SanctionState(row.state).label),
            SANCTION_TONES[row.state],
            row.state == SanctionState.PROPOSED,
            row.appealed_at is not None and row.answered_at is None,
            row.proposed_at,
            saying.because(row),
            reverse("ledger:sanction", args=[row.pk]),
        )
        for row in found
    ]


def say_proposal(row: SanctionRow) -> str:
    """Return what is proposed: an amount, a range, a measure, a deduction, or several to choose from."""
    if row.choose:
        return _("One of: %(measures)s") % {"measures": listed(row.choose)}
    if row.step is not None:
        return str(row.step)
    if row.deduct is not None:
        return _("Deduct %(share)s") % {"share": row.deduct.replace("..=", "–").replace("..", "–")}
    return say_fine(row.fine)


def say_fine(fine: Decimal | str | None) -> str:
    """Return a fine as proposed: ¥50.00, ¥100.00 – ¥1,000.00, or an amount that is left open."""
    bounds = bounds_of(fine)
    if isinstance(fine, Decimal):
        return _("Fine of %(amount)s") % {"amount": say_money(fine)}
    if bounds is None:
        return _("A fine whose amount the article leaves open")
    return _("Fine between %(low)s and %(high)s") % {
        "low": say_money(bounds[0]),
        "high": say_money(bounds[1]),
    }


def bounds_of(fine: Decimal | str | None) -> tuple[Decimal, Decimal] | None:
    """Return the range of a fine that is a range."""
    if not isinstance(fine, str) or ".." not in fine:
        return None
    low, _dots, high = fine.replace("..=", "..").partition("..")
    return Decimal(low), Decimal(high)


def say_decision(row: SanctionRow) -> str:
    """Return what was decided, "" while nothing is."""
    if row.state == SanctionState.PROPOSED:
        return ""
    if row.state == SanctionState.WAIVED:
        return _("nothing")
    if row.chosen:
        return row.chosen
    return say_money(row.amount) if row.amount is not None else say_proposal(row)
