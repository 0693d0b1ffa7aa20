"""The rule kinds. Adding one: a module in `rules` with its data, `read` and meaning, and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xunzhang.law.read.rule import RuleReader
from xunzhang.law.rules import (
    allocation,
    approval,
    award,
    breach,
    cadence,
    cap,
    checklist,
    duty,
    gate,
    grade,
    guide,
    notice,
    post,
    promotion,
    quota,
    reclaim,
    recurring,
    sanction,
    target,
)
from xunzhang.law.rules import (
    set as set_,
)
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

AnyRule = (
    DutyRule
    | CadenceRule
    | RecurringRule
    | QuotaRule
    | BreachRule
    | GateRule
    | ApprovalRule
    | CapRule
    | ChecklistRule
    | GradeRule
    | TargetRule
    | SanctionRule
    | AwardRule
    | PromotionRule
    | AllocationRule
    | ReclaimRule
    | GuideRule
    | NoticeRule
    | SetRule
    | PostRule
)

READERS: Mapping[str, Callable[[RuleReader], AnyRule | None]] = {
    "duty": duty.read,
    "cadence": cadence.read,
    "recurring": recurring.read,
    "quota": quota.read,
    "breach": breach.read,
    "gate": gate.read,
    "approval": approval.read,
    "cap": cap.read,
    "checklist": checklist.read,
    "grade": grade.read,
    "target": target.read,
    "sanction": sanction.read,
    "award": award.read,
    "promotion": promotion.read,
    "allocation": allocation.read,
    "reclaim": reclaim.read,
    "guide": guide.read,
    "notice": notice.read,
    "set": set_.read,
    "post": post.read,
}

KIND_OF: Mapping[type, str] = {
    DutyRule: "duty",
    CadenceRule: "cadence",
    RecurringRule: "recurring",
    QuotaRule: "quota",
    BreachRule: "breach",
    GateRule: "gate",
    ApprovalRule: "approval",
    CapRule: "cap",
    ChecklistRule: "checklist",
    GradeRule: "grade",
    TargetRule: "target",
    SanctionRule: "sanction",
    AwardRule: "award",
    PromotionRule: "promotion",
    AllocationRule: "allocation",
    ReclaimRule: "reclaim",
    GuideRule: "guide",
    NoticeRule: "notice",
    SetRule: "set",
    PostRule: "post",
}
