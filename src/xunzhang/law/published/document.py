"""The document: cover, chapters and articles with the index of their rules, annexes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xunzhang.law.kinds import AnyRule
from xunzhang.law.published.forms import empty_form
from xunzhang.law.published.html import Html, el, joined, listing, paragraphs
from xunzhang.law.text import Article, Edition, Process, Setting, Stage, say
from xunzhang.law.words import say_rule_as, say_stage
from xunzhang.law.words.phrase import HEADLINE, Phrase
from xunzhang.law.words.speaker import Speaker, speaker_of
from xunzhang.law.words.values import say_value

_INDEXED = ("if", "fault", "breach", "again", "steps", "limit")
_DIGITS = "零一二三四五六七八九"


def document(edition: Edition, lang: str = "zh", *, until: date | None = None) -> Html:
    """The whole document as one element; `until` is its end where the edition does not tell it."""
    by = speaker_of(edition, lang)
    return el(
        "article",
        _cover(edition, by, until or edition.until),
        *_articles(edition, by),
        *_annexes(edition, by),
        cls="published",
        lang="en" if by.english else "zh-Hans",
    )


def _cover(edition: Edition, by: Speaker, until: date | None) -> Html:
    approver = say_value(edition.approver, by) if edition.approver else ""
    rows = [
        (by.pick("编号", "Code"), edition.policy),
        (by.pick("版本", "Version"), edition.version),
        (by.pick("施行日期", "In force from"), edition.effective.isoformat()),
        (by.pick("废止日期", "Until"), until.isoformat() if until else ""),
        (by.pick("解释部门", "Issued by"), edition.issuer),
        (by.pick("批准", "Approved by"), approver),
    ]
    pairs = joined(el("div", el("dt", name), el("dd", said)) for name, said in rows if said)
    return el("header", el("h1", say(edition.title, by.lang)), el("dl", pairs))


# -- articles ----------------------------------------------------------------------------------------


def _articles(edition: Edition, by: Speaker) -> Iterator[Html]:
    chapter = ""
    for article in edition.articles:
        title = say(article.chapter, by.lang)
        if title and title != chapter:
            yield el("h2", title)
        chapter = title
        yield _article(article, by)


def _article(article: Article, by: Speaker) -> Html:
    title = say(article.title, by.lang)
    first, *others = paragraphs(say(article.text, by.lang)) or [el("p", "")]
    words = Html(first.removeprefix("<p>").removesuffix("</p>"))
    head = el(
        "p",
        el("strong", _numbered(article.no, by), cls="no"),
        " ",
        joined([el("strong", title), " "]) if title else None,
        words,
    )
    index = listing((_sentence(rule, by) for rule in article.rules), "rules")
    return el("section", head, *others, index, cls="article")


def _numbered(no: str, by: Speaker) -> str:
    """The label as the document prints it; a bare figure gets its word."""
    return no if by.english else by.article(no).strip("“”")


def _sentence(rule: AnyRule, by: Speaker) -> Html:
    """A rule as one sentence, with what it depends on and what follows in brackets."""
    card = say_rule_as(rule, by)
    headline = next(one.text for one in card if one.key == HEADLINE)
    more = [_row(one, by) for one in card if one.key in _INDEXED]
    brackets = by.pick("（", " ("), by.pick("）", ")")
    told = f"{brackets[0]}{by.pick('；', '; ').join(more)}{brackets[1]}" if more else ""
    return joined([headline, el("span", told) if told else None, " ", el("code", rule.id)])


def _row(phrase: Phrase, by: Speaker) -> str:
    return f"{phrase.label}{by.pick('：', ': ')}{phrase.text.rstrip('。.')}"


# -- annexes -----------------------------------------------------------------------------------------


def _annexes(edition: Edition, by: Speaker) -> Iterator[Html]:
    number = 0
    for process in edition.processes.values():
        number += 1
        yield _process(process, by, _annex(number, by))
    decided = [one for one in edition.settings.values() if not one.stated or one.value is None]
    if decided:
        number += 1
        yield _decided(decided, by, _annex(number, by))
    for form in edition.forms.values():
        number += 1
        yield empty_form(form, by, title=_annex(number, by), level=2)


def _annex(number: int, by: Speaker) -> str:
    return by.pick(f"附件{_counted(number)}", f"Annex {number}")


def _counted(number: int) -> str:
    """1 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones or not tens else "")


def _process(process: Process, by: Speaker, title: str) -> Html:
    stages = listing((_stage(stage, process, by) for stage in process.stages), "stages", "ol")
    heading = el("h2", el("small", title), say(process.title, by.lang))
    return el("section", heading, stages, cls="process")


def _stage(stage: Stage, process: Process, by: Speaker) -> Html:
    rows = [one for one in say_stage(stage, process, by) if one.key not in (HEADLINE, "next")]
    told = by.pick("；", "; ").join(_row(one, by) for one in rows)
    return joined([el("strong", say(stage.title, by.lang) or stage.code), el("span", told)])


def _decided(settings: list[Setting], by: Speaker, title: str) -> Html:
    heading = el("h2", el("small", title), by.pick("公司确定的事项", "What the company decides"))
    head = (by.pick("事项", "Matter"), by.pick("确定为", "Decided"))
    rows = [
        el("tr", el("td", say(one.why, by.lang) or one.name), el("td", say_value(one.value, by)))
        for one in settings
    ]
    inside = el("thead", el("tr", *(el("th", name, scope="col") for name in head)))
    return el("section", heading, el("table", inside, el("tbody", *rows), cls="decided"))
