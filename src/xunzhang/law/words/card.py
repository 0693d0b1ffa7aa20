"""Builds the card of a rule: a headline and labelled rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xunzhang.law.conditions import All, Always, Condition, PolicyScope
from xunzhang.law.rules.common import Rule
from xunzhang.law.words.conditions import said
from xunzhang.law.words.phrase import HEADLINE, Phrase
from xunzhang.law.words.speaker import Speaker

LABELS: Mapping[str, tuple[str, str]] = {
    "when": ("何时", "When"),
    "if": ("条件", "If"),
    "who": ("谁", "Who"),
    "do": ("做什么", "What"),
    "for": ("适用客户", "Customers"),
    "due": ("期限", "Due"),
    "every": ("周期", "Period"),
    "match": ("对应", "About"),
    "where": ("要求", "Provided"),
    "evidence": ("须有", "With"),
    "each": ("逐项", "For each"),
    "opens": ("起算", "Begins"),
    "remind": ("提醒", "Reminders"),
    "breach": ("逾期", "If late"),
    "fault": ("后果", "Consequence"),
    "again": ("继续逾期", "Still late"),
    "escalate": ("上报", "Escalation"),
    "pause": ("暂停", "Paused"),
    "cancel": ("取消", "Cancelled"),
    "once": ("次数", "How often"),
    "count": ("计数", "Counted"),
    "share": ("比例", "Share"),
    "action": ("操作", "Action"),
    "only_if": ("须满足", "Only if"),
    "refuse_if": ("不得", "Refused if"),
    "not_while": ("须先完成", "Not while"),
    "say": ("提示", "Message"),
    "steps": ("审批", "Approval"),
    "valid": ("有效期", "Valid"),
    "limit": ("上限", "Limit"),
    "over": ("超过时", "If exceeded"),
    "items": ("材料", "Items"),
    "indicators": ("指标", "Indicators"),
    "classes": ("等级", "Classes"),
    "metric": ("衡量", "Measure"),
    "target": ("目标", "Target"),
    "sanction": ("处理", "Proposed"),
    "repeat": ("累计", "Counting"),
    "double": ("加倍", "Doubled"),
    "also": ("连带", "Also"),
    "confirm": ("决定", "Decided by"),
    "points": ("积分", "Points"),
    "to": ("给谁", "To"),
    "role": ("岗位", "Post"),
    "text": ("内容", "Text"),
    "sets": ("变更", "Changes"),
    "method": ("方式", "How"),
    "scope": ("适用范围", "Scope"),
    "instead": ("优先于", "Instead of"),
    "effective": ("施行", "From"),
    "forms": ("表单", "Forms"),
    "read": ("阅知", "Read"),
    "next": ("之后", "Then"),
    "file": ("档案", "File"),
}


class Card:
    """Gathers the rows of one rule."""

    def __init__(self, by: Speaker, headline: str) -> None:
        self.by = by
        headline = headline if headline.endswith(("。", ".")) else headline + by.pick("。", ".")
        self.rows = [Phrase(HEADLINE, "", headline[0].upper() + headline[1:])]

    def row(self, key: str, text: str | None) -> Card:
        """Add a row, unless there is nothing to say."""
        if text:
            self.rows.append(Phrase(key, self.by.pick(*LABELS[key]), text))
        return self

    def condition(self, key: str, condition: Condition | None, by: Speaker | None = None) -> Card:
        """Add a row that says a condition, unless it always holds."""
        if condition is None or isinstance(condition, Always):
            return self
        return self.row(key, said(condition, by or self.by))

    def same(self, keys: Iterable[str]) -> Card:
        """Add the keys that must agree."""
        by = self.by
        names = by.listed(by.key(key) for key in keys)
        return self.row("match", by.pick(f"同一{names}", f"the same {names}") if names else None)

    def code(self, code: str | None, key: str = "breach") -> Card:
        """Add that a breach is raised."""
        by = self.by
        return self.row(key, by.pick("记为违规", "it is a breach") if code is not None else None)

    def common(self, rule: Rule) -> list[Phrase]:
        """The rows, with those that every rule may have."""
        by = self.by
        self.row(
            "instead",
            by.listed(
                by.rule(one.rule) if one.policy == rule.policy else f"{one.policy}/{one.rule}"
                for one in rule.instead_of
            ),
        )
        if rule.effective is not None:
            self.row(
                "effective",
                by.pick(
                    f"自 {rule.effective.isoformat()} 起", f"from {rule.effective.isoformat()}"
                ),
            )
        return self.rows

    def when(self, rule: Rule) -> Card:
        """Add the rule's `if`, and apart from it the policy's scope."""
        scope, own = split(rule.condition)
        return self.condition("if", own).condition("scope", scope)


def split(condition: Condition) -> tuple[Condition | None, Condition | None]:
    """The policy's scope and the rule's own condition."""
    if isinstance(condition, PolicyScope):
        return condition.part, None
    if (
        isinstance(condition, All)
        and len(condition.parts) == 2
        and isinstance(condition.parts[0], PolicyScope)
    ):
        return condition.parts[0].part, condition.parts[1]
    return None, condition
