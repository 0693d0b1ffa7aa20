"""What was typed, as terms: each names index tokens that must be there and a text to confirm."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from xunzhang.customers.search.reading import plain, syllables, syllables_of

INITIAL = "1"
SYLLABLE = "2"
MARKS = {"text": "", "initials": INITIAL, "pinyin": SYLLABLE}
LONGEST_QUERY = 60
LONGEST_SYLLABLE = 6
PIECES = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to fulfil a term: all tokens stand in the index and `needle` in the column."""

    column: str
    needle: str
    tokens: tuple[str, ...]

    @property
    def exact(self) -> bool:
        """True when the one token says all that the needle does."""
        return len(self.tokens) == 1 and self.tokens[0] == MARKS[self.column] + self.needle.strip()


@dataclass(frozen=True, slots=True)
class Term:
    """One word that was typed; any of its ways will do."""

    ways: tuple[Way, ...]

    @property
    def exact(self) -> bool:
        """True when whoever has the tokens is found, without a look at the name."""
        return all(way.exact for way in self.ways)


@dataclass(frozen=True, slots=True)
class Words:
    """The three texts by which one name is found."""

    text: str
    initials: str
    pinyin: str
    tokens: str


def pairs(text: str) -> list[str]:
    """Return the neighbouring character pairs of a text, or the text if it is shorter."""
    return list(map(add, text, text[1:])) or [text]


def threes(text: str) -> list[str]:
    """Return every three neighbouring characters of a text, or the text if it is shorter."""
    return list(map(add, pairs(text), text[2:])) or [text]


def words_of(name: str) -> Words:
    """Return the texts and tokens that the index keeps for a name."""
    text = plain(name)
    spoken = syllables_of(text)
    initials = "".join([unit[0] for unit in spoken if unit])
    tokens = [*text, *pairs(text)]
    for mark, found in (
        (INITIAL, (*initials, *pairs(initials), *threes(initials))),
        (SYLLABLE, spoken),
    ):
        tokens += [mark + each for each in found]
    return Words(
        text=text[:200],
        initials=initials[:200],
        pinyin="".join([f" {unit}" for unit in spoken])[:1400],
        tokens=" ".join([token for token in dict.fromkeys(tokens) if token]),
    )


def terms_of(query: str) -> tuple[Term, ...]:
    """Return the terms of a query; nothing but signs and spaces gives none."""
    folded = unicodedata.normalize("NFKC", query[:LONGEST_QUERY]).casefold()
    toneless = "".join(map(without_tone, folded))
    return tuple(term_of(piece) for piece in dict.fromkeys(PIECES.findall(toneless)))


@lru_cache(maxsize=1024)
def without_tone(char: str) -> str:
    """Return a Latin letter without its marks (ü is typed v); other characters unchanged."""
    first, *marks = list(unicodedata.normalize("NFD", char))
    if not marks or not first.isascii():
        return char
    return "v" if first == "u" and "\u0308" in marks else first


def term_of(piece: str) -> Term:
    """Return the ways in which one piece may stand in a name."""
    literal = Way("text", piece, tuple(dict.fromkeys(pairs(piece))))
    if not piece.isascii() or not piece.isalpha():
        return Term((literal,))
    initials = Way(
        "initials", piece, tuple(INITIAL + three for three in dict.fromkeys(threes(piece)))
    )
    return Term((literal, initials, *map(spoken, splits(piece))))


def spoken(split: tuple[str, ...]) -> Way:
    """Return the way in which syllables stand side by side; the initials narrow down an unfinished last one."""
    whole = [SYLLABLE + unit for unit in dict.fromkeys(split) if unit in syllables()]
    letters = "".join(unit[0] for unit in split)
    beside = [INITIAL + each for each in dict.fromkeys(threes(letters))] if split[1:] else []
    return Way("pinyin", "".join(f" {unit}" for unit in split), (*whole, *beside))


def splits(piece: str, limit: int = 4) -> list[tuple[str, ...]]:
    """Return up to `limit` ways to read letters as syllables; the last may be unfinished."""
    found: list[tuple[str, ...]] = []
    open_ends: list[tuple[tuple[str, ...], str]] = [((), piece)]
    while open_ends and len(found) < limit:
        done, rest = open_ends.pop()
        if not rest:
            found.append(done)
            continue
        if done and any(unit.startswith(rest) for unit in syllables()) and rest not in syllables():
            found.append((*done, rest))
        sizes = range(1, min(len(rest), LONGEST_SYLLABLE) + 1)
        open_ends.extend(
            ((*done, rest[:size]), rest[size:]) for size in sizes if rest[:size] in syllables()
        )
    return found
