"""A `because` in words: the place of a rule, and the values that decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xunzhang.law.book import Book
from xunzhang.law.conditions import Test
from xunzhang.law.explain.names import Names, shown
from xunzhang.law.facts import Value
from xunzhang.law.outcome import Because
from xunzhang.law.parts import parts_of
from xunzhang.law.paths import Path
from xunzhang.law.text import Article, Edition, say
from xunzhang.law.words.conditions import say_path
from xunzhang.law.words.speaker import Speaker, speaker, speaker_of

_KNOWN: Mapping[str, tuple[str, str]] = {
    "due": ("期限", "due"),
    "total": ("合计", "total"),
    "limit": ("上限", "limit"),
    "missing": ("缺少", "missing"),
    "failed": ("未满足", "failed"),
    "lacking": ("缺少", "missing"),
    "method": ("方式", "method"),
    "period": ("周期", "period"),
    "code": ("违规", "breach"),
    "number": ("第几次", "occurrence"),
    "count": ("数量", "count"),
    "by": ("申请人", "asker"),
    "case": ("个案", "case"),
    "form": ("表单", "form"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One value that decided."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule stands: the policy with its version, the article with its words."""

    policy: str
    version: str
    title: str
    article: str
    heading: str
    text: str
    rule: str


def edition_of(because: Because, book: Book) -> Edition | None:
    """The edition that decided."""
    return next(
        (
            one
            for one in book.editions
            if (one.policy, one.version) == (because.policy, because.version)
        ),
        None,
    )


def voice(because: Because, book: Book, lang: str) -> Speaker:
    """A speaker who knows the edition that decided."""
    edition = edition_of(because, book)
    return speaker_of(edition, lang) if edition is not None else speaker(book.vocabulary, lang)


def place_of(because: Because, book: Book, lang: str) -> Place:
    """Where the rule stands; the article without its item is looked up for its words."""
    edition = edition_of(because, book)
    article = _article(edition, because.article) if edition is not None else None
    return Place(
        because.policy,
        because.version,
        say(edition.title, lang) if edition is not None else because.policy,
        because.article,
        say(article.title, lang) if article is not None else "",
        say(article.text, lang) if article is not None else "",
        because.rule,
    )


def _article(edition: Edition, label: str) -> Article | None:
    found = edition.article(label)
    if found is not None:
        return found
    holding = [one for one in edition.articles if label.startswith(one.label)]
    return max(holding, key=lambda one: len(one.label), default=None)


def facts_of(because: Because, book: Book, by: Speaker, names: Names) -> list[Fact]:
    """The values that decided, labelled as people know them."""
    rule = book.rule(f"{because.policy}@{because.version}/{because.rule}")
    paths = {path.text: path for path in parts_of(rule, Path)} if rule is not None else {}
    paths |= {test.path.text: test.path for test in parts_of(rule, Test)}
    return [_fact(key, value, paths, by, names) for key, value in because.facts.items()]


def _fact(key: str, value: Value, paths: Mapping[str, Path], by: Speaker, names: Names) -> Fact:
    inner = key.removeprefix("key(").removesuffix(")") if key.startswith("key(") else key
    if key == "code":
        return Fact(key, by.pick(*_KNOWN[key]), by.code(str(value)))
    path = paths.get(inner)
    if path is not None:
        return Fact(key, say_path(path, by), shown(value, path.key, by, names))
    if key.startswith("happened("):
        event = by.event(key.removeprefix("happened(").removesuffix(")"))
        return Fact(
            key,
            by.pick(f"此前{event}次数", f"times of {event} before"),
            shown(value, None, by, names),
        )
    label = by.pick(*_KNOWN[key]) if key in _KNOWN else by.key(key)
    return Fact(key, label, shown(value, None, by, names))
