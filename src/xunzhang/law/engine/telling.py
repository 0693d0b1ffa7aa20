"""What an event tells, made fit to be looked up: no fact is refused, whatever it carries."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from xunzhang.law.facts import Value
from xunzhang.law.vocabulary import Key

ONE = frozenset({"by", "customer", "case"})
"""Keys that name one thing, by which the ledger is looked up."""
NAMING = frozenset({"staff", "staffs", "customer", "department"})


def fit(keys: Mapping[str, Value], declared: Mapping[str, Key]) -> dict[str, Value]:
    """The keys of an event; the names of people, customers, cases and departments are texts, or None."""
    found = dict(keys)
    for key, value in keys.items():
        if key in ONE:
            found[key] = _name(value)
        elif key in declared and declared[key].type in NAMING and not isinstance(value, str):
            several = isinstance(value, list | tuple)
            found[key] = (
                [name for one in value if (name := _name(one))] if several else _name(value)
            )
    return found


def _name(value: Value) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    return str(value) or None
