"""Finds the results that are asked about, and explains them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from xunzhang.cli.why.others import others
from xunzhang.cli.words import language
from xunzhang.law.book import Book
from xunzhang.law.calendar import Calendar
from xunzhang.law.engine.engine import Engine
from xunzhang.law.explain import (
    Explanation,
    Names,
    explain_breach,
    explain_duty,
    explain_ruling,
    explain_sanction,
    looked_at,
    names_in,
    rules_about,
)
from xunzhang.law.facts import Ask
from xunzhang.law.kinds import AnyRule
from xunzhang.law.memory import MemoryHistory
from xunzhang.law.outcome import LISTED
from xunzhang.law.rehearsal import Rehearsal, Report, play
from xunzhang.law.scope import Scope
from xunzhang.law.words import speaker


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about; all None and False: everything of the step."""

    duty: str | None = None
    breach: str | None = None
    sanction: str | None = None
    ruling: bool = False

    @property
    def everything(self) -> bool:
        """Whether nothing particular is asked."""
        return not (self.duty or self.breach or self.sanction or self.ruling)


@dataclass(frozen=True, slots=True)
class Silent:
    """A rule that was looked at and did not speak, with what kept it from it."""

    rule: str
    article: str
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One result explained: its kind, its explanations, and the rules that did not speak."""

    kind: str
    headline: str
    grounds: tuple[Explanation, ...]
    silent: tuple[Silent, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """The rehearsal right after the step."""

    report: Report
    history: MemoryHistory
    book: Book
    names: Names


def answers(rehearsal: Rehearsal, number: int, question: Question) -> list[Answer]:
    """Play up to a step and explain what came of it."""
    report = play(replace(rehearsal, steps=rehearsal.steps[:number]))
    history, book = report.history, report.book
    if not isinstance(history, MemoryHistory) or book is None or len(report.steps) < number:
        return []
    place = _Place(report, history, book, names_in(history))
    return [
        *_duties(place, question),
        *_breaches(place, question),
        *_sanctions(place, question),
        *_others(place, question),
        *_ruling(place, question),
    ]


def _duties(place: _Place, question: Question) -> Iterator[Answer]:
    new = {row["id"] for row in place.report.steps[-1].new["duties"]}
    for duty in place.history.duties.values():
        asked = (
            duty.rule == question.duty if question.duty else question.everything and duty.id in new
        )
        if asked and duty.state in LISTED:
            found = explain_duty(duty, place.book, language(), place.names)
            yield Answer(
                "duties",
                found.headline,
                (found,),
                _silent_about(place, str(duty.opened.get("type", "")), duty.rule),
            )


def _breaches(place: _Place, question: Question) -> Iterator[Answer]:
    new = {row["id"] for row in place.report.steps[-1].new["breaches"]}
    for breach in place.history.breaches:
        asked = breach.code == question.breach if question.breach else question.everything
        if asked and breach.id in new:
            duty = place.history.duties.get(breach.duty) if breach.duty is not None else None
            found = explain_breach(breach, place.book, language(), place.names, duty)
            yield Answer("breaches", found.headline, (found,))


def _sanctions(place: _Place, question: Question) -> Iterator[Answer]:
    new = {row["id"] for row in place.report.steps[-1].new["sanctions"]}
    for sanction in place.history.sanctions:
        asked = (
            sanction.because.rule == question.sanction if question.sanction else question.everything
        )
        if asked and sanction.id in new:
            found = explain_sanction(sanction, place.book, language(), place.names)
            yield Answer("sanctions", found.headline, (found,))


def _others(place: _Place, question: Question) -> Iterator[Answer]:
    if question.everything:
        for kind, found in others(place.report.steps[-1].new, place.book, place.names):
            yield Answer(kind, found.headline, (found,))


def _ruling(place: _Place, question: Question) -> Iterator[Answer]:
    step = place.report.steps[-1].step
    if (
        step.ask is None
        or "action" not in step.ask.keys
        or not (question.ruling or question.everything)
    ):
        return
    keys = {key: value for key, value in step.ask.keys.items() if key != "action"}
    action = str(step.ask.keys["action"])
    ruling = Engine(place.book, place.history).judge(action, step.at, keys)
    found = explain_ruling(ruling, place.book, language(), place.names)
    scope = Scope.of_ask(
        place.history,
        Ask(action, step.at, {**keys, "action": action, "at": step.at}),
        _calendar(place),
    )
    spoken = {one.place.rule for one in (*found.grounds, *found.warnings, *found.steps)}
    silent = _silent(place, rules_about(_rules(place, step.at.date()), action), scope)
    yield Answer(
        "ruling",
        found.headline,
        (*found.grounds, *found.steps, *found.warnings),
        tuple(one for one in silent if one.rule not in spoken),
    )


def _silent_about(place: _Place, type_: str, spoke: str) -> tuple[Silent, ...]:
    """The rules that the step's event of a type was looked at by, and that did not speak."""
    event = next((one for one in reversed(place.history.events) if one.type == type_), None)
    if event is None:
        return ()
    scope = Scope.of_event(place.history, event, _calendar(place))
    rules = [
        rule for rule in rules_about(_rules(place, event.at.date()), type_) if rule.id != spoke
    ]
    return _silent(place, rules, scope)


def _silent(place: _Place, rules: list[AnyRule], scope: Scope) -> tuple[Silent, ...]:
    by = speaker(place.report.rehearsal.vocabulary, language())
    return tuple(
        Silent(one.rule.id, one.rule.article, one.failed)
        for one in looked_at(rules, scope, by)
        if not one.speaks
    )


def _rules(place: _Place, day: date) -> list[AnyRule]:
    return [rule for edition in place.book.at(day).editions for rule in edition.rules()]


def _calendar(place: _Place) -> Calendar:
    return place.book.editions[0].calendar
