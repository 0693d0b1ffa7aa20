"""The events of the organisation: noun, dot, past participle."""

from typing import Final

STAFF_JOINED: Final = "staff.joined"
STAFF_CHANGED: Final = "staff.changed"
STAFF_MOVED: Final = "staff.moved"
STAFF_LEFT: Final = "staff.left"
ROLE_GRANTED: Final = "role.granted"
ROLE_REVOKED: Final = "role.revoked"
DELEGATION_STARTED: Final = "delegation.started"
DELEGATION_ENDED: Final = "delegation.ended"
DEPARTMENT_OPENED: Final = "department.opened"
DEPARTMENT_CHANGED: Final = "department.changed"
CALENDAR_CHANGED: Final = "calendar.changed"
ACCOUNT_OPENED: Final = "account.opened"
ACCOUNT_CHANGED: Final = "account.changed"
ACCOUNT_CLOSED: Final = "account.closed"
ACCOUNT_REOPENED: Final = "account.reopened"
PASSWORD_RESET: Final = "account.password_reset"  # noqa: S105 (the name of an event)
PASSWORD_CHANGED: Final = "account.password_changed"  # noqa: S105 (the name of an event)
