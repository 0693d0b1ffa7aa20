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
