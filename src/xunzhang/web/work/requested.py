"""Requests for approval as pages show them: who asks what, by which article, and where it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from xunzhang.cases.queries.approving import waiting_for
from xunzhang.law.text import say
from xunzhang.organisation.models import Person
from xunzhang.policy.choices import Decision, RequestState
from xunzhang.policy.models import ApprovalDecision, ApprovalRequest
from xunzhang.policy.queries.doing import by_themselves, event_of
from xunzhang.web.saying import Saying
from xunzhang.web.words import say_moment

TONES: Mapping[str, str] = {
    RequestState.OPEN: "blue",
    RequestState.APPROVED: "green",
    RequestState.REFUSED: "red",
    RequestState.RETURNED: "amber",
    RequestState.USED: "",
}
DECISION_TONES: Mapping[str, str] = {
    Decision.APPROVED: "green",
    Decision.REFUSED: "red",
    Decision.RETURNED: "amber",
    Decision.DELEGATED: "blue",
}
_FEW_FACTS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a list shows it."""

    id: int
    asker: str
    action: str
    about: str
    facts: list[tuple[str, str]]
    comment: str
    state: str
    tone: str
    open: bool
    at: datetime
    closed_at: datetime | None
    waits_for: tuple[str, ...]
    because: list[Mapping[str, str]]
    href: str

    @property
    def few(self) -> list[tuple[str, str]]:
        """Return the first facts, as many as a list has room for."""
        return self.facts[:_FEW_FACTS]


@dataclass(frozen=True, slots=True)
class Stage:
    """A step as the part `steps` shows it."""

    name: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said to a request, as the part `timeline` shows it."""

    at: datetime
    title: str
    tone: str
    facts: tuple[str, ...]
    quote: str
    because: None = None
    href: str = ""


def asked(row: ApprovalRequest, saying: Saying) -> Asked:
    """Return a request as a list shows it."""
    first = row.steps[0] if row.steps and row.status == RequestState.OPEN else ()
    return Asked(
        id=row.pk,
        asker=saying.person(row.asker),
        action=saying.action(row.action),
        about=saying.customer(row.customer) or row.case or "",
        facts=saying.facts(row.action, row.keys, but=("customer", "case")),
        comment=row.comment,
        state=str(RequestState(row.status).label),
        tone=TONES[row.status],
        open=row.status == RequestState.OPEN,
        at=row.created_at,
        closed_at=row.closed_at,
        waits_for=saying.people(first),
        because=_citations(row, saying),
        href=reverse("work:request", args=[row.pk]),
    )


def all_asked(rows: Iterable[ApprovalRequest], saying: Saying) -> list[Asked]:
    """Return requests as a list shows them."""
    found = list(rows)
    saying.know(row.customer for row in found)
    return [asked(row, saying) for row in found]


@dataclass(frozen=True, slots=True)
class Staged:
    """A case whose stage waits for one's word; `whom` is the one for whom it is given, "" for oneself."""

    title: str
    about: str
    stage: str
    whom: str
    since: datetime | None
    because: Mapping[str, str]
    href: str


def staged(person: Person, saying: Saying) -> list[Staged]:
    """Return the cases whose stage waits for the person's word."""
    return [
        Staged(
            one.case.title,
            str(one.case.customer or one.case.number),
            say(one.stage, saying.lang),
            saying.person(str(one.whom)) if one.whom != person.pk else "",
            one.case.stage_since,
            saying.because(one.because),
            reverse("cases:case", args=[one.case.number]),
        )
        for one in waiting_for(person, saying.at)
    ]


def stages(
    row: ApprovalRequest, decisions: Iterable[ApprovalDecision], saying: Saying
) -> list[Stage]:
    """Return the steps that were given, the present one, and those to come."""
    found = [
        Stage(
            saying.person(row.asker),
            "done",
            _("asked %(when)s") % {"when": say_moment(row.created_at)},
        )
    ]
    for one in decisions:
        if one.decision in (Decision.APPROVED, Decision.REFUSED):
            state = "done" if one.decision == Decision.APPROVED else "refused"
            found.append(Stage(saying.person(one.by), state, say_moment(one.at)))
    if row.status in (RequestState.OPEN, RequestState.RETURNED):
        for place, people in enumerate(row.steps):
            now = place == 0 and row.status == RequestState.OPEN
            note = _("decides now") if now else ""
            found.append(Stage(" / ".join(saying.people(people)), "now" if now else "", note))
    return found


def said(decisions: Iterable[ApprovalDecision], saying: Saying) -> list[Said]:
    """Return what was said, the newest first."""
    found = []
    for one in decisions:
        facts = (saying.person(one.by), *([f"→ {saying.person(one.to)}"] if one.to else []))
        title = str(Decision(one.decision).label)
        found.append(Said(one.at, title, DECISION_TONES[one.decision], facts, one.comment))
    return found[::-1]


def way_on(row: ApprovalRequest) -> str:
    """Return where an approved action is carried out, "" where only its asker knows."""
    if row.case:
        return reverse("cases:case", args=[row.case])
    event = event_of(row.action)
    keys = {
        name: value
        for name, value in row.keys.items()
        if isinstance(value, str | int) and value != ""
    }
    if event is not None:
        return f"{reverse('ledger:record')}?{urlencode({'type': event, **keys})}"
    if row.action in by_themselves(row.created_at.date()):
        return f"{reverse('ledger:perform', args=[row.action])}?{urlencode(keys)}"
    if row.customer and row.customer.isdecimal():
        return reverse("customers:customer", args=[row.customer])
    return ""


def _citations(row: ApprovalRequest, saying: Saying) -> list[Mapping[str, str]]:
    found = {
        (one["policy"], one["article"]): saying.because(one)
        for one in row.because or ()
        if one["article"]
    }
    return list(found.values())
