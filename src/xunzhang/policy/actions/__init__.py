"""The verbs of the policy: record, require, tick, adopt, and what people do with what follows."""

from xunzhang.policy.actions.adopting import (
    adopt_edition,
    adopt_together,
    drop_draft,
    keep_draft,
    withdraw_edition,
)
from xunzhang.policy.actions.approving import (
    approve,
    ask_approval,
    delegate,
    open_request,
    reject,
    return_request,
)
from xunzhang.policy.actions.asking import may, note_refusal, require
from xunzhang.policy.actions.by_hand import may_tell, perform, tell
from xunzhang.policy.actions.deciding import answer_appeal, appeal, confirm, lower, waive
from xunzhang.policy.actions.owing import claim, excuse, hand_over
from xunzhang.policy.actions.reading import mark_all_read, mark_read
from xunzhang.policy.actions.recording import organisation_changed, record, record_many
from xunzhang.policy.actions.ticking import Ticked, tick
from xunzhang.policy.refusing import ApprovalNeeded

__all__ = [
    "ApprovalNeeded",
    "Ticked",
    "adopt_edition",
    "adopt_together",
    "answer_appeal",
    "appeal",
    "approve",
    "ask_approval",
    "claim",
    "confirm",
    "delegate",
    "drop_draft",
    "excuse",
    "hand_over",
    "keep_draft",
    "lower",
    "mark_all_read",
    "mark_read",
    "may",
    "may_tell",
    "perform",
    "note_refusal",
    "open_request",
    "organisation_changed",
    "record",
    "record_many",
    "reject",
    "require",
    "return_request",
    "tell",
    "tick",
    "waive",
    "withdraw_edition",
]
