"""What a policy does, in ten lines at most, made from the policy itself: how many of a kind, and one that tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xunzhang.law.kinds import KIND_OF, AnyRule
from xunzhang.law.rules.duty import DutyRule
from xunzhang.law.text import Edition, Form, Process, say
from xunzhang.law.words.rules import say_rule_as
from xunzhang.law.words.speaker import Speaker, speaker_of
from xunzhang.law.words.times import say_within
from xunzhang.law.words.whos import named

MOST = 10
_LONG = 90
Names = tuple[str, str, str]
"""Chinese, English for one, English for several."""

_GROUPS: Mapping[str, Names] = {
    "timed": ("限时事项", "duty with a deadline", "duties with a deadline"),
    "stage": ("限时环节", "stage with a deadline", "stages with a deadline"),
    "duty": ("不限时事项", "duty without a deadline", "duties without a deadline"),
    "periodic": ("定期事项与频次", "periodic duty", "periodic duties"),
    "approval": ("审批", "approval", "approvals"),
    "gate": ("把关", "gate", "gates"),
    "cap": ("限额", "cap", "caps"),
    "sanction": ("处罚建议", "proposed sanction", "proposed sanctions"),
    "grade": ("分级与考核", "grade or target", "grades and targets"),
    "checklist": ("材料清单", "checklist", "checklists"),
    "reward": ("奖励与晋升", "award or promotion", "awards and promotions"),
    "share": ("分配与收回", "allocation or reclaim", "allocations and reclaims"),
    "notice": ("通知", "notice", "notices"),
    "breach": ("违规认定", "breach", "breaches"),
    "other": ("登记与指引", "change or guide", "changes and guides"),
    "form": ("表单", "form", "forms"),
    "process": ("流程", "process", "processes"),
}
_GROUP_OF: Mapping[str, str] = {
    "cadence": "periodic",
    "recurring": "periodic",
    "quota": "periodic",
    "target": "grade",
    "award": "reward",
    "promotion": "reward",
    "allocation": "share",
    "reclaim": "share",
    "post": "other",
    "set": "other",
    "guide": "other",
}
_LATE = ("notice", "breach", "duty", "other")
"""Told only where the more telling ones leave a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """So many of one kind; `said` is one of them in words, `article` where it stands (empty for a list)."""

    count: int
    name: str
    said: str
    article: str = ""

    def text(self, lang: str) -> str:
        """`12 项限时事项：……`, `12 duties with a deadline: …`."""
        number = f"{self.count} {self.name}" if lang == "en" else f"{self.name} {self.count} 项"
        return f"{number}{': ' if lang == 'en' else '：'}{self.said}"


def digest(edition: Edition, lang: str = "zh") -> list[Line]:
    """Up to ten lines, in the order of what a company would ask first."""
    by, chinese = speaker_of(edition, lang), speaker_of(edition)
    groups: dict[str, list[AnyRule]] = {}
    for rule in edition.rules():
        groups.setdefault(_group(rule), []).append(rule)
    told = [group for group in _GROUPS if group in groups and group not in _LATE]
    stages, lists = list(_stages(edition, by)), list(_lists(edition, by))
    later = [group for group in _LATE if group in groups]
    told += later[: max(0, MOST - len(told) - len(stages) - len(lists))]
    lines = [_line(group, groups[group], by, chinese) for group in _GROUPS if group in told]
    place = 1 if "timed" in told else 0
    lines[place:place] = stages
    return [*lines[: MOST - len(lists)], *lists]


def _group(rule: AnyRule) -> str:
    if isinstance(rule, DutyRule):
        return "timed" if rule.due is not None else "duty"
    kind = KIND_OF[type(rule)]
    return _GROUP_OF.get(kind, kind)


def _line(group: str, rules: list[AnyRule], by: Speaker, chinese: Speaker) -> Line:
    """The rule that tells most is the same in every language."""
    best = max(rules, key=lambda rule: _telling(rule, say_rule_as(rule, chinese)[0].text))
    said = say_rule_as(best, by)[0].text
    return Line(len(rules), _name(group, len(rules), by), said, best.article)


def _stages(edition: Edition, by: Speaker) -> Iterator[Line]:
    found = [
        (stage, process)
        for process in edition.processes.values()
        for stage in process.stages
        if stage.within is not None
    ]
    if found:
        stage, process = found[0]
        who = named(stage.who, by) if stage.who is not None else by.pick("经办人", "its handler")
        time = say_within(stage.within, by) if stage.within is not None else ""
        said = by.pick(
            f"“{say(process.title)}”的“{say(stage.title)}”由{who}负责，{time}完成。",
            f"“{say(stage.title, 'en')}” of “{say(process.title, 'en')}” is done by {who} {time}.",
        )
        yield Line(len(found), _name("stage", len(found), by), said, stage.article)


def _telling(rule: AnyRule, text: str) -> tuple[bool, bool, bool, int]:
    """One with a figure tells more than one without, one that has a consequence more than one that has none."""
    figures = any(letter.isdigit() for letter in text)
    breach = getattr(rule, "breach", None) is not None
    return len(text) <= _LONG * 2, figures, breach, -abs(len(text) - _LONG // 2)


def _name(group: str, count: int, by: Speaker) -> str:
    zh, one, many = _GROUPS[group]
    return by.pick(zh, one if count == 1 else many)


def _lists(edition: Edition, by: Speaker) -> Iterator[Line]:
    things: list[tuple[str, list[Form | Process]]] = [
        ("form", list(edition.forms.values())),
        ("process", list(edition.processes.values())),
    ]
    for group, found in things:
        if found:
            titles = [say(one.title, by.lang) for one in found]
            shown = by.pick("、", ", ").join(titles[:4])
            shown += by.pick("等。", " and others.") if len(titles) > 4 else by.pick("。", ".")
            yield Line(len(found), _name(group, len(found), by), shown)
