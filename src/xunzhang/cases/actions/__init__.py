"""What can be done to cases and forms: one verb, one function, one door.

Every verb takes `by` (a person's id, or None for the system) and `at`; it asks the policy, changes the row and
tells the policy, in one transaction. Cases and filed forms are named by their numbers.
"""

from xunzhang.cases.actions.advancing import advance, move_to_process
from xunzhang.cases.actions.approving import approve_stage, reject_stage
from xunzhang.cases.actions.attaching import attach, hold_files, let_go, sweep_files
from xunzhang.cases.actions.filing import file_form
from xunzhang.cases.actions.handing import hand_to
from xunzhang.cases.actions.items import answer_items
from xunzhang.cases.actions.reporting import report
from xunzhang.cases.actions.signing import deliver_copy, sign_form
from xunzhang.cases.actions.taking_in import begin, take_in, take_in_by_event

__all__ = [
    "advance",
    "answer_items",
    "approve_stage",
    "attach",
    "begin",
    "deliver_copy",
    "file_form",
    "hand_to",
    "hold_files",
    "let_go",
    "move_to_process",
    "reject_stage",
    "report",
    "sign_form",
    "sweep_files",
    "take_in",
    "take_in_by_event",
]
