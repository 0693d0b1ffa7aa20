"""Cards of who has it and what is said: allocation, reclaim, post, set, guide, notice."""

from __future__ import annotations

from xunzhang.law.facts import Value
from xunzhang.law.paths import Path
from xunzhang.law.rules.allocation import AllocationRule
from xunzhang.law.rules.guide import GuideRule
from xunzhang.law.rules.notice import NoticeRule
from xunzhang.law.rules.post import PostRule
from xunzhang.law.rules.reclaim import ReclaimRule
from xunzhang.law.rules.set import SetRule
from xunzhang.law.text import say
from xunzhang.law.vocabulary import Key
from xunzhang.law.words.card import Card
from xunzhang.law.words.conditions import say_path
from xunzhang.law.words.phrase import Phrase
from xunzhang.law.words.speaker import Speaker
from xunzhang.law.words.times import say_again, say_reminders, say_within
from xunzhang.law.words.whos import named

_METHODS = {
    "equal": ("平均分配，已分得少的优先", "evenly, whoever got fewest first"),
    "load": ("未完成任务少的优先", "whoever has the fewest open duties first"),
    "region": ("同一地区的优先", "whoever is of the same region"),
}


def allocation(rule: AllocationRule, everything: Speaker) -> list[Phrase]:
    """An event whose customer or case is given to somebody."""
    by = everything.about(rule.when)
    when, among = by.events(rule.when), named(rule.among, by)
    what = by.pick("个案", "the case") if rule.gives == "case" else by.pick("客户", "the customer")
    card = Card(
        by,
        by.pick(
            f"{when}后，把{what}分给{among}中的一人",
            f"after {when}, {what} is given to one of {among}",
        ),
    )
    card.row("when", when).when(rule).row("to", among)
    return card.row("method", by.pick(*_METHODS[rule.method])).common(rule)


def reclaim(rule: ReclaimRule, everything: Speaker) -> list[Phrase]:
    """A customer for whom nothing happens goes back."""
    by = everything.about_keys(everything.vocabulary.customer_keys)
    without, within = by.events(rule.without), rule.within.say(by.lang)
    to = by.pick("公海", "the pool") if rule.to == "pool" else named(rule.to, by)
    card = Card(
        by,
        by.pick(
            f"客户连续 {within}没有{without}的，转给{to}",
            f"a customer without {without} for {within} goes to {to}",
        ),
    )
    card.when(rule).row(
        "due",
        by.pick(
            f"从最近一次、备案或交接之日起 {within}",
            f"{within} from the last one, the filing or the hand-over",
        ),
    )
    card.row("to", to).row("remind", say_reminders(rule.remind, by) if rule.remind else None)
    return card.common(rule)


def post(rule: PostRule, everything: Speaker) -> list[Phrase]:
    """A role that must be filled, or customers that must have an owner."""
    by = everything.about_keys(everything.vocabulary.customer_keys)
    who = named(rule.who, by)
    if rule.role is not None:
        card = Card(by, by.pick(f"{rule.role}不得空缺", f"the post of {rule.role} must be filled"))
        card.row("role", rule.role)
    else:
        card = Card(
            by, by.pick("符合条件的客户须有负责人", "each customer concerned must have an owner")
        )
        card.condition("for", rule.customers)
    card.when(rule).row("who", who)
    if rule.within is not None:
        due = say_within(rule.within, by)
        card.row("due", by.pick(f"空缺后 {due}补上", f"filled {due}"))
    card.row("fault", by.pick(f"空缺的，{who}记违规", f"a breach by {who}"))
    return card.row("again", say_again(rule.again, by) if rule.again is not None else None).common(
        rule
    )


def set_(rule: SetRule, everything: Speaker) -> list[Phrase]:
    """An event that changes what is known."""
    by = everything.about(rule.when)
    when, vocabulary = by.events(rule.when), everything.vocabulary
    changes = [
        _change(key, value, vocabulary.customer_keys.get(key), ("客户", "the customer's "), by)
        for key, value in rule.customer.items()
    ]
    changes += [
        _change(key, value, vocabulary.staff_keys.get(key), ("员工", "the person's "), by)
        for key, value in rule.staff.items()
    ]
    card = Card(
        by,
        by.pick(
            f"{when}后，{changes[0] if len(changes) == 1 else '更新资料'}",
            f"with {when}, {changes[0] if len(changes) == 1 else 'the record changes'}",
        ),
    )
    card.row("when", when).when(rule)
    for one in changes:
        card.row("sets", one)
    return card.common(rule)


def _change(key: str, value: Value, known: Key | None, whose: tuple[str, str], by: Speaker) -> str:
    label = by.label(key, known.label if known is not None else {})
    found = say_path(value, by) if isinstance(value, Path) else by.value(value, known)
    subject = label if label.startswith(whose[0]) else by.pick(*whose) + label
    if isinstance(value, Path):
        return by.pick(f"{subject}取自所填的{found}", f"{subject} is taken from {found}")
    return by.pick(f"{subject}改为{found}", f"{subject} becomes {found}")


def guide(rule: GuideRule, everything: Speaker) -> list[Phrase]:
    """A word of help."""
    by = everything.about((rule.at,), asking=True)
    at = by.title(rule.at.partition("/")[2]) if "/" in rule.at else by.action(rule.at)
    text = say(rule.text, by.lang)
    return Card(by, text).row("action", at).when(rule).common(rule)


def notice(rule: NoticeRule, everything: Speaker) -> list[Phrase]:
    """An event of which people are told."""
    by = everything.about(rule.when)
    when, to = by.events(rule.when), named(rule.to, by)
    card = Card(by, by.pick(f"{when}时通知{to}", f"{when} is made known to {to}"))
    card.row("when", when).when(rule).row("to", to).row("text", say(rule.text, by.lang))
    if rule.read_within is not None:
        due = say_within(rule.read_within, by)
        card.row("read", by.pick(f"{due}须确认已读", f"to be read {due}"))
        card.row("remind", say_reminders(rule.remind, by) if rule.remind else None).code(
            rule.breach
        )
    return card.common(rule)
