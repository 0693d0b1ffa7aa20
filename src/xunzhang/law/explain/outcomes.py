"""Why a duty was opened, a breach raised, a sanction proposed, an action refused."""

from __future__ import annotations

from dataclasses import dataclass

from xunzhang.law.book import Book
from xunzhang.law.explain.because import Fact, Place, facts_of, place_of, voice
from xunzhang.law.explain.due import Day, days_of
from xunzhang.law.explain.names import Names, everybody, plain
from xunzhang.law.outcome import Because, Breach, Duty, Reason, Ruling, Sanction, Step
from xunzhang.law.text import say
from xunzhang.law.times import say_due
from xunzhang.law.words.following import say_fine, say_step
from xunzhang.law.words.rules import say_rule_as
from xunzhang.law.words.speaker import Speaker
from xunzhang.law.words.stages import say_stage

_STATES = {
    "waiting": ("尚未开始", "not yet begun"),
    "open": ("进行中", "open"),
    "suspended": ("已暂停", "paused"),
    "overdue": ("已逾期", "overdue"),
    "done": ("按时完成", "done in time"),
    "late": ("逾期完成", "done late"),
    "cancelled": ("已取消", "cancelled"),
}
_RULINGS = {
    "allowed": ("可以办理", "it may be done"),
    "refused": ("不予办理", "it is refused"),
    "needs_approval": ("须经审批", "it needs approval"),
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer to “why?”: a sentence, the rule in words, where it stands, what decided, the days counted."""

    headline: str
    rule: str
    place: Place
    facts: tuple[Fact, ...]
    days: tuple[Day, ...] = ()


@dataclass(frozen=True, slots=True)
class RulingExplanation:
    """Why an action may be done, or not: a sentence and one explanation for each ground and step."""

    headline: str
    grounds: tuple[Explanation, ...]
    warnings: tuple[Explanation, ...]
    steps: tuple[Explanation, ...]


def explain_duty(duty: Duty, book: Book, lang: str = "zh", names: Names = plain) -> Explanation:
    """Why a duty exists, whose it is, and why it is due when it is."""
    by = voice(duty.because, book, lang)
    who, state = everybody(duty.who, by, names), by.pick(*_STATES[duty.state])
    due = say_due(duty.due, by.lang) if duty.due is not None else by.pick("不限期", "no due time")
    headline = by.pick(f"{who}的任务，期限 {due}，{state}", f"a duty of {who}, due {due}, {state}")
    return _explained(
        headline, duty.because, book, by, names, days=tuple(days_of(duty, book, by)), uid=duty.uid
    )


def explain_breach(
    breach: Breach, book: Book, lang: str = "zh", names: Names = plain, duty: Duty | None = None
) -> Explanation:
    """Why a breach was raised; with the duty that was missed, the days of its due time too."""
    by = voice(breach.because, book, lang)
    who, code, count = (
        everybody(breach.who, by, names),
        by.code(breach.code),
        by.value(breach.count),
    )
    again = by.pick("（再次逾期）", " (still undone)") if breach.again else ""
    headline = by.pick(
        f"{who}{code}{again}，计 {count}，属于 {breach.on.isoformat()}",
        f"{code} by {who}{again}, counted {count}, of {breach.on.isoformat()}",
    )
    days = tuple(days_of(duty, book, by)) if duty is not None else ()
    return _explained(headline, breach.because, book, by, names, days=days)


def explain_sanction(
    sanction: Sanction, book: Book, lang: str = "zh", names: Names = plain
) -> Explanation:
    """Why something is proposed, and who decides."""
    by = voice(sanction.because, book, lang)
    who, confirm = everybody(sanction.who, by, names), everybody(sanction.confirm, by, names)
    doubled = by.pick("（加倍）", " (doubled)") if sanction.doubled else ""
    what = _proposed(sanction, by) + doubled
    headline = by.pick(
        f"第 {sanction.number} 次，拟对{who}{what}，由{confirm}决定",
        f"number {sanction.number}: {what} proposed for {who}, to be decided by {confirm}",
    )
    return _explained(headline, sanction.because, book, by, names)


def _proposed(sanction: Sanction, by: Speaker) -> str:
    if sanction.fine is not None:
        return say_fine(sanction.fine, by)
    if sanction.step is not None:
        return say_step(("step", sanction.step), by)
    if sanction.deduct is not None:
        return say_step(("deduct", sanction.deduct), by)
    return by.listed(sanction.choose or (), either=True)


def explain_ruling(
    ruling: Ruling, book: Book, lang: str = "zh", names: Names = plain
) -> RulingExplanation:
    """Why an action is allowed, refused, or needs which people's approval."""
    reasons: list[Because] = [one.because for one in ruling.reasons]
    by = voice(reasons[0] if reasons else Because("", "", "", ""), book, lang)
    grounds = tuple(_ground(one, book, lang, names) for one in ruling.reasons)
    steps = tuple(
        _step(one, number, book, lang, names) for number, one in enumerate(ruling.steps, 1)
    )
    warnings = tuple(_ground(one, book, lang, names) for one in ruling.warnings)
    return RulingExplanation(
        _whole(by.pick(*_RULINGS[ruling.ruling]), by), grounds, warnings, steps
    )


def _ground(reason: Reason, book: Book, lang: str, names: Names) -> Explanation:
    by = voice(reason.because, book, lang)
    told = say(reason.say, by.lang)
    place = by.article(reason.text) if reason.text == reason.because.article else reason.text
    headline = by.pick(f"{place}：{told}", f"{place}: {told}") if told else place
    return _explained(headline, reason.because, book, by, names)


def _step(step: Step, number: int, book: Book, lang: str, names: Names) -> Explanation:
    by = voice(step.because, book, lang)
    who = by.listed(map(names, step.who), either=True)
    headline = by.pick(f"第 {number} 步由{who}审批", f"step {number}: {who}")
    return _explained(headline, step.because, book, by, names)


def _explained(
    headline: str,
    because: Because,
    book: Book,
    by: Speaker,
    names: Names,
    *,
    days: tuple[Day, ...] = (),
    uid: str | None = None,
) -> Explanation:
    uid = uid or f"{because.policy}@{because.version}/{because.rule}"
    return Explanation(
        _whole(headline, by),
        _rule(uid, book, by),
        place_of(because, book, by.lang),
        tuple(facts_of(because, book, by, names)),
        days,
    )


def _rule(uid: str, book: Book, by: Speaker) -> str:
    """The headline of the rule's card, or the title of the stage."""
    rule, stage = book.rule(uid), book.stage(uid)
    if rule is not None:
        return say_rule_as(rule, by)[0].text
    return say_stage(stage[1], stage[0], by)[0].text if stage is not None else ""


def _whole(text: str, by: Speaker) -> str:
    """The text as a sentence."""
    return text[0].upper() + text[1:] + by.pick("。", ".")
