"""Compares what two versions say of one thing, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xunzhang.law.text import Words
from xunzhang.law.words.phrase import HEADLINE, Phrase

_PLAIN = {
    HEADLINE: "text",
    "if": "condition",
    "when": "occasion",
    "who": "person",
    "do": "task",
    "due": "due time",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One label with what each version says under it."""

    label: tuple[str, str]
    before: Words
    after: Words


def rows(old: Mapping[str, list[Phrase]], new: Mapping[str, list[Phrase]]) -> Iterator[Row]:
    """The rows in which two cards differ; each card is given in `zh` and `en`.

    A headline repeats what the rows tell and counts only where nothing else differs.
    """
    sides = {lang: (_by_key(old[lang]), _by_key(new[lang])) for lang in ("zh", "en")}
    labels = {
        lang: {one.key: one.label for one in (*old[lang], *new[lang])} for lang in ("zh", "en")
    }
    found = []
    for key in dict.fromkeys((*sides["zh"][0], *sides["zh"][1])):
        before, after = (
            {lang: sides[lang][side].get(key, "") for lang in ("zh", "en")} for side in (0, 1)
        )
        if before["zh"] != after["zh"]:
            label = (
                labels["zh"][key] or "内容",
                _PLAIN.get(key) or labels["en"].get(key, "").lower(),
            )
            found.append((key, Row(label, before, after)))
    detailed = [row for key, row in found if key != HEADLINE]
    yield from detailed or [row for _, row in found]


def _by_key(card: list[Phrase]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for one in card:
        found.setdefault(one.key, []).append(one.text)
    return {key: "；".join(texts) for key, texts in found.items()}
