"""One row of a rule's card."""

from __future__ import annotations

from dataclasses import dataclass

HEADLINE = "headline"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A labelled row. `key` names the row whatever the language; the headline has no label."""

    key: str
    label: str
    text: str
