"""The shelf of shipped policies: their heads at once, and each one read when it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from xunzhang.law.loader import declared_in, load, pack_codes, pack_file, surroundings
from xunzhang.law.problems import Problem, Problems
from xunzhang.law.read.head import Head as HeadReader
from xunzhang.law.source import Mapping, Node, parse
from xunzhang.law.text import Edition, Words
from xunzhang.law.vocabulary import Vocabulary

_HEAD = re.compile(
    r"^(?:policy|title|issuer|approver|version|effective|until|industry)\s*:.*\n?(?:[ \t]+\S.*\n?)*",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on the cover of a policy; `text` is the whole file, for looking words up."""

    code: str
    title: Words
    industry: str
    issuer: str
    version: str
    text: str

    def has(self, words: str) -> bool:
        """Whether every word stands somewhere in the policy, whatever its case."""
        text = self.text.casefold()
        return all(word in text for word in words.casefold().split())

    def names(self, words: str) -> bool:
        """Whether every word stands on the cover."""
        cover = " ".join([self.code, *self.title.values(), self.industry, self.issuer]).casefold()
        return all(word in cover for word in words.casefold().split())


def heads(words: str = "") -> list[Head]:
    """The covers of the shipped policies in which the words stand, those with them on the cover first."""
    found = [_head(code, path, _stamp(path)) for code, path in _files()]
    kept = [one for one in found if one.has(words)]
    return sorted(kept, key=lambda one: (not one.names(words), one.industry, one.code))


@lru_cache(maxsize=512)
def _head(code: str, path: Path, _stamp: tuple[int, int]) -> Head:
    """A cover, read without the rest of the file, which takes a hundred times as long."""
    text = path.read_text(encoding="utf-8", errors="replace")
    problems = Problems(str(path))
    root = parse("".join(_HEAD.findall(text)), problems)
    if not isinstance(root, Mapping):
        return Head(code, {"zh": code}, "", "", "", text)
    head = HeadReader(
        Mapping(_without(root, "approver"), root.mark, root.flow, root.keys), problems
    )
    title = head.title or {"zh": code}
    return Head(code, title, head.text("industry"), head.text("issuer"), head.version, text)


def _without(root: Mapping, key: str) -> dict[str, Node]:
    return {name: node for name, node in root.entries.items() if name != key}


def _files() -> Iterable[tuple[str, Path]]:
    for code in pack_codes():
        path = pack_file(code)
        if path is not None:
            yield code, path


def _stamp(path: Path) -> tuple[int, int]:
    told = path.stat()
    return told.st_mtime_ns, told.st_size


def pack(code: str) -> Edition | None:
    """The edition of a shipped policy; None where there is none of that code, or it has errors."""
    return pack_read(code)[0]


def pack_read(code: str) -> tuple[Edition | None, list[Problem]]:
    """As `pack`, with everything wrong or doubtful about it."""
    path = pack_file(code) if code in pack_codes() else None
    return _read(path, _stamp(path)) if path is not None else (None, [])


@lru_cache(maxsize=128)
def _read(path: Path, _stamp: tuple[int, int]) -> tuple[Edition | None, list[Problem]]:
    """Read a policy by itself; where that fails, among what all other shipped policies declare."""
    text = path.read_text(encoding="utf-8")
    edition, problems = load(text, str(path))
    if edition is None:
        edition, problems = load(text, str(path), surroundings(_others(path)))
    return edition, problems


def _others(path: Path) -> Vocabulary:
    found = Vocabulary()
    for _code, other in _files():
        if other != path:
            found = found.joined(declared_in(parse(other.read_bytes(), Problems(str(other)))))
    return found
