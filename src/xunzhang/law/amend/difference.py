"""One thing that a new version of a policy changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from xunzhang.law.facts import NOTHING
from xunzhang.law.text import Words

Part = Literal["policy", "role", "article", "rule", "setting", "term", "form", "process", "event"]
Change = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed, as a sentence in both languages; `before` and `after` are the words of each side.

    `article` is the label of the article at hand (None for the policy as a whole), `name` the
    id of the rule, the name of the setting, the code of the form or process.
    """

    part: Part
    change: Change
    name: str
    zh: str
    en: str
    article: str | None = None
    before: Words = field(default_factory=lambda: NOTHING)
    after: Words = field(default_factory=lambda: NOTHING)

    def say(self, lang: str = "zh") -> str:
        """The sentence in one language."""
        return self.en if lang == "en" else self.zh


def changed(
    part: Part,
    name: str,
    place: tuple[str, str],
    what: tuple[str, str],
    before: Words,
    after: Words,
    article: str | None = None,
) -> Difference:
    """`place：what 由 before 改为 after`, or what was added or taken away where one side is empty."""
    zh = f"{place[0]}：{_zh(what[0], before.get('zh', ''), after.get('zh', ''))}"
    en = f"{place[1]}: {_en(what[1], before.get('en', ''), after.get('en', ''))}"
    return Difference(part, "changed", name, zh, en[0].upper() + en[1:], article, before, after)


def _zh(what: str, before: str, after: str) -> str:
    if not before:
        return f"增加{what}{_quoted(after, '「」')}"
    if not after:
        return f"取消{what}{_quoted(before, '「」')}"
    return f"{what}由{_quoted(before, '「」')}改为{_quoted(after, '「」')}"


def _en(what: str, before: str, after: str) -> str:
    if not before:
        return f"{what} added: {_quoted(after, '‘’')}"
    if not after:
        return f"{what} removed: {_quoted(before, '‘’')}"
    return f"{what} changed from {_quoted(before, '‘’')} to {_quoted(after, '‘’')}"


def _quoted(text: str, others: str) -> str:
    """A text in quotation marks, in other ones where it holds some itself."""
    marks = others if "“" in text else "“”"
    return f"{marks[0]}{text}{marks[1]}"
