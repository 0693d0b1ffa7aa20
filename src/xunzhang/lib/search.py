"""Finding a Chinese name by a piece of it: characters, pinyin (北京 → beijing) or initials (bj).

Names and questions are cut into the same short tokens; a name is found when it has every token of the question.
Tokens are lower-case ASCII or Chinese characters without spaces, fit for FTS5 and for a PostgreSQL text array.
Short tokens let a rare stranger through: `matches` is for lists that are short enough to be read whole.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

from pypinyin import Style, pinyin

from xunzhang.lib.text import tidy

_RUN = re.compile(r"[a-z0-9]+|[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")
_LATIN_GRAM = 3
_CHINESE_GRAM = 2
_NEIGHBOURS = 3
_MOST_SOUNDS = 6


def index_tokens(name: str, *others: str) -> list[str]:
    """Return every token by which the name, or one of its other spellings, can be found; sorted, each once."""
    tokens: set[str] = set()
    for spelling in (name, *others):
        for run in _runs(spelling):
            tokens.update(_indexed(run))
    return sorted(tokens)


def query_tokens(text: str) -> list[str]:
    """Return the tokens that a name must have to be found by this text; empty when the text says nothing."""
    tokens: set[str] = set()
    for run in _runs(text):
        size = min(len(run), _LATIN_GRAM if run.isascii() else _CHINESE_GRAM)
        tokens.update(_grams(run, size))
    return sorted(tokens)


def matches(text: str, tokens: frozenset[str]) -> bool:
    """Say whether a name with these index tokens is found by the text."""
    wanted = query_tokens(text)
    return bool(wanted) and tokens.issuperset(wanted)


def _runs(text: str) -> list[str]:
    return _RUN.findall(tidy(text).lower())


def _indexed(run: str) -> Iterator[str]:
    if run.isascii():
        yield from _all_grams(run, _LATIN_GRAM)
        return
    yield from _all_grams(run, _CHINESE_GRAM)
    for syllables in _readings(run):
        yield from _all_grams("".join(syllables), _LATIN_GRAM)
        yield from _all_grams("".join(syllable[0] for syllable in syllables), _LATIN_GRAM)


def _readings(run: str) -> Iterator[tuple[str, ...]]:
    """Yield the syllables of every three neighbouring characters, in each way in which they may sound.

    No token reaches over more than three characters, so neighbours are enough and many sounds cost little.
    """
    usual = pinyin(run, style=Style.NORMAL, errors="ignore")
    if len(usual) != len(run):
        usual = [[] for _character in run]
    each = (
        dict.fromkeys([*together, *_sounds(character)])
        for together, character in zip(usual, run, strict=True)
    )
    sounds = [known for known in each if known]
    for start in range(max(1, len(sounds) - _NEIGHBOURS + 1)):
        yield from product(*sounds[start : start + _NEIGHBOURS])


@cache
def _sounds(character: str) -> tuple[str, ...]:
    """Return how a character sounds alone, in each way; nothing when that is not known."""
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(found[0])[:_MOST_SOUNDS] if found else ()


def _all_grams(run: str, longest: int) -> Iterator[str]:
    for size in range(1, longest + 1):
        yield from _grams(run, size)


def _grams(run: str, size: int) -> Iterator[str]:
    return (run[start : start + size] for start in range(len(run) - size + 1))
