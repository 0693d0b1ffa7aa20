"""Sentences of the command line in Chinese and English, and the language that is spoken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

from typing_extensions import override

Language = Literal["zh", "en"]
VARIABLES = ("XUNZHANG_LANG", "LC_ALL", "LC_MESSAGES", "LANG")

_spoken: ContextVar[Language] = ContextVar("spoken", default="en")


def language() -> Language:
    """The language that is spoken now."""
    return _spoken.get()


def speak(language: Language) -> None:
    """From now on, speak this language."""
    _spoken.set(language)


def language_named(name: str) -> Language | None:
    """The language of a name or locale (zh, zh-CN, en_GB.UTF-8); None where it is another one."""
    short = name.strip().lower().replace("_", "-").partition(".")[0].partition("-")[0]
    return "zh" if short == "zh" else "en" if short == "en" else None


def language_of(environment: Mapping[str, str]) -> Language:
    """The language that an environment asks for; English where it asks for none that is known."""
    for variable in VARIABLES:
        if environment.get(variable):
            return language_named(environment[variable]) or "en"
    return "en"


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in both languages; `{names}` in it are filled in by a call."""

    zh: str
    en: str

    @override
    def __str__(self) -> str:
        return self.zh if language() == "zh" else self.en

    def __call__(self, **values: object) -> str:
        """The sentence in the language that is spoken, with its values."""
        return str(self).format(**values)


def in_language(words: Mapping[str, str]) -> str:
    """Words of a policy in the language that is spoken, else in the one that there is."""
    return words.get(language()) or next(iter(words.values()), "")


def listed(items: Sequence[object]) -> str:
    """Several things in one line, as the language lists them."""
    return ("、" if language() == "zh" else ", ").join(map(str, items))


def counted(number: int, one: Words, many: Words) -> str:
    """A number with its word; `many` holds `{n}`, `one` is used for 1."""
    return one(n=number) if number == 1 else many(n=number)
