"""What an engine's index must answer: which customers may match, as few rows as possible at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Q

from xunzhang.customers.search.terms import Term

FEW = 3_000


@dataclass(frozen=True, slots=True)
class Candidates:
    """Customers whose tokens match; `complete` says that there are no others, `newest` that all others are older."""

    ids: list[int]
    complete: bool
    newest: bool = False


class Index(Protocol):
    """What an engine must offer."""

    def candidates(self, terms: Sequence[Term], most: int = FEW) -> Candidates:
        """Return up to `most` candidates."""


def confirmed(terms: Sequence[Term], prefix: str = "search_entry__") -> Q:
    """Return the exact test behind the tokens: tokens need not be neighbours, letters must."""
    test = Q()
    for term in terms:
        any_way = Q()
        for way in term.ways:
            any_way |= Q(**{f"{prefix}{way.column}__contains": way.needle})
        test &= any_way
    return test
