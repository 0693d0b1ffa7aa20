"""Processes and their stages in words."""

from __future__ import annotations

from xunzhang.law.conditions import ALWAYS
from xunzhang.law.text import Next, Process, Stage, say
from xunzhang.law.words.card import Card
from xunzhang.law.words.conditions import said
from xunzhang.law.words.deciding import table
from xunzhang.law.words.phrase import Phrase
from xunzhang.law.words.speaker import Speaker
from xunzhang.law.words.times import say_again, say_ladder, say_reminders, say_within
from xunzhang.law.words.whos import named


def say_process(process: Process, by: Speaker) -> list[Phrase]:
    """A process: how it starts and which stages it has."""
    stages = by.pick(" → ", " → ").join(say(stage.title, by.lang) for stage in process.stages)
    card = Card(
        by,
        by.pick(
            f"{say(process.title, by.lang)}：{stages}", f"{say(process.title, by.lang)}: {stages}"
        ),
    )
    for start in process.starts:
        here = by.about(start.when)
        words = here.events(start.when)
        if start.condition is not ALWAYS:
            words = by.pick(
                f"{words}，{said(start.condition, here)}时",
                f"{words} where {said(start.condition, here)}",
            )
        card.row("when", words)
    return card.rows


def say_stage(stage: Stage, process: Process, everything: Speaker) -> list[Phrase]:
    """One stage: who has it, what it asks for, how long it may take, what may follow."""
    by = everything.about_keys(everything.vocabulary.case_keys())
    card = Card(by, say(stage.title, by.lang)).condition("if", stage.condition)
    card.row("who", named(stage.who, by) if stage.who is not None else None)
    card.row("due", say_within(stage.within, by) if stage.within is not None else None)
    for form in stage.forms:
        words = by.title(form.code)
        if form.condition is not ALWAYS:
            words = by.pick(
                f"{said(form.condition, by)}时：{words}",
                f"{words} where {said(form.condition, by)}",
            )
        card.row("forms", words)
    card.row(
        "items",
        by.pick(f"{by.rule(stage.checklist)}所列材料", f"the items of {by.rule(stage.checklist)}")
        if stage.checklist is not None
        else None,
    )
    if stage.approval is not None:
        table(card, stage.approval, by)
    card.row("remind", say_reminders(stage.remind, by) if stage.remind else None).code(stage.breach)
    card.row("again", say_again(stage.again, by) if stage.again is not None else None)
    card.row("escalate", say_ladder(stage.escalate, by))
    for following in process.next.get(stage.code, ()):
        card.row("next", _next(following, process, by))
    return card.rows


def _next(following: Next, process: Process, by: Speaker) -> str:
    stage = process.stage(following.to)
    title = say(stage.title, by.lang) if stage is not None else following.to
    if following.condition is ALWAYS:
        return title
    return by.pick(
        f"{said(following.condition, by)}时：{title}",
        f"{title} where {said(following.condition, by)}",
    )
