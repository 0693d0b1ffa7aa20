"""Which events people record by hand, which action recording one is, and which actions are done by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xunzhang.law.book import Book
from xunzhang.law.loader import product_vocabulary
from xunzhang.law.text import Form
from xunzhang.law.vocabulary import Key, Kind
from xunzhang.policy.book import current_law

# The ledger goes forward alone: an event stands at the moment when it was told, and beside it when it happened
OCCURRED_AT = Key("occurred_at", "datetime", {"zh": "实际发生时间", "en": "Happened at"})
# Who gave a step in the stead of somebody absent
DECIDED_BY = Key("decided_by", "staff", {"zh": "代为决定", "en": "Decided by"})
OF_THE_PRODUCT: Mapping[str, Key] = {one.name: one for one in (OCCURRED_AT, DECIDED_BY)}
# What the product itself tells the ledger when somebody does it
_OWN = (
    "account.", "action.", "approval.", "breach.", "calendar.", "case.", "contact.", "delegation.", "department.",
    "duty.", "edition.", "form.", "notice.", "policy.", "role.", "sanction.", "staff.",
)  # fmt: skip
# Actions that pages of the product do
_PAGES = (
    "case.", "contact.", "customer.", "edition.", "form.", "role.", "sanction.", "staff.leave",
)  # fmt: skip
_OF_CUSTOMERS = frozenset({
    "created", "changed", "filed", "assigned", "released", "claimed", "merged", "parted", "archived",
    "restored", "imported", "revealed", "exported", "graded",
})  # fmt: skip


def by_hand(type: str) -> bool:
    """Say whether people record events of the type; the others come about by what they do in the product."""
    domain, _dot, done = type.partition(".")
    told = type.startswith(_OWN) or (domain == "customer" and done in _OF_CUSTOMERS)
    return not told or type not in product_vocabulary().events


def action_of(type: str) -> str | None:
    """Return the action that recording an event of the type is: what policies say of it is asked first."""
    kind = current_law().vocabulary.events.get(type)
    return kind.action if kind is not None else None


def event_of(action: str) -> str | None:
    """Return the type of event whose recording by hand is the action; None where there is none."""
    kinds = current_law().vocabulary.events.values()
    return next((kind.type for kind in kinds if kind.action == action), None)


def by_themselves(day: date) -> Mapping[str, Kind]:
    """Return the actions that policies in force speak of, but for those of events and of the product's pages."""
    law = current_law()
    frame = law.book.at(day)
    spoken_of = {*frame.deciding, *frame.guides} - {
        kind.action for kind in law.vocabulary.events.values()
    }
    return {
        name: kind
        for name, kind in law.vocabulary.actions.items()
        if name in spoken_of
        and not (name.startswith(_PAGES) and name in product_vocabulary().actions)
    }


def recordable() -> Mapping[str, Kind]:
    """Return the event types that people record by hand, those of the policies included."""
    return {name: kind for name, kind in current_law().vocabulary.events.items() if by_hand(name)}


def asked_for(day: date) -> frozenset[str]:
    """Return the event types that a policy in force on the day hears of or wants done."""
    book = current_law().book
    frame = book.at(day)
    heard = set(frame.followers) | set(frame.starts) | set(frame.sets) | set(frame.grades)
    for edition in frame.editions:
        for rule in edition.rules():
            heard.update(getattr(rule, "do", ()))
    return frozenset(name for name in heard if by_hand(name))


def form_of(type: str, day: date, *, on_case: bool) -> Form | None:
    """Return the form in force whose filing is the event; None where the event is recorded as it is.

    A form about a case can be filed on a case alone.
    """
    book: Book = current_law().book
    frame = book.at(day)
    return next(
        (
            one
            for one in book.forms_of_event.get(type, ())
            if frame.forms.get(one.code) is one and (on_case or one.about != "case")
        ),
        None,
    )
