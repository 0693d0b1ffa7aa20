"""Which events people record by hand, and which action recording one of them is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xunzhang.law.book import Book
from xunzhang.law.text import Form
from xunzhang.law.vocabulary import Key, Kind
from xunzhang.policy.book import current_law

# Recording the event is doing the action: what a policy says of the action is asked first
ACTION_OF: Mapping[str, str] = {
    "visit.planned": "visit.plan",
    "customer.visited": "visit.record",
    "complaint.closed": "complaint.close",
    "contract.signed": "contract.sign",
    "credit.granted": "credit.grant",
    "expense.claimed": "expense.claim",
    "expense.reimbursed": "expense.reimburse",
    "file.created": "file.create",
    "file.read": "file.read",
    "file.borrowed": "file.borrow",
    "file.copied": "file.copy",
    "file.archived": "file.archive",
    "file.destroyed": "file.destroy",
    "gift.given": "gift.give",
    "order.placed": "order.place",
    "project.opened": "project.open",
    "quote.sent": "quote.send",
    "reception.opened": "reception.open",
    "repair.started": "repair.start",
}
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
_OF_CUSTOMERS = frozenset({
    "created", "changed", "filed", "assigned", "released", "claimed", "merged", "parted", "archived",
    "restored", "imported", "revealed", "exported", "graded",
})  # fmt: skip


def by_hand(type: str) -> bool:
    """Say whether people record events of the type; the others come about by what they do in the product."""
    domain, _dot, done = type.partition(".")
    return not type.startswith(_OWN) and not (domain == "customer" and done in _OF_CUSTOMERS)


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
