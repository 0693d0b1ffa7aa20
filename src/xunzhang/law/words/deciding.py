"""Cards of what may be done: gate, approval, cap."""

from __future__ import annotations

from xunzhang.law.conditions import ALWAYS
from xunzhang.law.rules.approval import ApprovalRule, Row, StepTable
from xunzhang.law.rules.cap import CapRule, Limit
from xunzhang.law.rules.gate import GateRule
from xunzhang.law.text import say
from xunzhang.law.words.card import Card
from xunzhang.law.words.conditions import said, say_path
from xunzhang.law.words.phrase import Phrase
from xunzhang.law.words.speaker import Speaker, spaced
from xunzhang.law.words.times import say_every, say_within
from xunzhang.law.words.whos import steps


def gate(rule: GateRule, everything: Speaker) -> list[Phrase]:
    """An action that is refused unless, or where, something holds."""
    by = everything.about((rule.action,), asking=True)
    action = by.action(rule.action)
    only = said(rule.only_if, by) if rule.only_if is not None else None
    refuse = said(rule.refuse_if, by) if rule.refuse_if is not None else None
    waits = by.listed(map(by.rule, rule.not_while))
    card = Card(by, _gate_headline(rule, by, only, refuse, waits))
    card.row("action", action).when(rule).row("only_if", only)
    card.condition("refuse_if", rule.refuse_if)
    if waits:
        card.row("not_while", by.pick(f"{waits}所定事项", f"what {waits} asks for is still open"))
    return card.row("say", say(rule.say, by.lang)).common(rule)


def _gate_headline(
    rule: GateRule, by: Speaker, only: str | None, refuse: str | None, waits: str
) -> str:
    action = by.action(rule.action)
    verb = (
        by.pick("提出警示", "brings a warning") if rule.warn else by.pick("不予办理", "is refused")
    )
    if only is not None:
        return by.pick(f"{action}须{only}，否则{verb}", f"{action} {verb} unless {only}")
    if rule.refuse_if is ALWAYS:
        return by.pick(
            f"{action}一律{verb}",
            f"{action} always {verb}" if rule.warn else f"{action} is always refused",
        )
    if refuse is not None:
        return by.pick(f"{refuse}的，{action}{verb}", f"{action} {verb} where {refuse}")
    return by.pick(
        f"{waits}所定事项未完成前，{action}{verb}",
        f"{action} {verb} while what {waits} asks for is open",
    )


def approval(rule: ApprovalRule, everything: Speaker) -> list[Phrase]:
    """An action that needs people's consent."""
    by = everything.about((rule.action,), asking=True)
    action, rows = by.action(rule.action), rule.table.rows
    if len(rows) == 1 and rows[0].condition is ALWAYS and rows[0].by:
        people = steps(rows[0].by, by)
        headline = by.pick(f"{action}须经{people}批准", f"{action} needs the approval of {people}")
    else:
        headline = by.pick(f"{action}按情况审批", f"{action} is approved as the table says")
    card = Card(by, headline).row("action", action).when(rule)
    table(card, rule.table, by)
    if rule.match is not None:
        card.same(rule.match)
    if rule.valid is not None:
        valid = say_within(rule.valid, by)
        card.row("valid", by.pick(spaced("批准后", "", valid), f"{valid} of the last step"))
    return card.common(rule)


def table(card: Card, found: StepTable, by: Speaker) -> None:
    """One row for each row of an approval table."""
    for row in found.rows:
        card.row("steps", say_row(row, by))


def say_row(row: Row, by: Speaker) -> str:
    """A row of an approval table."""
    if row.refuse is not None:
        message = say(row.refuse, by.lang)
        what = by.pick(f"不予办理：{message}", f"refused: {message}")
    elif row.allow:
        what = by.pick("不须审批", "no approval needed")
    else:
        what = steps(row.by, by)
    if row.condition is ALWAYS:
        return what
    return by.pick(f"{said(row.condition, by)}：{what}", f"where {said(row.condition, by)}: {what}")


def cap(rule: CapRule, everything: Speaker) -> list[Phrase]:
    """A limit that an action may not exceed."""
    by = everything.about((rule.action,), asking=True)
    action = by.action(rule.action)
    limits = by.listed(say_limit(one, by) for one in rule.limits)
    total = _total(rule, by)
    card = Card(by, by.pick(f"{action}{total}{limits}", f"{action}{total}: {limits}"))
    card.row("action", action).when(rule)
    for one in rule.limits:
        card.row("limit", say_limit(one, by))
    if rule.of:
        card.row("count", by.pick(f"累计{by.events(rule.of)}", f"with {by.events(rule.of)} so far"))
    if rule.per is not None:
        per = say_path(rule.per, by)
        card.row("each", by.pick(f"每个{per}", f"apart for each value of {per}"))
    card.row("every", say_every(rule.every, by) if rule.every is not None else None)
    _over(card, rule)
    return card.common(rule)


def _total(rule: CapRule, by: Speaker) -> str:
    if not rule.of:
        return by.pick("的", "")
    every = say_every(rule.every, by) if rule.every is not None else by.pick("历来", "ever")
    return by.pick(f"{every}累计", f", in total {every}")


def say_limit(limit: Limit, by: Speaker) -> str:
    """`金额不超过 500 元`, `the amount is at most CNY 500 × the guests`."""
    key = limit.key
    name = say_path(key, by) if key is not None else by.pick("次数", "the number of times")
    amount = by.number(limit.amount, money=key is not None and key.key.type == "money")
    if limit.times is not None:
        amount = f"{amount} × {say_path(limit.times, by)}"
    return by.pick(f"{name}不超过 {amount}", f"{name} is at most {amount}")


def _over(card: Card, rule: CapRule) -> None:
    by = card.by
    if isinstance(rule.over, StepTable):
        table(card, rule.over, by)
        return
    card.row(
        "over",
        by.pick("提出警示", "a warning") if rule.over == "warn" else by.pick("不予办理", "refused"),
    )
