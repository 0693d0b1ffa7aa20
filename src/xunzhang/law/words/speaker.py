"""Who speaks: the language, and what the things that a rule names are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from xunzhang.law.calendar import company_time
from xunzhang.law.facts import NOTHING, Value
from xunzhang.law.rules.breach import BreachRule
from xunzhang.law.text import Edition, say
from xunzhang.law.vocabulary import EVERYWHERE, Key, Kind, Vocabulary, Words

_NUMBERED = re.compile(r"[0-9一二三四五六七八九十百、.() （）-]+\Z")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says things in one language (`zh` or `en`).

    `own` are the keys of the thing at hand, `labels` the label of every key anywhere,
    `articles` the articles that raise a breach code, `rules` the article of a rule id,
    `titles` those of forms, processes and stages by code. Where `asking`, `by` is an asker;
    where `earlier`, `key(x)` is the present thing's.
    """

    lang: str
    vocabulary: Vocabulary
    own: Mapping[str, Key] = field(default_factory=lambda: NOTHING)
    labels: Mapping[str, Words] = field(default_factory=lambda: NOTHING)
    articles: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)
    rules: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    titles: Mapping[str, Words] = field(default_factory=lambda: NOTHING)
    asking: bool = False
    earlier: bool = False

    @property
    def english(self) -> bool:
        """Whether it speaks English."""
        return self.lang == "en"

    def pick(self, zh: str, en: str) -> str:
        """The text of its language."""
        return en if self.english else zh

    def listed(self, parts: Iterable[str], *, either: bool = False) -> str:
        """`A、B` or `A and B`; with `either`, `A 或 B` or `A or B`."""
        found = list(dict.fromkeys(parts))
        if len(found) < 2:
            return "".join(found)
        first, last = self.pick("、", ", ").join(found[:-1]), found[-1]
        if self.english:
            return f"{first} {'or' if either else 'and'} {last}"
        return spaced(first, "或" if either else "、", last)

    def quoted(self, text: str) -> str:
        """A name in quotation marks."""
        return f"“{text}”"

    # -- names ---------------------------------------------------------------------------------------

    def event(self, type_: str) -> str:
        """The name of an event type, in quotation marks."""
        return self.quoted(self._kind(self.vocabulary.events, type_))

    def events(self, types: Iterable[str], *, either: bool = True) -> str:
        """The names of event types."""
        return self.listed(map(self.event, types), either=either)

    def action(self, type_: str) -> str:
        """The name of an action type, in quotation marks."""
        return self.quoted(self._kind(self.vocabulary.actions, type_))

    def _kind(self, kinds: Mapping[str, Kind], type_: str) -> str:
        kind = kinds.get(type_)
        name = say(kind.name, self.lang) if kind is not None else ""
        return name or type_.replace(".", " ").replace("_", " ")

    def key(self, name: str) -> str:
        """The label of a key of the thing at hand."""
        known = self.own.get(name) or EVERYWHERE.get(name)
        return self.label(name, known.label if known is not None else NOTHING)

    def label(self, name: str, words: Words) -> str:
        """A label as it stands inside a sentence; where it has none, the one it has elsewhere."""
        found = say(words or self.labels.get(name, NOTHING), self.lang)
        return self.inside(found) if found else name.replace("_", " ")

    def inside(self, text: str) -> str:
        """A title as it stands inside an English sentence: without its capital, unless a word of capitals."""
        if not self.english or not text or text[1:2].isupper():
            return text
        return text[0].lower() + text[1:]

    def title(self, code: str) -> str:
        """The title of a form, process or stage, in quotation marks."""
        return self.quoted(say(self.titles.get(code, NOTHING), self.lang) or code)

    def article(self, label: str) -> str:
        """`第3.1条` or `article 3.1`; a label in words stands in quotation marks."""
        if self.english:
            return f"article {label}"
        return f"第{label}条" if _NUMBERED.match(label) else self.quoted(label)

    def code(self, code: str) -> str:
        """A breach code, by the articles that it breaks."""
        labels = self.articles.get(code)
        if not labels:
            return self.quoted(code)
        if self.english:
            return f"a breach of article{'s' if len(labels) > 1 else ''} {self.listed(labels)}"
        return f"违反{self.listed(map(self.article, labels))}"

    def rule(self, name: str) -> str:
        """A rule, by the article in which it stands."""
        return self.article(self.rules[name]) if name in self.rules else self.quoted(name)

    # -- values --------------------------------------------------------------------------------------

    def value(self, value: Value, key: Key | None = None) -> str:
        """A value as people write it; `key` tells its type."""
        if isinstance(value, list | tuple):
            return self.listed((self.value(one, key) for one in value), either=True)
        if value is None:
            return self.pick("（空）", "(empty)")
        if isinstance(value, bool):
            return self.pick("是", "yes") if value else self.pick("否", "no")
        if isinstance(value, datetime):
            return company_time(value).strftime("%Y-%m-%d %H:%M")
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Decimal | int):
            return self.number(value, money=key is not None and key.type == "money")
        return self._named(str(value), key)

    def number(self, value: Decimal | int, *, money: bool = False) -> str:
        """A number without idle zeros, an amount of money in yuan."""
        text = f"{Decimal(value).normalize():f}"
        return self.pick(f"{text} 元", f"CNY {text}") if money else text

    def _named(self, text: str, key: Key | None) -> str:
        name = key.name if key is not None else ""
        if name == "code" and text in self.articles:
            return self.code(text)
        if name in ("form", "process", "stage", "to", "policy") and text in self.titles:
            return self.title(text)
        if name == "action" and text in self.vocabulary.actions:
            return self.action(text)
        return text

    # -- other places --------------------------------------------------------------------------------

    def about(self, types: Iterable[str], *, asking: bool = False) -> Speaker:
        """The same speaker where the thing at hand is an event, or an action, of these types."""
        return replace(self, own=self.vocabulary.event_keys(types), asking=asking)

    def about_keys(self, keys: Mapping[str, Key]) -> Speaker:
        """The same speaker where the thing at hand has these keys."""
        return replace(self, own=keys)

    def of_earlier(self, types: Iterable[str]) -> Speaker:
        """The same speaker inside a `where`: bare keys are another event's."""
        return replace(self.about(types), earlier=True)


def speaker(vocabulary: Vocabulary, lang: str = "zh") -> Speaker:
    """A speaker who knows only a vocabulary."""
    return Speaker(_language(lang), vocabulary, labels=_labels(vocabulary))


def speaker_of(edition: Edition, lang: str = "zh") -> Speaker:
    """A speaker who knows everything that a policy names."""
    titles: dict[str, Words] = {code: form.title for code, form in edition.forms.items()}
    titles[edition.policy] = edition.title
    for process in edition.processes.values():
        titles[process.code] = process.title
        for stage in process.stages:
            titles.setdefault(stage.code, stage.title)
    rules = {rule.id: rule.article for rule in edition.rules()}
    return Speaker(
        _language(lang),
        edition.vocabulary,
        labels=_labels(edition.vocabulary),
        articles=raised_by(edition),
        rules=rules,
        titles=titles,
    )


def spaced(left: str, middle: str, right: str) -> str:
    """Chinese words joined, with a blank beside letters and figures."""
    if middle in ("、", "，"):
        return left + middle + right
    before = " " if left[-1:].isascii() and left[-1:].isalnum() else ""
    after = " " if right[:1].isascii() and right[:1].isalnum() and (middle or not before) else ""
    return f"{left}{before}{middle}{after}{right}"


def _language(lang: str) -> str:
    return "en" if lang.lower().startswith("en") else "zh"


def raised_by(edition: Edition) -> dict[str, tuple[str, ...]]:
    """The articles whose rules and stages raise each breach code, in their order."""
    found: dict[str, dict[str, None]] = {}
    for rule in edition.rules():
        codes = (
            [rule.breach]
            if isinstance(rule, BreachRule)
            else [getattr(rule, name, None) for name in ("breach", "unsigned")]
        )
        for code in codes:
            if code is not None:
                found.setdefault(code, {})[rule.article] = None
    for process in edition.processes.values():
        for stage in process.stages:
            if stage.breach is not None:
                found.setdefault(stage.breach, {})[stage.article] = None
    return {code: tuple(labels) for code, labels in found.items()}


def _labels(vocabulary: Vocabulary) -> dict[str, Words]:
    """A label for every key that has one anywhere; of several the first counts."""
    found: dict[str, Words] = {}
    for kinds in (vocabulary.events, vocabulary.actions):
        for kind in kinds.values():
            for key in kind.keys.values():
                if key.label:
                    found.setdefault(key.name, key.label)
    return found
