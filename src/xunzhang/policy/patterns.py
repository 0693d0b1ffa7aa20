"""By which keys the rules of a book look back at events, beyond the ledger's own columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from xunzhang.law.book import Book
from xunzhang.law.conditions import Happened
from xunzhang.law.engine.forms import SUBJECT
from xunzhang.law.rules.quota import QuotaRule
from xunzhang.law.text import Edition, Form

Names = tuple[str, ...]
COLUMNS = frozenset({"customer", "case", "by"})
APPROVALS = ("approval.given", "approval.refused", "action.done")


def patterns_of(book: Book) -> Mapping[str, frozenset[Names]]:
    """For each event type the patterns of keys by which its events must be found."""
    found: dict[str, set[Names]] = defaultdict(set)
    for type_ in APPROVALS:
        found[type_].add(("action", "asker"))
    for edition in book.editions:
        for type_, names in _asked(edition):
            if names and not COLUMNS.intersection(names):
                found[type_].add(names)
    return {type_: frozenset(patterns) for type_, patterns in found.items()}


def _asked(edition: Edition) -> Iterator[tuple[str, Names]]:
    for form in edition.forms.values():
        yield from _of_form(form)
    for one in _inside((edition.rules(), edition.processes, edition.terms), set()):
        if isinstance(one, Happened):
            yield one.event, one.match
            if one.unless is not None:
                yield one.unless, one.match
        elif isinstance(one, QuotaRule):
            for type_ in one.do:
                yield type_, tuple(one.match)


def _of_form(form: Form) -> Iterator[tuple[str, Names]]:
    key = SUBJECT[form.about]
    yield form.event, ("form",)
    yield form.event, ("form", key)
    yield "form.signed", ("form", key)


def _inside(thing: Any, seen: set[int]) -> Iterator[Any]:
    """The thing and every value within it, each once."""
    if id(thing) in seen or isinstance(thing, str | int | None):
        return
    seen.add(id(thing))
    yield thing
    if isinstance(thing, Mapping):
        inner: Any = thing.values()
    elif isinstance(thing, list | tuple | set | frozenset):
        inner = thing
    elif is_dataclass(thing):
        inner = [getattr(thing, field.name) for field in fields(thing)]
    else:
        return
    for one in inner:
        yield from _inside(one, seen)
