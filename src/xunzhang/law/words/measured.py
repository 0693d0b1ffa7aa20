"""Cards of what is measured: checklist, grade, target."""

from __future__ import annotations

from xunzhang.law.conditions import ALWAYS, Condition, Range, Test
from xunzhang.law.metrics import Tally, tallies
from xunzhang.law.periods import Point
from xunzhang.law.rules.checklist import ChecklistRule, Item
from xunzhang.law.rules.grade import GradeRule, Indicator
from xunzhang.law.rules.target import TargetRule
from xunzhang.law.text import say
from xunzhang.law.words.card import Card
from xunzhang.law.words.conditions import compared, said, say_range
from xunzhang.law.words.metrics import say_bound, say_metric
from xunzhang.law.words.phrase import Phrase
from xunzhang.law.words.speaker import Speaker
from xunzhang.law.words.times import in_time, say_every, say_point_due, say_within
from xunzhang.law.words.whos import named


def checklist(rule: ChecklistRule, everything: Speaker) -> list[Phrase]:
    """What a file must hold."""
    by = _place(rule, everything)
    file, number = say(rule.file, by.lang) or by.pick("档案", "file"), len(rule.items)
    items = "1 item" if number == 1 else f"{number} items"
    card = Card(
        by,
        by.pick(
            f"{_checked(rule, by)}{file}须备齐 {number} 项材料",
            f"{_checked(rule, by)}the {by.inside(file)} must hold {items}",
        ),
    )
    card.row("when", by.events(rule.on)).row(
        "action", by.action(rule.action) if rule.action is not None else None
    )
    card.when(rule).row("file", say(rule.file, by.lang))
    for item in rule.items:
        card.row("items", _item(item, by))
    card.row("who", named(rule.who, by) if rule.who is not None else None)
    if rule.action is not None:
        card.row("fault", by.pick("缺项时不予办理", "refused while an item is missing"))
    if rule.breach is not None:
        card.row(
            "fault", by.pick("缺项记违规，按缺少的项数计", "a breach that counts the missing items")
        )
    if rule.unsigned is not None:
        card.row(
            "fault", by.pick("缺签字的另记违规", "missing signatures are a breach of their own")
        )
    return card.common(rule)


def _place(rule: ChecklistRule, everything: Speaker) -> Speaker:
    if rule.on:
        return everything.about(rule.on)
    if rule.action is not None:
        return everything.about((rule.action,), asking=True)
    return everything.about_keys(everything.vocabulary.customer_keys)


def _checked(rule: ChecklistRule, by: Speaker) -> str:
    if rule.on:
        return by.pick(f"{by.events(rule.on)}时，", f"at {by.events(rule.on)}, ")
    if rule.action is not None:
        return by.pick(f"{by.action(rule.action)}前，", f"before {by.action(rule.action)}, ")
    return by.pick("每位客户的", "of each customer, ")


def _item(item: Item, by: Speaker) -> str:
    more = []
    if item.copies > 1:
        more.append(by.pick(f"{item.copies} 份", f"{item.copies} copies"))
    if item.signed:
        more.append(by.pick("须签字", "signed"))
    if item.condition is not ALWAYS:
        more.append(by.pick(f"{said(item.condition, by)}时", f"where {said(item.condition, by)}"))
    label = say(item.label, by.lang)
    return label + by.pick(f"（{'，'.join(more)}）", f" ({', '.join(more)})") if more else label


def grade(rule: GradeRule, everything: Speaker) -> list[Phrase]:
    """A score from indicators, or the class of a thing."""
    by = _graded(rule, everything)
    classes = by.pick("、", ", ").join(one for one, _ in rule.classes)
    if rule.of_thing:
        thing = by.pick("客户", "customers") if rule.of == "customer" else by.pick("员工", "staff")
        title = by.quoted(rule.name)
        card = Card(
            by,
            by.pick(f"{title}：给{thing}评分定级", f"{title}: how {thing} are scored and classed"),
        )
    else:
        kinds = by.vocabulary.events
        thing = by.event(rule.of) if rule.of in kinds else by.action(rule.of)
        key = by.label(rule.key or "", {})
        card = Card(
            by, by.pick(f"{thing}按情况定{key}：{classes}", f"the {key} of {thing}: {classes}")
        )
    card.when(rule)
    for one in rule.indicators:
        card.row("indicators", _indicator(one, by))
    for name, condition in rule.classes:
        words = _class(condition, by)
        card.row("classes", by.pick(f"{name}：{words}", f"{name}: {words}"))
    card.row("every", say_every(rule.every, by) if rule.every is not None else None)
    if isinstance(rule.by, Point):
        card.row("due", say_point_due(rule.by, rule.every or rule.by.natural_period, None, by))
    elif rule.by is not None:
        card.row("who", named(rule.by, by))
    if rule.first_after is not None:
        first = rule.first_after.say(by.lang)
        card.row("opens", by.pick(f"备案 {first}后首次评定", f"first {first} after filing"))
    return card.common(rule)


def _graded(rule: GradeRule, everything: Speaker) -> Speaker:
    vocabulary = everything.vocabulary
    if rule.of == "customer":
        return everything.about_keys(vocabulary.customer_keys)
    if rule.of == "staff":
        return everything.about_keys(vocabulary.staff_keys)
    return everything.about((rule.of,), asking=rule.of in vocabulary.actions)


def _class(condition: Condition, by: Speaker) -> str:
    if condition is ALWAYS:
        return by.pick("其他情况", "otherwise")
    if isinstance(condition, Test) and condition.path.text == "score":
        return by.pick(f"得分{_score(condition, by)}", f"a score that {_score(condition, by)}")
    return said(condition, by)


def _score(test: Test, by: Speaker) -> str:
    if isinstance(test.operand, Range):
        return say_range(test.operand, test.path.key, by)
    return compared(test, by)


def _indicator(one: Indicator, by: Speaker) -> str:
    name = say(one.label or {}, by.lang) or by.key(one.key)
    parts = [by.pick(f"权重 {by.number(one.weight)}", f"weight {by.number(one.weight)}")]
    if one.metric is not None:
        parts.append(say_metric(one.metric, by))
    parts += [
        by.pick(
            f"{by.number(low)} 起得 {by.number(points)} 分",
            f"{by.number(points)} points from {by.number(low)}",
        )
        for low, points in one.bands
    ]
    parts += [
        by.pick(f"“{value}”得 {by.number(points)} 分", f"{by.number(points)} points for “{value}”")
        for value, points in one.choices.items()
    ]
    return by.pick(f"{name}：{'，'.join(parts)}", f"{name}: {', '.join(parts)}")


def target(rule: TargetRule, everything: Speaker) -> list[Phrase]:
    """A measure of each period that must reach, or not exceed, a value."""
    by = everything.about(part.event for part in tallies(rule.metric) if isinstance(part, Tally))
    metric, every = say_metric(rule.metric, by), say_every(rule.every, by)
    aim = rule.at_least if rule.at_least is not None else rule.at_most
    value = say_bound(rule.metric, aim, by) if aim is not None else ""
    bound = by.pick(
        f"{'不低于' if rule.at_least is not None else '不超过'} {value}",
        f"at {'least' if rule.at_least is not None else 'most'} {value}",
    )
    card = Card(by, by.pick(f"{every}{metric}应{bound}", f"{every} {metric} should be {bound}"))
    card.row("metric", metric).when(rule).row("every", every).row("target", bound)
    card.row("who", named(rule.who, by) if rule.who is not None else None)
    if rule.duty is not None:
        due = say_within(rule.duty.within, by) if rule.duty.within is not None else ""
        who, do = named(rule.duty.who, by), by.events(rule.duty.do)
        card.row(
            "fault",
            by.pick(
                f"未达到的，{who}须{in_time(due)}完成{do}",
                f"otherwise {who} must complete {do} {due}".rstrip(),
            ),
        )
    return card.code(rule.breach, "fault").common(rule)
