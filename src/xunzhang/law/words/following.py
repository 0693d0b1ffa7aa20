"""Cards of what follows: breach, sanction, award, promotion."""

from __future__ import annotations

from decimal import Decimal

from xunzhang.law.durations import Duration
from xunzhang.law.paths import Path
from xunzhang.law.rules.award import AwardRule, PerUnit
from xunzhang.law.rules.breach import BreachRule
from xunzhang.law.rules.promotion import PromotionRule
from xunzhang.law.rules.sanction import Fine, SanctionRule, Step
from xunzhang.law.spans import Period
from xunzhang.law.words.card import Card
from xunzhang.law.words.conditions import say_path
from xunzhang.law.words.metrics import say_bound, say_metric
from xunzhang.law.words.phrase import Phrase
from xunzhang.law.words.speaker import Speaker
from xunzhang.law.words.times import say_every
from xunzhang.law.words.whos import named

_STEPS = {
    "education": ("批评教育", "education"),
    "oral warning": ("口头警告", "an oral warning"),
    "written warning": ("书面警告", "a written warning"),
    "warning": ("警告", "a warning"),
    "dismissal": ("解除劳动合同", "dismissal"),
}


def breach(rule: BreachRule, everything: Speaker) -> list[Phrase]:
    """An event that is wrong in itself."""
    by = everything.about(rule.when)
    when, who = by.events(rule.when), named(rule.who, by)
    card = Card(by, by.pick(f"{when}属于违规，责任人为{who}", f"{when} is a breach by {who}"))
    card.row("when", when).when(rule).row("who", who)
    if isinstance(rule.count, Path):
        card.row(
            "count", by.pick(f"按{say_path(rule.count, by)}计", f"by {say_path(rule.count, by)}")
        )
    elif rule.count != 1:
        card.row("count", by.pick(f"每次计 {rule.count}", f"{rule.count} each time"))
    return card.common(rule)


def sanction(rule: SanctionRule, everything: Speaker) -> list[Phrase]:
    """What is proposed for a breach; a person decides."""
    by = everything.about(("breach.raised",))
    codes, what = by.listed(map(by.code, rule.codes), either=True), _proposed(rule, by)
    card = Card(by, by.pick(f"{codes}的，拟{what}", f"for {codes}, {what} is proposed"))
    card.row("when", codes).when(rule).row("sanction", what)
    _counting(card, rule)
    if rule.double_from is not None:
        card.row(
            "double",
            by.pick(f"第 {rule.double_from} 次起加倍", f"from the {_nth(rule.double_from)} one on"),
        )
    card.row("also", by.listed(named(who, by) for who in rule.also))
    card.row(
        "confirm",
        by.pick(
            f"由{named(rule.confirm, by)}确认、减轻或免除",
            f"{named(rule.confirm, by)}, who may confirm, lower or waive it",
        ),
    )
    return card.common(rule)


def _proposed(rule: SanctionRule, by: Speaker) -> str:
    parts: list[str] = []
    if rule.fine is not None:
        unit = by.label(rule.per, by.labels.get(rule.per, {})) if rule.per is not None else ""
        each = by.pick(f"（按{unit}计）", f" for each {unit}") if unit else ""
        parts.append(say_fine(rule.fine, by) + each)
    if rule.steps:
        words = [say_step(one, by) for one in rule.steps]
        ladder = by.pick(f"依次{' → '.join(words)}", f"in turn {', then '.join(words)}")
        parts.append(ladder if len(words) > 1 else words[0])
    if rule.deduct is not None:
        parts.append(say_step(("deduct", rule.deduct), by))
    if rule.choose:
        choices = by.listed(rule.choose, either=True)
        parts.append(by.pick(f"由决定人选定{choices}", f"one of {choices}"))
    return by.pick("，并", " and ").join(parts)


def say_fine(fine: Fine, by: Speaker) -> str:
    """`罚款 50 元`, `罚款 100 至 1000 元`, a fine that a person sets."""
    if isinstance(fine, Decimal):
        return by.pick(f"罚款 {by.number(fine)} 元", f"a fine of CNY {by.number(fine)}")
    if fine == "open":
        return by.pick("罚款（金额由决定人确定）", "a fine that the decider sets")
    low, high = fine.replace("..=", "..").split("..")
    return by.pick(f"罚款 {low} 至 {high} 元", f"a fine of CNY {low} to {high}")


def say_step(step: Step, by: Speaker) -> str:
    """One step of a ladder of sanctions."""
    if not isinstance(step, tuple):
        return say_fine(step, by)
    kind, words = step
    if kind == "step":
        return by.pick(*_STEPS.get(words, (words, words)))
    low, _, high = words.replace("..=", "..").partition("..")
    span = by.pick(f"{low} 至 {high}", f"{low} to {high}") if high else low
    return by.pick(f"扣绩效工资 {span}", f"a deduction of {span} of performance pay")


def _counting(card: Card, rule: SanctionRule) -> None:
    by = card.by
    parts = []
    if rule.over is not None and (rule.steps or rule.since > 1 or rule.double_from is not None):
        parts.append(_over(rule.over, by))
    if rule.counting:
        others = by.listed(map(by.code, rule.counting))
        parts.append(by.pick(f"与{others}合并计次", f"together with {others}"))
    if rule.once_per is not None:
        parts.append(
            by.pick(
                f"同一{by.key(rule.once_per)}算一次", f"one for the same {by.key(rule.once_per)}"
            )
        )
    if rule.since > 1:
        parts.append(by.pick(f"从第 {rule.since} 次起", f"from the {_nth(rule.since)} on"))
    card.row("repeat", by.pick("，", ", ").join(parts))


def _over(over: Period | Duration, by: Speaker) -> str:
    """The time over which occurrences are counted together."""
    if isinstance(over, Duration):
        return by.pick(f"最近 {over.say('zh')}内累计", f"counted over the last {over.say('en')}")
    name = say_every(over, by)
    zh, en = name.removeprefix("每").removeprefix("个"), name.removeprefix("every ")
    return by.pick(f"同一{zh}内累计", f"counted over one {en}")


def _nth(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(number % 10, 'th')}"


def award(rule: AwardRule, everything: Speaker) -> list[Phrase]:
    """An event that earns points."""
    by = everything.about(rule.when)
    when = by.events(rule.when)
    to = say_path(rule.to, by) if isinstance(rule.to, Path) else named(rule.to, by)
    points = _points(rule.points, by)
    card = Card(by, by.pick(f"{when}，{to}得 {points}", f"for {when}, {to} gets {points}"))
    card.row("when", when).when(rule).row("to", to).row("points", points)
    if rule.once:
        names = [by.key(key) for key in rule.once]
        card.row(
            "once",
            by.pick(f"同一{'、'.join(names)}只计一次", f"once for the same {by.listed(names)}"),
        )
    return card.common(rule)


def _points(points: Decimal | PerUnit, by: Speaker) -> str:
    if isinstance(points, PerUnit):
        key = points.of
        unit = by.number(points.per, money=key.key.type == "money")
        return by.pick(
            f"{by.number(points.give)} 分（{say_path(key, by)}每满 {unit}）",
            f"{by.number(points.give)} points for every whole {unit} of {say_path(key, by)}",
        )
    return by.pick(f"{by.number(points)} 分", f"{by.number(points)} points")


def promotion(rule: PromotionRule, everything: Speaker) -> list[Phrase]:
    """Whoever keeps reaching a number earns another role."""
    by = everything
    metric, value = say_metric(rule.metric, by), say_bound(rule.metric, rule.at_least, by)
    every = say_every(rule.every, by)
    old, new, times = rule.from_role, rule.to_role, rule.periods
    card = Card(
        by,
        by.pick(
            f"{old}连续 {times} 个周期达标的，晋升为{new}",
            f"a {old} who reaches the target {times} times in a row becomes {new}",
        ),
    )
    card.row("who", rule.from_role).when(rule).row("metric", metric)
    card.row(
        "target",
        by.pick(
            f"{every}不低于 {value}，连续 {times} 次",
            f"at least {value} {every}, {times} times in a row",
        ),
    )
    return card.row("to", rule.to_role).common(rule)
