"""Whos as people are named: `客户负责人`, `the head of the sales consultant's department`."""

from __future__ import annotations

from xunzhang.law import who as w
from xunzhang.law.conditions import ALWAYS, Condition
from xunzhang.law.paths import Path
from xunzhang.law.vocabulary import Vocabulary
from xunzhang.law.words.conditions import said, say_path
from xunzhang.law.words.speaker import Speaker, speaker

_SIMPLE: dict[type, tuple[str, str]] = {
    w.By: ("经办人", "the person who recorded it"),
    w.Owner: ("客户负责人", "the customer's owner"),
    w.InBreach: ("责任人", "the person in breach"),
    w.Everyone: ("全体员工", "all staff"),
}


def say_who(who: w.Who, lang: str, vocabulary: Vocabulary | None = None) -> str:
    """The people that a who names."""
    return named(who, speaker(vocabulary or Vocabulary(), lang))


def named(who: w.Who, by: Speaker) -> str:
    """The people that a who names, in the words of a speaker."""
    match who:
        case w.By() if by.asking:
            return by.pick("申请人", "the asker")
        case w.By() | w.Owner() | w.InBreach() | w.Everyone():
            return by.pick(*_SIMPLE[type(who)])
        case w.Keyed(path):
            return say_path(path, by)
        case w.Role(name):
            return by.pick(name, f"the {name}")
        case w.OnDuty(name):
            return by.pick(f"当班的{name}", f"the {name} on duty")
        case w.RoleIn(name, department):
            return by.pick(
                f"{say_path(department, by)}的{name}", f"the {name} of {say_path(department, by)}"
            )
        case _:
            return _composed(who, by)


def _composed(who: w.Who, by: Speaker) -> str:
    match who:
        case w.In(department):
            return by.pick(
                f"{_department(department, by)}人员", f"anybody in {_department(department, by)}"
            )
        case w.Head(of):
            return _head(of, by)
        case w.Manager(of):
            return by.pick(f"{named(of, by)}的上级", f"the manager of {named(of, by)}")
        case w.Except(some, without):
            return by.pick(
                f"{named(some, by)}（{named(without, by)}除外）",
                f"{named(some, by)} except {named(without, by)}",
            )
        case w.Each(inner):
            return _each(inner, by)
        case w.Table(rows):
            return by.pick("；", "; ").join(_row(row, by) for row in rows)
        case w.Together(parts):
            return by.listed(named(part, by) for part in parts)
        case _:
            raise TypeError(type(who).__name__)


def _department(department: str | Path, by: Speaker) -> str:
    return department if isinstance(department, str) else say_path(department, by)


def _head(of: str | Path | w.Who, by: Speaker) -> str:
    if isinstance(of, str | Path):
        return by.pick(f"{_department(of, by)}负责人", f"the head of {_department(of, by)}")
    return by.pick(f"{named(of, by)}所在部门的负责人", f"the department head of {named(of, by)}")


def _each(inner: w.Who, by: Speaker) -> str:
    if isinstance(inner, w.Everyone):
        return by.pick("每位员工", "each member of staff")
    words = named(inner, by)
    return by.pick(f"每位{words}", f"each {words.removeprefix('the ')}")


def _row(row: tuple[Condition, w.Who], by: Speaker) -> str:
    condition, who = row
    if condition is ALWAYS:
        return by.pick(f"其他情况为{named(who, by)}", f"otherwise {named(who, by)}")
    words = said(condition, by)
    return by.pick(f"{words}时为{named(who, by)}", f"{named(who, by)} where {words}")


def steps(whos: tuple[w.Who, ...], by: Speaker) -> str:
    """Steps of an approval, in order; a step of several people takes any one of them."""
    return by.pick(" → ", ", then ").join(step(who, by) for who in whos)


def step(who: w.Who, by: Speaker) -> str:
    """One step: its people, any one of whom may give it."""
    if isinstance(who, w.Together):
        return by.pick(
            f"{by.listed((named(part, by) for part in who.parts), either=True)}（任一人）",
            f"any one of {by.listed((named(part, by) for part in who.parts), either=True)}",
        )
    return named(who, by)
