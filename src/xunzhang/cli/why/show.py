"""Prints an answer to “why?”."""

from __future__ import annotations

from typing import Any

from xunzhang.cli.rehearse.lines import kind
from xunzhang.cli.terminal import FAINT, GOOD, NAME, STRONG, WARNING, blank, padded, say
from xunzhang.cli.why.answers import Answer
from xunzhang.cli.words import Words, language, listed
from xunzhang.law.explain import Day, Explanation
from xunzhang.law.times import Due, say_due

POLICY = Words("制度", "policy")
ARTICLE = Words("条文", "article")
RULE = Words("规则", "rule")
FACTS = Words("比对", "facts")
DAYS = Words("日子", "days")
SILENT = Words("看过但不适用的规则", "rules that were looked at and did not apply")
COUNTED = Words("第 {n} 天", "day {n}")
SKIPPED = Words("不计", "not counted")
WIDE = 9


def show(answer: Answer) -> None:
    """Print one result with its grounds."""
    say((kind(answer.kind), NAME), "  ", (answer.headline, STRONG), hanging=2)
    for ground in answer.grounds:
        _ground(ground, answer)
    if answer.silent:
        say((str(SILENT), FAINT), indent=2)
        for one in answer.silent:
            say(
                (f"{one.article} {one.rule}", WARNING),
                "  ",
                listed(one.failed),
                indent=4,
                hanging=2,
            )
    blank()


def _ground(ground: Explanation, answer: Answer) -> None:
    if ground.headline != answer.headline:
        say(("• ", GOOD), ground.headline, indent=2, hanging=2)
    place = ground.place
    _row(POLICY, f"{place.title} ({place.policy}@{place.version})")
    _row(ARTICLE, f"{place.article} {place.heading}".rstrip())
    _row(None, place.text)
    _row(RULE, f"{place.rule}: {ground.rule}" if ground.rule else place.rule)
    if ground.facts:
        _row(FACTS, "\n".join(f"{fact.label} = {fact.value}" for fact in ground.facts))
    for index, day in enumerate(ground.days):
        _row(DAYS if index == 0 else None, _day(day))


def _day(day: Day) -> str:
    count = COUNTED(n=day.number) if day.number is not None else str(SKIPPED)
    return f"{say_due(Due(day.on), language())}  {day.reason}  {count}"


def _row(title: Words | None, text: str) -> None:
    for index, line in enumerate(text.strip().split("\n")):
        if line:
            say(
                (padded(str(title) if title is not None and index == 0 else "", WIDE), FAINT),
                line,
                indent=4,
                hanging=WIDE,
            )


def as_row(answer: Answer) -> dict[str, Any]:
    """An answer for programs."""
    return {
        "kind": answer.kind,
        "headline": answer.headline,
        "grounds": [_ground_row(one) for one in answer.grounds],
        "silent": [
            {"rule": one.rule, "article": one.article, "failed": list(one.failed)}
            for one in answer.silent
        ],
    }


def _ground_row(ground: Explanation) -> dict[str, Any]:
    place = ground.place
    return {
        "headline": ground.headline,
        "policy": place.policy,
        "version": place.version,
        "title": place.title,
        "article": place.article,
        "heading": place.heading,
        "text": place.text,
        "rule": place.rule,
        "sentence": ground.rule,
        "facts": [{"key": one.key, "label": one.label, "value": one.value} for one in ground.facts],
        "days": [
            {"on": one.on.isoformat(), "number": one.number, "reason": one.reason}
            for one in ground.days
        ],
    }
