"""The card of any rule."""

from __future__ import annotations

from typing import assert_never

from xunzhang.law.kinds import AnyRule
from xunzhang.law.rules.allocation import AllocationRule
from xunzhang.law.rules.approval import ApprovalRule
from xunzhang.law.rules.award import AwardRule
from xunzhang.law.rules.breach import BreachRule
from xunzhang.law.rules.cadence import CadenceRule
from xunzhang.law.rules.cap import CapRule
from xunzhang.law.rules.checklist import ChecklistRule
from xunzhang.law.rules.duty import DutyRule
from xunzhang.law.rules.gate import GateRule
from xunzhang.law.rules.grade import GradeRule
from xunzhang.law.rules.guide import GuideRule
from xunzhang.law.rules.notice import NoticeRule
from xunzhang.law.rules.post import PostRule
from xunzhang.law.rules.promotion import PromotionRule
from xunzhang.law.rules.quota import QuotaRule
from xunzhang.law.rules.reclaim import ReclaimRule
from xunzhang.law.rules.recurring import RecurringRule
from xunzhang.law.rules.sanction import SanctionRule
from xunzhang.law.rules.set import SetRule
from xunzhang.law.rules.target import TargetRule
from xunzhang.law.text import Edition
from xunzhang.law.words import deciding, duties, following, keeping, measured
from xunzhang.law.words.phrase import Phrase
from xunzhang.law.words.speaker import Speaker, speaker_of


def say_rule(rule: AnyRule, lang: str, edition: Edition) -> list[Phrase]:
    """The card of a rule: a headline, then labelled rows."""
    return say_rule_as(rule, speaker_of(edition, lang))


def say_rule_as(rule: AnyRule, by: Speaker) -> list[Phrase]:
    """The card of a rule in the words of a speaker (for many rules of one edition)."""
    match rule:
        case DutyRule() | CadenceRule() | RecurringRule() | QuotaRule():
            return _must(rule, by)
        case GateRule() | ApprovalRule() | CapRule():
            return _may(rule, by)
        case ChecklistRule() | GradeRule() | TargetRule():
            return _measured(rule, by)
        case BreachRule() | SanctionRule() | AwardRule() | PromotionRule():
            return _follows(rule, by)
        case AllocationRule() | ReclaimRule() | PostRule() | SetRule() | GuideRule() | NoticeRule():
            return _kept(rule, by)
    assert_never(rule)


def _must(rule: DutyRule | CadenceRule | RecurringRule | QuotaRule, by: Speaker) -> list[Phrase]:
    match rule:
        case DutyRule():
            return duties.duty(rule, by)
        case CadenceRule():
            return duties.cadence(rule, by)
        case RecurringRule():
            return duties.recurring(rule, by)
        case QuotaRule():
            return duties.quota(rule, by)


def _may(rule: GateRule | ApprovalRule | CapRule, by: Speaker) -> list[Phrase]:
    match rule:
        case GateRule():
            return deciding.gate(rule, by)
        case ApprovalRule():
            return deciding.approval(rule, by)
        case CapRule():
            return deciding.cap(rule, by)


def _measured(rule: ChecklistRule | GradeRule | TargetRule, by: Speaker) -> list[Phrase]:
    match rule:
        case ChecklistRule():
            return measured.checklist(rule, by)
        case GradeRule():
            return measured.grade(rule, by)
        case TargetRule():
            return measured.target(rule, by)


def _follows(
    rule: BreachRule | SanctionRule | AwardRule | PromotionRule, by: Speaker
) -> list[Phrase]:
    match rule:
        case BreachRule():
            return following.breach(rule, by)
        case SanctionRule():
            return following.sanction(rule, by)
        case AwardRule():
            return following.award(rule, by)
        case PromotionRule():
            return following.promotion(rule, by)


def _kept(
    rule: AllocationRule | ReclaimRule | PostRule | SetRule | GuideRule | NoticeRule, by: Speaker
) -> list[Phrase]:
    match rule:
        case AllocationRule():
            return keeping.allocation(rule, by)
        case ReclaimRule():
            return keeping.reclaim(rule, by)
        case PostRule():
            return keeping.post(rule, by)
        case SetRule():
            return keeping.set_(rule, by)
        case GuideRule():
            return keeping.guide(rule, by)
        case NoticeRule():
            return keeping.notice(rule, by)
