"""Results as rows: what expectations are compared with, what `--trace` prints and `--json` gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xunzhang.law.facts import jsonable
from xunzhang.law.outcome import (
    LISTED,
    Assignment,
    Award,
    Because,
    Breach,
    CaseEntry,
    Duty,
    Grade,
    Guide,
    Missing,
    Notice,
    Outcome,
    Persons,
    Promotion,
    Reminder,
    Ruling,
    Sanction,
)

Row = dict[str, Any]


def because(found: Because) -> Row:
    """Why, as a row."""
    return {
        "policy": found.policy,
        "version": found.version,
        "article": found.article,
        "rule": found.rule,
        "facts": jsonable(dict(found.facts)),
    }


def people(who: Persons) -> Any:
    """One person as a word, several (or none) as a list."""
    return who[0] if len(who) == 1 else list(who)


def duty(one: Duty) -> Row:
    """A duty in its present state."""
    row: Row = {key: jsonable(value) for key, value in one.match.items()}
    if one.each is not None:
        row[one.each[0]] = jsonable(one.each[1])
    row |= {
        "rule": one.rule,
        "who": people(one.who),
        "due": one.due.iso if one.due is not None else None,
        "state": one.state,
        "customer": one.customer,
        "policy": one.because.policy,
        "version": one.because.version,
        "article": one.because.article,
        "id": one.id,
        "because": because(one.because),
    }
    return row


def breach(one: Breach) -> Row:
    """A breach."""
    return {
        **jsonable(dict(one.keys)),
        "code": one.code,
        "who": people(one.who),
        "customer": one.customer,
        "count": jsonable(one.count),
        "article": one.because.article,
        "rule": one.because.rule,
        "on": one.on.isoformat(),
        "policy": one.because.policy,
        "id": one.id,
        "because": because(one.because),
    }


def sanction(one: Sanction) -> Row:
    """A proposal."""
    row: Row = {
        "who": people(one.who),
        "article": one.because.article,
        "rule": one.because.rule,
        "number": one.number,
        "customer": one.customer,
        "policy": one.because.policy,
        "confirm": list(one.confirm),
        "id": one.id,
        "because": {**because(one.because), "breach": because(one.breach_because)},
    }
    if one.fine is not None:
        row["fine"] = jsonable(one.fine)
    for key in ("step", "deduct"):
        if getattr(one, key) is not None:
            row[key] = getattr(one, key)
    if one.choose is not None:
        row["choose"] = list(one.choose)
    return row


def award(one: Award) -> Row:
    """Points."""
    return {
        "to": one.to,
        "points": str(one.points),
        "article": one.because.article,
        "rule": one.because.rule,
        "because": because(one.because),
    }


def assignment(one: Assignment) -> Row:
    """A customer or case given to somebody."""
    return {
        "customer": one.customer,
        "to": one.to,
        "case": one.case,
        "article": one.because.article,
        "rule": one.because.rule,
        "because": because(one.because),
    }


def reminder(one: Reminder) -> Row:
    """A reminder."""
    return {
        "rule": one.rule,
        "who": people(one.who),
        "customer": one.customer,
        "article": one.because.article,
        "because": because(one.because),
    }


def promotion(one: Promotion) -> Row:
    """A promotion."""
    return {
        "who": one.who,
        "to": one.to,
        "article": one.because.article,
        "rule": one.because.rule,
        "because": because(one.because),
    }


def grade(one: Grade) -> Row:
    """A grade and its parts."""
    return {
        "name": one.name,
        "score": str(one.score) if one.score is not None else None,
        "class": one.cls,
        "article": one.because.article,
        "parts": [
            {
                "key": part.key,
                "weight": str(part.weight),
                "value": jsonable(part.value),
                "points": str(part.points),
            }
            for part in one.parts
        ],
        "because": because(one.because),
    }


def missing(one: Missing) -> Row:
    """A missing item."""
    return {
        "key": one.key,
        "label": one.label.get("zh") or next(iter(one.label.values()), one.key),
        "article": one.because.article,
        "rule": one.because.rule,
        "because": because(one.because),
    }


def notice(one: Notice) -> Row:
    """A notice."""
    return {
        "rule": one.rule,
        "to": one.to,
        "customer": one.customer,
        "article": one.because.article,
        "text": one.text.get("zh", ""),
        "because": because(one.because),
    }


def guide(one: Guide) -> Row:
    """A word of help."""
    return {
        "rule": one.because.rule,
        "article": one.because.article,
        "policy": one.because.policy,
        "text": one.text.get("zh", ""),
        "because": because(one.because),
    }


def case(one: CaseEntry) -> Row:
    """A stage entered."""
    return {
        "case": one.case,
        "process": one.process,
        "stage": one.stage,
        "article": one.because.article,
        "because": because(one.because),
    }


def ruling(one: Ruling) -> Row:
    """A ruling."""
    return {
        "ruling": one.ruling,
        "steps": [list(step.who) for step in one.steps],
        "reasons": list(dict.fromkeys(reason.text for reason in one.reasons)),
        "warnings": list(dict.fromkeys(reason.text for reason in one.warnings)),
        "say": [reason.say.get("zh", "") for reason in one.reasons if reason.say],
        "because": [because(reason.because) for reason in (*one.reasons, *one.warnings)],
    }


def of_outcome(outcome: Outcome) -> Mapping[str, list[Row]]:
    """All new results by kind."""
    return {
        "duties": [duty(one) for one in outcome.duties if one.state in LISTED],
        "breaches": [breach(one) for one in outcome.breaches],
        "sanctions": [sanction(one) for one in outcome.sanctions],
        "cases": [case(one) for one in outcome.cases],
        "awards": [award(one) for one in outcome.awards],
        "assignments": [assignment(one) for one in outcome.assignments],
        "reminders": [reminder(one) for one in outcome.reminders],
        "promotions": [promotion(one) for one in outcome.promotions],
        "grades": [grade(one) for one in outcome.grades],
        "missing": [missing(one) for one in outcome.missing],
        "notices": [notice(one) for one in outcome.notices],
        "guides": [guide(one) for one in outcome.guides],
    }
