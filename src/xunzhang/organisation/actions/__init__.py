"""The verbs of the organisation. All take `by` (a person's number, None for the system) and `at`."""

from xunzhang.organisation.actions.accounts import (
    change_account,
    choose_password,
    close_account,
    open_account,
    reopen_account,
    reset_password,
)
from xunzhang.organisation.actions.calendars import set_calendar, set_holidays
from xunzhang.organisation.actions.delegations import delegate, end_delegation
from xunzhang.organisation.actions.departments import (
    add_department,
    change_department,
    rename_department,
)
from xunzhang.organisation.actions.people import add_person, change_person, leave, move_person
from xunzhang.organisation.actions.roles import grant_role, revoke_role

__all__ = [
    "add_department",
    "add_person",
    "change_account",
    "change_department",
    "change_person",
    "choose_password",
    "close_account",
    "delegate",
    "end_delegation",
    "grant_role",
    "leave",
    "move_person",
    "open_account",
    "rename_department",
    "reopen_account",
    "reset_password",
    "revoke_role",
    "set_calendar",
    "set_holidays",
]
