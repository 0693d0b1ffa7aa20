"""Explains results of any kind by what their rows say: assignments, awards, notices and the like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xunzhang.cli.rehearse.lines import line
from xunzhang.cli.words import language
from xunzhang.law.book import Book
from xunzhang.law.explain import Explanation, Names
from xunzhang.law.explain.because import facts_of, place_of, voice
from xunzhang.law.outcome import Because
from xunzhang.law.words import say_rule_as

Row = Mapping[str, Any]
APART = frozenset({"duties", "breaches", "sanctions"})


def others(
    new: Mapping[str, Sequence[Row]], book: Book, names: Names
) -> Iterator[tuple[str, Explanation]]:
    """The kind and the explanation of every result that has no explanation of its own making."""
    for kind, rows in new.items():
        for row in rows if kind not in APART else ():
            yield kind, _explained(kind, row, book, names)


def _explained(kind: str, row: Row, book: Book, names: Names) -> Explanation:
    found: Row = row["because"]
    because = Because(
        found["policy"], found["version"], found["article"], found["rule"], found["facts"]
    )
    by = voice(because, book, language())
    rule = book.rule(f"{because.policy}@{because.version}/{because.rule}")
    sentence = say_rule_as(rule, by)[0].text if rule is not None else ""
    known = {str(id): names(str(id)) for id in row.values() if isinstance(id, str)}
    return Explanation(
        line(kind, row, {id: name for id, name in known.items() if name != id}),
        sentence,
        place_of(because, book, language()),
        tuple(facts_of(because, book, by, names)),
    )
