"""Policies as pages say them: articles, the cards of their rules, what a pack brings."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language

from xunzhang.law.kinds import KIND_OF
from xunzhang.law.loader import load_file, pack_codes, pack_file
from xunzhang.law.text import Article, Edition, Form, Process, Setting, say
from xunzhang.law.words import Phrase, say_rule


def language() -> str:
    """The language of the page, as the law names it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


@dataclass(frozen=True)
class RuleCard:
    """One rule as a card: its id, kind, headline and labelled rows."""

    id: str
    uid: str
    kind: str
    headline: str
    rows: tuple[Phrase, ...]


@dataclass(frozen=True)
class ArticleText:
    """One article in the language of the page."""

    label: str
    no: str
    title: str
    text: str
    note: str
    rules: int
    waits: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter and its articles; the title is empty where the policy has none."""

    title: str
    articles: tuple[ArticleText, ...]


def article_text(article: Article) -> ArticleText:
    """An article as the page shows it."""
    lang = language()
    return ArticleText(
        article.label,
        article.no,
        say(article.title, lang),
        say(article.text, lang),
        say(article.note, lang),
        len(article.rules),
        tuple(article.waits.items()),
    )


def chapters(edition: Edition) -> list[Chapter]:
    """The document, chapter by chapter."""
    found: list[tuple[str, list[ArticleText]]] = []
    for article in edition.articles:
        title = say(article.chapter, language())
        if not found or found[-1][0] != title:
            found.append((title, []))
        found[-1][1].append(article_text(article))
    return [Chapter(title, tuple(articles)) for title, articles in found]


def cards(edition: Edition, article: Article) -> list[RuleCard]:
    """The rules of an article as cards."""
    return [_card(edition, rule) for rule in article.rules]


def _card(edition: Edition, rule: object) -> RuleCard:
    headline, *rows = say_rule(rule, language(), edition)  # type: ignore[arg-type]
    return RuleCard(rule.id, rule.uid, KIND_OF[type(rule)], headline.text, tuple(rows))  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Pack:
    """A shipped policy on the shelf."""

    code: str
    title: str
    industry: str
    articles: int
    rules: int
    forms: tuple[Form, ...]
    processes: tuple[Process, ...]
    open_settings: tuple[Setting, ...]
    kinds: tuple[tuple[str, int], ...]


def shelf() -> Iterator[Pack]:
    """All shipped packs, in order of their codes."""
    for code in pack_codes():
        edition = pack_edition(code)
        if edition is not None:
            yield pack_of(edition)


def pack_of(edition: Edition) -> Pack:
    """What a pack brings."""
    rules = edition.rules()
    kinds = Counter(KIND_OF[type(rule)] for rule in rules)
    return Pack(
        edition.policy,
        say(edition.title, language()),
        edition.industry,
        len(edition.articles),
        len(rules),
        tuple(edition.forms.values()),
        tuple(edition.processes.values()),
        tuple(one for one in edition.settings.values() if not one.stated),
        tuple(kinds.most_common()),
    )


@lru_cache(maxsize=128)
def pack_edition(code: str) -> Edition | None:
    """The edition of a shipped pack; None where there is no pack of that code."""
    path = pack_file(code)
    if path is None:
        return None
    edition, _problems = load_file(path)
    return edition
