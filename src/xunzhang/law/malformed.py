"""A word of the language that cannot be read."""

from __future__ import annotations

from typing_extensions import override


class Malformed(ValueError):
    """What is wrong with a text and what would be right, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en

    @override
    def __reduce__(self) -> tuple[type[Malformed], tuple[str, str]]:
        """It may cross to another process."""
        return type(self), (self.zh, self.en)

    def say(self, lang: str = "zh") -> str:
        """The message in one language."""
        return self.en if lang == "en" else self.zh
