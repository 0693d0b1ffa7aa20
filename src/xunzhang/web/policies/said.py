"""Policies as pages say them: articles, the cards of their rules, settings, what a pack brings."""

import re
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import get_language

from xunzhang.law import shelf
from xunzhang.law.kinds import KIND_OF, AnyRule
from xunzhang.law.problems import Problem
from xunzhang.law.text import Article, Edition, Process, Setting, say
from xunzhang.law.words import Phrase, Speaker, say_rule_as, speaker_of
from xunzhang.law.words.digest import Line, digest
from xunzhang.law.words.times import say_within
from xunzhang.law.words.values import say_value
from xunzhang.law.words.whos import named
from xunzhang.web.words import listed as listed

DOCUMENT = "zh"
"""The language in which every document speaks."""


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
    by = speaker_of(edition, language())
    return [_card(rule, by) for rule in article.rules]


def _card(rule: AnyRule, by: Speaker) -> RuleCard:
    headline, *rows = say_rule_as(rule, by)
    return RuleCard(rule.id, rule.uid, KIND_OF[type(rule)], headline.text, tuple(rows))


# -- settings ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Decided:
    """A setting with its value in words; `shipped` is what the pack says, where that differs."""

    label: str
    reason: str
    value: str
    shipped: str
    empty: bool


def open_settings(edition: Edition) -> list[Setting]:
    """The settings that the document leaves to the company."""
    return [one for one in edition.settings.values() if not one.stated or one.value is None]


def decided(edition: Edition) -> list[Decided]:
    """What the company decided, beside what the shipped policy of that code says."""
    by, pack = speaker_of(edition, language()), shelf.pack(edition.policy)
    shipped = pack.settings if pack is not None else {}
    return [_decided(one, shipped.get(one.name), by) for one in open_settings(edition)]


def _decided(one: Setting, shipped: Setting | None, by: Speaker) -> Decided:
    differs = shipped is not None and shipped.value != one.value
    words = say_value(shipped.value, by) if shipped is not None and differs else ""
    return Decided(
        label_of(one), reason_of(one), say_value(one.value, by), words, one.value is None
    )


def label_of(one: Setting) -> str:
    """What a setting is called: by the document's words in the language of the page, else by its name."""
    return one.why.get(language()) or capfirst(one.name.replace("-", " ").replace("_", " "))


def matter_of(one: Setting) -> str:
    """What a setting is about, without what it was set to."""
    return re.split("[；;]", label_of(one))[0]


def reason_of(one: Setting) -> str:
    """The document's words about a setting, where it has none in the language of the page."""
    return "" if one.why.get(language()) else say(one.why)


# -- packs -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Drawn:
    """A process drawn: its stages as the steps of a case show them."""

    title: str
    stages: tuple["DrawnStage", ...]


@dataclass(frozen=True)
class DrawnStage:
    """One stage: who has it and for how long."""

    name: str
    note: str
    state: str = ""


@dataclass(frozen=True)
class Pack:
    """What a shipped policy brings."""

    code: str
    title: str
    articles: int
    rules: int
    forms: int
    processes: int
    open: int
    lines: tuple[Line, ...]


def pack_of(edition: Edition) -> Pack:
    """What a pack brings, in figures and in up to ten lines."""
    return Pack(
        edition.policy,
        say(edition.title, language()),
        len(edition.articles),
        len(edition.rules()),
        len(edition.forms),
        len(edition.processes),
        len(open_settings(edition)),
        tuple(digest(edition, language())),
    )


def processes(edition: Edition) -> list[Drawn]:
    """The processes of a policy, drawn."""
    by = speaker_of(edition, language())
    return [_drawn(one, by) for one in edition.processes.values()]


def _drawn(process: Process, everything: Speaker) -> Drawn:
    by = everything.about_keys(everything.vocabulary.case_keys())
    stages = []
    for stage in process.stages:
        who = named(stage.who, by) if stage.who is not None else ""
        time = say_within(stage.within, by) if stage.within is not None else ""
        note = by.pick("，", ", ").join(filter(None, [who, time]))
        stages.append(DrawnStage(say(stage.title, by.lang) or stage.code, note))
    return Drawn(say(process.title, by.lang), tuple(stages))


def words_of(one: Problem) -> str:
    """What is wrong and what would be right, in the language of the page."""
    return one.en if language() == "en" else one.zh


def problem(one: Problem) -> dict[str, object]:
    """Something wrong with a text, as a table shows it."""
    return {
        "line": one.line,
        "column": one.column,
        "words": words_of(one),
        "code": one.code,
        "warning": one.warning,
    }


def title(edition: Edition) -> str:
    """The title of a policy."""
    return say(edition.title, language())
