"""Why: the article in its own words, the rule as a card, the facts that it compared, the days that it counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy

from xunzhang.law.calendar import DayReason
from xunzhang.law.conditions import Happened, Test
from xunzhang.law.kinds import AnyRule
from xunzhang.law.text import Process, Stage, say
from xunzhang.law.vocabulary import Key
from xunzhang.law.words import Phrase, Speaker, say_rule_as, say_stage
from xunzhang.law.words.conditions import say_happened, say_test
from xunzhang.web.saying import Saying
from xunzhang.web.words import weekday

_MOST_DAYS = 60
# What a breach or a sanction counts is no key of anything
_COUNTED = {
    "number": gettext_lazy("How often in the period"),
    "count": gettext_lazy("Counted"),
    "due": gettext_lazy("Due"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """A fact that decided: what was asked of it, and what it was."""

    asked: str
    was: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A day between the start and the due day, and why it counts or not."""

    on: date
    weekday: str
    counted: bool
    words: str


@dataclass(frozen=True, slots=True)
class Why:
    """Everything that a consequence rests on."""

    title: str
    version: str
    because: Mapping[str, str]
    words: str
    rule: str
    headline: str
    card: tuple[Phrase, ...]
    compared: tuple[Compared, ...]


def why_of(row: Any, facts: Mapping[str, Any], saying: Saying, *, uid: str = "") -> Why:
    """Return why something with policy, version, article and rule came about; `facts` is what was compared."""
    edition = saying.edition(row.policy, row.version)
    article = edition.article(row.article) if edition is not None else None
    uid = uid or f"{row.policy}@{row.version}/{row.rule}"
    rule, staged = saying.law.book.rule(uid), saying.law.book.stage(uid)
    phrases = _card(row, rule, staged, saying)
    return Why(
        title=saying.policy(row.policy, row.version),
        version=row.version,
        because=saying.because(row),
        words=say(article.text, saying.lang) if article is not None else "",
        rule=row.rule,
        headline=phrases[0].text if phrases else "",
        card=tuple(phrases[1:]),
        compared=tuple(_compared(row, rule, facts, saying)),
    )


def days_of(reasons: Iterable[DayReason], saying: Saying) -> tuple[Counted, ...]:
    """Return the days that were counted to the due day or skipped, in words."""
    return tuple(
        Counted(one.on, weekday(one.on), one.counted, one.say(saying.lang))
        for one in islice(reasons, _MOST_DAYS)
    )


def _card(
    row: Any, rule: AnyRule | None, staged: tuple[Process, Stage] | None, saying: Saying
) -> list[Phrase]:
    by = saying.speaker_for(row.policy, row.version)
    if rule is not None:
        return say_rule_as(rule, by)
    return say_stage(staged[1], staged[0], by) if staged is not None else []


def _compared(
    row: Any, rule: AnyRule | None, facts: Mapping[str, Any], saying: Saying
) -> list[Compared]:
    """The tests of the rule in words with the values found; facts without a test stand for themselves."""
    by = saying.speaker_for(row.policy, row.version)
    when = getattr(rule, "when", ()) or getattr(rule, "of", ())
    by = by.about(when) if isinstance(when, tuple) else by
    found, told = [], set()
    for test in rule.condition.tests() if rule is not None else ():
        name = test.path.text if isinstance(test, Test) else f"happened({test.event})"
        if name not in facts:
            continue
        told.add(name)
        asked = say_happened(test, by) if isinstance(test, Happened) else say_test(test, by)
        found.append(Compared(asked, _said(name, facts[name], by, saying)))
    found += [
        Compared(str(_COUNTED.get(name) or by.key(name)), _said(name, value, by, saying))
        for name, value in facts.items()
        if name not in told and not name.startswith("key(")
    ]
    return found


def _said(name: str, value: Any, by: Speaker, saying: Saying) -> str:
    last = name.rsplit(".", 1)[-1]
    if last in ("owner", "by", "staff", "consultant", "asker", "handler", "manager") and isinstance(
        value, str
    ):
        return saying.person(value)
    if last == "customer" and isinstance(value, str):
        return saying.customer(value)
    return by.value(value, Key(last, "text"))
