"""What waits for one, counted for the navigation: cheap enough to be asked on every page."""

from xunzhang.cases.queries.approving import waiting_count
from xunzhang.policy.queries.approvals import inbox_count, unread_count
from xunzhang.policy.queries.duty_filters import due_by_tonight
from xunzhang.web.request import Request


def duties_waiting(request: Request) -> int:
    """Return how many of one's duties are overdue or due today."""
    return due_by_tonight(request.person, at=request.at).number if request.person else 0


def approvals_waiting(request: Request) -> int:
    """Return how many requests and stages of cases wait for one's word."""
    if request.person is None:
        return 0
    return inbox_count(request.person).number + waiting_count(request.person, request.at)


def unread(request: Request) -> int:
    """Return how much one was told and has not read."""
    return unread_count(request.person).number if request.person else 0
