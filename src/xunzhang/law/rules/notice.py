"""notice: an event of which people are told; with `read_within` each must say that he has read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xunzhang.law.facts import Event
from xunzhang.law.read.rule import RuleReader
from xunzhang.law.rules.common import Reminding, Rule, Words
from xunzhang.law.scope import Scope
from xunzhang.law.times import Within
from xunzhang.law.who import Who, people

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRule(Rule):
    """Its data."""

    when: tuple[str, ...]
    to: Who
    text: Words = field(default_factory=dict)
    read_within: Within | None = None
    breach: str | None = None
    remind: tuple[Reminding, ...] = ()


def read(reader: RuleReader) -> NoticeRule | None:
    """The rule of a map; None after noting what is missing."""
    when = reader.events("when", required=True)
    reader.book = reader.context.event_book(when)
    to = reader.who("to", required=True)
    base = reader.base()
    text = reader.words("text", required=True)
    within = reader.within("read_within")
    breach, remind = reader.code(), reader.remind()
    for key in ("breach", "remind"):
        if reader.has(key) and not reader.has("read_within"):
            reader.error(
                reader.node.mark_of(key),
                "no-due",
                f"{key} 需要 read_within",
                f"{key} needs read_within",
            )
    if to is None or not when:
        return None
    return NoticeRule(
        **base, when=when, to=to, text=text, read_within=within, breach=breach, remind=remind
    )


def follow(rule: NoticeRule, run: Run, event: Event, scope: Scope) -> None:
    """Tell each person once."""
    because = rule.because(scope)
    for person in people(rule.to, scope):
        run.notify(rule.id, person, rule.text, because, scope.customer)
        if rule.read_within is not None:
            run.duties.open_reading(rule, event, scope, person, because)
