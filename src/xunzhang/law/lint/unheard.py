"""Articles whose words set something that no rule carries."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Set

from xunzhang.law.durations import Duration, Term, Unit
from xunzhang.law.lint.finding import Finding
from xunzhang.law.lint.phrases import Found, phrases
from xunzhang.law.parts import durations, figures, parts
from xunzhang.law.points import Point, Spot
from xunzhang.law.rules.cadence import CadenceRule
from xunzhang.law.rules.quota import QuotaRule
from xunzhang.law.rules.recurring import RecurringRule
from xunzhang.law.rules.target import TargetRule
from xunzhang.law.source import Mapping, Node
from xunzhang.law.spans import DateList
from xunzhang.law.text import Article, Edition

_MONTHS = {Unit.MONTHS: 1, Unit.QUARTERS: 3, Unit.YEARS: 12}
_MINUTES = {Unit.MINUTES: 1, Unit.HOURS: 60}
_WHAT = {"deadline": ("期限", "deadline"), "limit": ("限额", "limit"), "period": ("周期", "period")}
_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7}


def unheard(
    edition: Edition, root: Node | None = None, wrong: Set[int] = frozenset()
) -> Iterator[Finding]:
    """Every article whose words set a limit, a deadline or a vague time that no rule of it carries.

    `wrong`: the lines of errors; an article in which one of them lies is passed over.
    """
    starts = [one.mark.line for one in edition.articles]
    if isinstance(root, Mapping):
        starts += [root.mark_of(key).line for key in root.entries]
    for article in edition.articles:
        if article.waits or article.note:
            continue
        start = article.mark.line
        end = min((line for line in starts if line > start), default=sys.maxsize)
        if any(start <= line < end for line in wrong):
            continue
        carriers = carried_by(edition, article)
        for found in phrases(article.text.get("zh", "")):
            if not _carried(found, carriers):
                yield _finding(article, found, bare=not carriers)


def carried_by(edition: Edition, article: Article) -> list[object]:
    """What carries an article out: its rules, and the forms and stages that name it."""
    named = {article.no, article.label}
    found: list[object] = list(article.rules)
    found += [form for form in edition.forms.values() if form.article in named]
    for process in edition.processes.values():
        found += [stage for stage in process.stages if stage.article in named]
    return found


def _carried(found: Found, carriers: list[object]) -> bool:
    match found.kind:
        case "deadline" if found.amount is None:
            return any(_timed(one) for one in carriers)
        case "deadline":
            return any(
                _same_time(found, one) for one in durations(carriers)
            ) or found.amount in figures(carriers)
        case "limit":
            return found.amount is None or not {found.amount, found.amount / 100}.isdisjoint(
                figures(carriers)
            )
        case "period":
            return any(_periodic(one) for one in carriers)
        case "vague":
            return any(_timed(one) for one in carriers)


def _same_time(found: Found, time: Duration | Term) -> bool:
    """Whether a rule's time is the one that the words tell, also in other units of the same length."""
    if not isinstance(time, Duration):
        return found.amount == 1
    if found.unit is time.unit:
        return found.amount == time.amount
    for table in (_MONTHS, _MINUTES, _DAYS):
        if found.unit in table and time.unit in table and found.amount is not None:
            return found.amount * table[found.unit] == time.amount * table[time.unit]
    return False


def _periodic(carrier: object) -> bool:
    every = getattr(carrier, "every", None)
    return every is not None or isinstance(
        carrier, CadenceRule | RecurringRule | QuotaRule | TargetRule
    )


def _timed(carrier: object) -> bool:
    """Whether anything in it tells a time."""
    timed = any(
        isinstance(part, Duration | Term | Point | Spot | DateList) for part in parts(carrier)
    )
    return timed or _periodic(carrier)


def _finding(article: Article, found: Found, *, bare: bool) -> Finding:
    if found.kind == "vague":
        return Finding(
            article.mark,
            "vague-time",
            f"第{article.label}条只写“{found.words}”，没有规则给它定出时间；"
            "应写一条带 within 或 every 的规则，或在 note 里说明怎么理解",
            f"article {article.label} says only “{found.words}” and no rule gives it a time; "
            "write a rule with within or every, or say in note how it is read",
        )
    zh_what, en_what = _WHAT[found.kind]
    zh_but = "没有规则" if bare else "它的规则里没有这个数"
    en_but = "no rule carries it" if bare else "its rules do not hold it"
    return Finding(
        article.mark,
        "unheard-limit",
        f"第{article.label}条定了{zh_what}“{found.words}”，但{zh_but}；应写一条规则，或在 note、waits 里说明",
        f"article {article.label} sets a {en_what} (“{found.words}”) but {en_but}; "
        "write a rule, or say in note or waits why there is none",
    )
