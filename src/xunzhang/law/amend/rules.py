"""What changes in articles and their rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from xunzhang.law.amend.cards import rows
from xunzhang.law.amend.difference import Difference, changed
from xunzhang.law.kinds import KIND_OF, AnyRule
from xunzhang.law.parts import PLACE
from xunzhang.law.text import Article, Edition, Words, say
from xunzhang.law.words import Phrase, Speaker, say_rule_as, speaker_of

Speakers = dict[str, Speaker]


def speakers(edition: Edition) -> Speakers:
    """A speaker of each language."""
    return {lang: speaker_of(edition, lang) for lang in ("zh", "en")}


def place(article: str) -> tuple[str, str]:
    """The article in both languages."""
    return f"第{article}条", f"article {article}"


# -- articles ----------------------------------------------------------------------------------------


def articles(old: Edition, new: Edition) -> Iterator[Difference]:
    """Articles added, taken away, or worded anew."""
    before = {one.label: one for one in old.articles}
    after = {one.label: one for one in new.articles}
    for label, one in after.items():
        zh, en = place(label)
        if label not in before:
            yield Difference(
                "article",
                "added",
                label,
                f"新增{zh}“{_title(one, 'zh')}”",
                f"Added {en} “{_title(one, 'en')}”",
                label,
                after=one.text,
            )
        else:
            yield from _article(before[label], one)
    for label, one in before.items():
        if label not in after:
            zh, en = place(label)
            yield Difference(
                "article",
                "removed",
                label,
                f"删去{zh}“{_title(one, 'zh')}”",
                f"Removed {en} “{_title(one, 'en')}”",
                label,
                before=one.text,
            )


def _title(article: Article, lang: str) -> str:
    return say(article.title, lang) or say(article.text, lang)[:20]


def _article(old: Article, new: Article) -> Iterator[Difference]:
    zh, en = place(new.label)
    if old.title != new.title:
        yield changed(
            "article",
            new.label,
            (zh, en),
            ("标题", "title"),
            _both(old.title),
            _both(new.title),
            new.label,
        )
    if old.text != new.text:
        yield Difference(
            "article",
            "changed",
            new.label,
            f"{zh}：条文改写",
            f"{en[0].upper()}{en[1:]}: text reworded",
            new.label,
            old.text,
            new.text,
        )
    if old.effective != new.effective:
        before, after = (
            dict.fromkeys(("zh", "en"), str(one.effective or "")) for one in (old, new)
        )
        yield changed(
            "article", new.label, (zh, en), ("施行日期", "date of effect"), before, after, new.label
        )


def _both(words: Words) -> Words:
    return {lang: say(words, lang) for lang in ("zh", "en")}


# -- rules -------------------------------------------------------------------------------------------


def rules(old: Edition, new: Edition) -> Iterator[Difference]:
    """Rules added, taken away, put to rest, moved, or changed in any row of their cards."""
    before, after = ({rule.id: rule for rule in edition.rules()} for edition in (old, new))
    olds, news = speakers(old), speakers(new)
    for id_, rule in after.items():
        if id_ not in before:
            yield _whole(rule, news, "added")
        else:
            yield from _rule(before[id_], rule, olds, news)
    for id_, rule in before.items():
        if id_ not in after:
            yield _rested(rule) if id_ in new.resting else _whole(rule, olds, "removed")


def _card(rule: AnyRule, by: Speakers) -> dict[str, list[Phrase]]:
    return {lang: say_rule_as(rule, speaker) for lang, speaker in by.items()}


def _whole(rule: AnyRule, by: Speakers, change: str) -> Difference:
    headline = {lang: card[0].text for lang, card in _card(rule, by).items()}
    zh, en = place(rule.article)
    en = en[0].upper() + en[1:]
    if change == "added":
        return Difference(
            "rule",
            "added",
            rule.id,
            f"{zh}：新增规则“{rule.id}”：{headline['zh']}",
            f"{en}: rule “{rule.id}” added: {headline['en']}",
            rule.article,
            after=headline,
        )
    return Difference(
        "rule",
        "removed",
        rule.id,
        f"{zh}：删去规则“{rule.id}”：{headline['zh']}",
        f"{en}: rule “{rule.id}” removed: {headline['en']}",
        rule.article,
        before=headline,
    )


def _rested(rule: AnyRule) -> Difference:
    zh, en = place(rule.article)
    return Difference(
        "rule",
        "removed",
        rule.id,
        f"{zh}：规则“{rule.id}”停用，它用到的设置没有值",
        f"{en[0].upper()}{en[1:]}: rule “{rule.id}” rests, since a setting that it uses has no value",
        rule.article,
    )


def _rule(old: AnyRule, new: AnyRule, olds: Speakers, news: Speakers) -> Iterator[Difference]:
    zh, en = place(new.article)
    name = (f"{zh}“{new.id}”", f"{en} “{new.id}”")
    if old.article != new.article:
        sides = [{"zh": one[0], "en": one[1]} for one in (place(old.article), place(new.article))]
        yield changed("rule", new.id, name, ("所在条", "place"), sides[0], sides[1], new.article)
    if type(old) is not type(new):
        kinds = [{lang: KIND_OF[type(one)] for lang in ("zh", "en")} for one in (old, new)]
        yield changed("rule", new.id, name, ("种类", "kind"), kinds[0], kinds[1], new.article)
    found = list(rows(_card(old, olds), _card(new, news)))
    for row in found:
        yield changed("rule", new.id, name, row.label, row.before, row.after, new.article)
    if not found and type(old) is type(new) and data(old) != data(new):
        yield Difference(
            "rule",
            "changed",
            new.id,
            f"{name[0]}：细节有改动",
            f"{en[0].upper()}{en[1:]} “{new.id}”: details changed",
            new.article,
        )


def data(rule: AnyRule) -> dict[str, object]:
    """What a rule means, its place left aside."""
    return {one.name: getattr(rule, one.name) for one in fields(rule) if one.name not in PLACE}
