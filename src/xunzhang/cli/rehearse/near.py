"""For an expectation that did not hold: the rules that could have brought it about, and why they did not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xunzhang.cli.words import Words
from xunzhang.law.explain import near_misses
from xunzhang.law.facts import Ask, Event
from xunzhang.law.kinds import KIND_OF, AnyRule
from xunzhang.law.memory import MemoryHistory
from xunzhang.law.rehearsal import Failure, Report, play
from xunzhang.law.rules.gate import GateRule
from xunzhang.law.rules.sanction import SanctionRule
from xunzhang.law.scope import Scope

MOST = 5
BRINGS: Mapping[str, frozenset[str]] = {
    "duties": frozenset({"duty", "recurring", "target", "notice"}),
    "breaches": frozenset(
        {"breach", "checklist", "duty", "cadence", "recurring", "quota", "target", "post"}
    ),
    "sanctions": frozenset({"sanction"}),
    "awards": frozenset({"award"}),
    "assignments": frozenset({"allocation", "reclaim"}),
    "promotions": frozenset({"promotion"}),
    "grades": frozenset({"grade"}),
    "missing": frozenset({"checklist"}),
    "notices": frozenset({"notice"}),
    "guides": frozenset({"guide"}),
    "ruling": frozenset({"gate", "approval", "cap", "checklist"}),
}
NO_EVENT = Words("还没有发生过 {types}", "none of {types} has happened")
NO_BREACH = Words("这一步没有违规 {codes}", "there was no breach {codes} in this step")
NOT_YET = Words("它的待办为 {state}，应于 {due}", "its duty is {state}, due {due}")
NO_DUTY = Words("它还没有开启待办", "it has opened no duty")
LET_THROUGH = Words(
    "它过问这个动作，但条件已经满足，没有拒绝",
    "it was asked, but what it wants holds, so it does not refuse",
)
Near = dict[str, str]


@dataclass(slots=True)
class Moment:
    """The rehearsal as it stood right after a step."""

    report: Report
    history: MemoryHistory
    rules: list[AnyRule]


def moment_after(report: Report, number: int) -> Moment | None:
    """Play again up to a step, to look from there; None where the history is kept elsewhere."""
    rehearsal = report.rehearsal
    cut = play(replace(rehearsal, steps=rehearsal.steps[:number]))
    if not isinstance(cut.history, MemoryHistory) or cut.book is None or not cut.steps:
        return None
    frame = cut.book.at(cut.steps[-1].step.at.date())
    return Moment(
        cut, cut.history, [rule for edition in frame.editions for rule in edition.rules()]
    )


def near(moment: Moment | None, failure: Failure) -> list[Near]:
    """The rules that could have brought an expected row about, each with what kept it from it."""
    if moment is None or not isinstance(failure.expected, Mapping):
        return []
    found: list[Near] = []
    for rule in _candidates(moment.rules, failure.kind, failure.expected, moment):
        reasons = _reasons(rule, moment)
        if reasons is not None:
            found.append({"rule": f"{rule.policy} {rule.article} {rule.id}", **reasons})
    return found[:MOST]


def _candidates(
    rules: Sequence[AnyRule], kind: str, row: Mapping[str, Any], moment: Moment
) -> Iterator[AnyRule]:
    for rule in rules:
        if KIND_OF[type(rule)] in BRINGS.get(kind, frozenset()) and _fits(rule, row, moment):
            yield rule


def _fits(rule: AnyRule, row: Mapping[str, Any], moment: Moment) -> bool:
    """Whether a rule is one that the row could speak of."""
    if "rule" in row and rule.id != row["rule"]:
        return False
    if "article" in row and not rule.article.startswith(str(row["article"])):
        return False
    if "code" in row and row["code"] not in (
        getattr(rule, "breach", None),
        getattr(rule, "unsigned", None),
    ):
        return False
    ask = moment.report.steps[-1].step.ask
    action = getattr(rule, "action", None)
    return "ruling" not in row or (
        ask is not None and action is not None and action == ask.keys.get("action")
    )


def _reasons(rule: AnyRule, moment: Moment) -> Near | None:
    """Why a rule brought nothing about, in both languages; None where it did speak."""
    if isinstance(rule, SanctionRule):
        return _sanction(rule, moment)
    scope = _scope(rule, moment)
    if scope is None:
        types = ", ".join(getattr(rule, "when", ()))
        return _said(NO_EVENT, types=types) if types else None
    missed = {
        lang: near_misses([rule], scope, lang, moment.report.rehearsal.vocabulary)
        for lang in ("zh", "en")
    }
    if missed["zh"]:
        return {"zh": "；".join(missed["zh"][0].failed), "en": "; ".join(missed["en"][0].failed)}
    return _spoke(rule, moment)


def _spoke(rule: AnyRule, moment: Moment) -> Near | None:
    """Of a rule whose condition holds: what its duties wait for, or that it lets the action through."""
    if isinstance(rule, GateRule):
        ruling = moment.report.steps[-1].ruling
        spoke = ruling is not None and rule.id in {one["rule"] for one in ruling["because"]}
        return None if spoke else _said(LET_THROUGH)
    if KIND_OF[type(rule)] != "duty":
        return None
    duties = [row for row in moment.report.steps[-1].duties if row["rule"] == rule.id]
    if not duties:
        return _said(NO_DUTY)
    return _said(NOT_YET, state=duties[-1]["state"], due=duties[-1]["due"] or "–")


def _sanction(rule: SanctionRule, moment: Moment) -> Near | None:
    raised = {row["code"] for row in moment.report.steps[-1].new["breaches"]}
    return None if raised & set(rule.codes) else _said(NO_BREACH, codes=", ".join(rule.codes))


def _scope(rule: AnyRule, moment: Moment) -> Scope | None:
    """From where the rule looked last: the step's ask, or the latest event that it listens to."""
    step = moment.report.steps[-1].step
    action = getattr(rule, "action", None)
    if action is not None and step.ask is not None:
        keys = {**step.ask.keys, "at": step.at}
        return Scope.of_ask(moment.history, Ask(action, step.at, keys), rule.calendar)
    event = _latest(moment.history.events, getattr(rule, "when", ()))
    return Scope.of_event(moment.history, event, rule.calendar) if event is not None else None


def _latest(events: Sequence[Event], types: Sequence[str]) -> Event | None:
    return next((event for event in reversed(events) if event.type in types), None)


def _said(words: Words, **values: object) -> Near:
    return {"zh": words.zh.format(**values), "en": words.en.format(**values)}
