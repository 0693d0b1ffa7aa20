"""What is wrong with a file: where, what, and what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file; line and column count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong (or, as a warning, doubtful) in a file."""

    file: str
    line: int
    column: int
    code: str
    zh: str
    en: str
    warning: bool = False

    def say(self, lang: str = "zh") -> str:
        """The problem in one line: FILE:LINE:COLUMN: text [code]."""
        text = self.en if lang == "en" else self.zh
        return f"{self.file}:{self.line}:{self.column}: {text} [{self.code}]"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that a writer most likely meant, if any is near."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


class Problems:
    """Gathers everything wrong with one file; nothing stops at the first error."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Problem] = []

    def error(self, mark: Mark, code: str, zh: str, en: str) -> None:
        """Note an error at a place."""
        self.found.append(Problem(self.file, mark.line, mark.column, code, zh, en))

    def warn(self, mark: Mark, code: str, zh: str, en: str) -> None:
        """Note a doubt that does not fail the file."""
        self.found.append(Problem(self.file, mark.line, mark.column, code, zh, en, warning=True))

    def unknown(
        self, mark: Mark, code: str, what: tuple[str, str], word: str, known: Iterable[str]
    ) -> None:
        """Note an unknown name, with the nearest known one."""
        names = sorted(set(known))
        near = nearest(word, names)
        zh_hint, en_hint = "", ""
        if near:
            zh_hint, en_hint = f"；是不是“{near}”？", f"; did you mean “{near}”?"
        elif names and len(names) <= 24:
            listed = "、".join(names)
            zh_hint, en_hint = f"；可用：{listed}", f"; known: {', '.join(names)}"
        self.error(
            mark, code, f"未知的{what[0]}“{word}”{zh_hint}", f"unknown {what[1]} “{word}”{en_hint}"
        )

    @property
    def failed(self) -> bool:
        """Whether any error (not only warnings) was found."""
        return any(not problem.warning for problem in self.found)
