"""Cards of what must be done: duty, cadence, recurring, quota."""

from __future__ import annotations

from xunzhang.law.rules.cadence import CadenceRule
from xunzhang.law.rules.common import EachValue
from xunzhang.law.rules.duty import DutyRule
from xunzhang.law.rules.quota import QuotaRule
from xunzhang.law.rules.recurring import RecurringRule
from xunzhang.law.vocabulary import Key
from xunzhang.law.words.card import Card
from xunzhang.law.words.conditions import say_path
from xunzhang.law.words.phrase import Phrase
from xunzhang.law.words.speaker import Speaker
from xunzhang.law.words.times import (
    in_time,
    say_again,
    say_due,
    say_every,
    say_ladder,
    say_point_due,
    say_reminders,
    say_within,
)
from xunzhang.law.words.whos import named


def duty(rule: DutyRule, everything: Speaker) -> list[Phrase]:
    """After an event somebody must do something."""
    by = everything.about(rule.when)
    when, who, do = by.events(rule.when), named(rule.who, by), by.events(rule.do)
    due = say_due(rule.due, by) if rule.due is not None else ""
    card = Card(
        by,
        by.pick(
            f"{when}后，{who}须{in_time(due)}完成{do}",
            f"after {when}, {who} must complete {do} {due}".rstrip(),
        ),
    )
    card.row("when", when).when(rule)
    if rule.customers is not None:
        card.condition("for", rule.customers, by.about_keys(by.vocabulary.customer_keys))
    card.row("who", who + (by.pick("（须本人完成）", " (in person)") if rule.personal else ""))
    card.row("do", do).condition("where", rule.where, by.of_earlier(rule.do))
    _evidence(card, rule.evidence, rule.do)
    _each(card, rule.for_each)
    if rule.opens is not None:
        card.row(
            "opens", by.pick(f"事后{_after(rule, by)}才开始", f"only {_after(rule, by)} afterwards")
        )
    card.row("due", due or by.pick("不限期", "at any time")).same(rule.match)
    if rule.once:
        card.row("once", by.pick("只要求一次", "only once"))
    return _overdue_duty(card, rule)


def _after(rule: DutyRule, by: Speaker) -> str:
    return "" if rule.opens is None else rule.opens.say(by.lang)


def _overdue_duty(card: Card, rule: DutyRule) -> list[Phrase]:
    by = card.by
    card.row("remind", say_reminders(rule.remind, by) if rule.remind else None).code(rule.breach)
    if rule.count is not None:
        card.row(
            "count", by.pick(f"按{say_path(rule.count, by)}计", f"by {say_path(rule.count, by)}")
        )
    card.row("again", say_again(rule.again, by) if rule.again is not None else None)
    card.row("escalate", say_ladder(rule.escalate, by))
    if rule.suspended_by:
        stop, go = by.events(rule.suspended_by), by.events(rule.resumed_by)
        card.row(
            "pause",
            by.pick(
                f"{stop}起暂停计时" + (f"，{go}后继续" if go else ""),
                f"from {stop}" + (f" until {go}" if go else ""),
            ),
        )
    if rule.cancelled_by:
        card.row(
            "cancel",
            by.pick(
                f"{by.events(rule.cancelled_by)}后不再要求", f"by {by.events(rule.cancelled_by)}"
            ),
        )
    return card.common(rule)


def _evidence(card: Card, keys: tuple[str, ...], events: tuple[str, ...]) -> None:
    by = card.by.about(events)
    card.row("evidence", by.listed(by.key(key) for key in keys))


def _each(card: Card, each: EachValue | None) -> None:
    if each is not None:
        by = card.by
        values = by.pick("、", ", ").join(
            by.value(value, Key(each.key, "text")) for value in each.values
        )
        card.row("each", by.pick(f"{by.key(each.key)}：{values}", f"{by.key(each.key)}: {values}"))


def cadence(rule: CadenceRule, everything: Speaker) -> list[Phrase]:
    """Each customer of a kind must get something so often."""
    by = everything.about_keys(everything.vocabulary.customer_keys)
    every, who, do = say_every(rule.every, by), named(rule.who, by), by.events(rule.do)
    often = "once" if rule.at_least == 1 else f"{rule.at_least} times"
    times = by.pick(f"至少 {rule.at_least} 次", f"at least {often}")
    card = Card(
        by,
        by.pick(
            f"每位符合条件的客户{every}{times}{do}，由{who}负责",
            f"each customer concerned gets {do} {times} {every}; {who} answers for it",
        ),
    )
    card.condition("for", rule.customers).when(rule).row("who", who).row(
        "do", f"{do}{by.pick('', ' ')}{times}"
    )
    card.row(
        "every",
        every + by.pick("（从最近一次起算）", " (from the last one)") if rule.rolling else every,
    )
    if rule.by is not None and not rule.rolling:
        card.row("due", say_point_due(rule.by, rule.every, rule.shift, by))  # type: ignore[arg-type]
    card.condition("where", rule.where, by.of_earlier(rule.do))
    card.row("remind", say_reminders(rule.remind, by) if rule.remind else None)
    if rule.breach is not None:
        card.row("breach", by.pick("每缺一次记违规一次", "a breach for each one missing"))
    return card.common(rule)


def recurring(rule: RecurringRule, everything: Speaker) -> list[Phrase]:
    """Somebody must do something in every period."""
    by = everything.about_keys(everything.vocabulary.staff_keys)
    every, who, do = say_every(rule.every, by), named(rule.who, by), by.events(rule.do)
    times = (
        ""
        if rule.at_least == 1
        else by.pick(f"至少 {rule.at_least} 次", f" at least {rule.at_least} times")
    )
    card = Card(
        by, by.pick(f"{who}{every}须{times}完成{do}", f"{every}, {who} must complete {do}{times}")
    )
    card.row("who", who).when(rule).row("do", do + by.pick(times, times)).row("every", every)
    if rule.by is not None and isinstance(rule.every, str):
        card.row("due", say_point_due(rule.by, rule.every, rule.shift, by))
    elif isinstance(rule.every, str):
        card.row("due", by.pick("周期的最后一天", "the last day of the period"))
    card.condition("where", rule.where, by.of_earlier(rule.do))
    _evidence(card, rule.evidence, rule.do)
    if rule.signed:
        card.row("evidence", by.pick("签字齐全", "all signatures"))
    _each(card, rule.for_each)
    if rule.done_by == "anyone":
        card.row("count", by.pick("任何人完成都算", "whoever does it"))
    elif rule.done_by is not None:
        done = say_path(rule.done_by, by.about(rule.do))
        card.row("count", by.pick(f"算作{done}完成", f"as done by {done}"))
    card.row("remind", say_reminders(rule.remind, by) if rule.remind else None).code(rule.breach)
    return card.row("escalate", say_ladder(rule.escalate, by)).common(rule)


def quota(rule: QuotaRule, everything: Speaker) -> list[Phrase]:
    """Of the events of a kind a share must be followed by another."""
    by = everything.about(rule.of)
    share = f"{by.number(rule.share * 100)}%"
    every, of, do = say_every(rule.every, by), by.events(rule.of), by.events(rule.do)
    within = say_within(rule.within, by) if rule.within is not None else ""
    who = named(rule.who, by)
    card = Card(
        by,
        by.pick(
            f"{every}的{of}中，至少 {share} 须{in_time(within)}完成{do}",
            f"of {of} {every}, at least {share} must be followed by {do} {within}".rstrip(),
        ),
    )
    card.row("when", of).when(rule).row("who", who).row("do", do).row("due", within)
    card.row("every", every).row("share", share)
    card.condition("where", rule.where, by.of_earlier(rule.do)).same(rule.match)
    if rule.per is not None:
        per = say_path(rule.per, by)
        card.row("count", by.pick(f"每个{per}分别计算", f"apart for each value of {per}"))
    if rule.breach is not None:
        card.row(
            "fault", by.pick("未达到的，按所缺件数记违规", "a breach that counts those missing")
        )
    return card.common(rule)
