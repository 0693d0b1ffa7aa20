"""The document as a page that needs nothing else."""

from __future__ import annotations

from xunzhang.law.published.document import document
from xunzhang.law.published.html import Html, el, joined
from xunzhang.law.text import Edition, say


def page(edition: Edition, lang: str = "zh", *, style: str) -> str:
    """A whole HTML page with its style sheet inside."""
    tongue = "en" if lang.startswith("en") else "zh-Hans"
    head = joined(
        [
            Html('<meta charset="utf-8">'),
            Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            el("title", say(edition.title, lang)),
            el("style", Html(style)),
        ]
    )
    body = el("body", el("main", document(edition, lang)))
    return f'<!doctype html>\n<html lang="{tongue}"><head>{head}</head>{body}</html>\n'
