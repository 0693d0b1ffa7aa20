"""Small pieces of HTML; every text in them is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()

    def __html__(self) -> Html:
        """Itself, for templates that escape everything else."""
        return self


def el(tag: str, *inside: str | None, cls: str = "", **attributes: str) -> Html:
    """An element; a plain text inside is escaped, None is left out."""
    if cls:
        attributes["class"] = cls
    said = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return Html(f"<{tag}{said}>{joined(inside)}</{tag}>")


def joined(parts: Iterable[str | None]) -> Html:
    """Several pieces, one after another."""
    return Html("".join(text(part) for part in parts if part is not None))


def text(part: str) -> str:
    """A piece as it stands in the page."""
    return part if isinstance(part, Html) else escape(part)


def paragraphs(words: str) -> list[Html]:
    """The lines of a text, each in a paragraph."""
    return [el("p", line.strip()) for line in words.splitlines() if line.strip()]


def listing(items: Iterable[str], cls: str = "", tag: str = "ul") -> Html | None:
    """A list; None where it would be empty."""
    inside = [el("li", item) for item in items]
    return el(tag, *inside, cls=cls) if inside else None
