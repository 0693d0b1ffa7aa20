"""The tables of the policy."""

from xunzhang.policy.models.approvals import ApprovalDecision, ApprovalRequest, ApprovalSeat
from xunzhang.policy.models.breaches import BreachPerson, BreachRow, SanctionPerson, SanctionRow
from xunzhang.policy.models.duties import DutyPerson, DutyRow
from xunzhang.policy.models.editions import Edition
from xunzhang.policy.models.engine import CaseRow, MemoryRow, TimerRow
from xunzhang.policy.models.following import AssignmentRow, AwardRow, Notification, OutboxMail
from xunzhang.policy.models.ledger import Event, EventPattern, EventRef, LedgerClosed, LedgerHead

__all__ = [
    "ApprovalDecision",
    "ApprovalRequest",
    "ApprovalSeat",
    "AssignmentRow",
    "AwardRow",
    "BreachPerson",
    "BreachRow",
    "CaseRow",
    "DutyPerson",
    "DutyRow",
    "Edition",
    "Event",
    "EventPattern",
    "EventRef",
    "LedgerClosed",
    "LedgerHead",
    "MemoryRow",
    "Notification",
    "OutboxMail",
    "SanctionPerson",
    "SanctionRow",
    "TimerRow",
]
