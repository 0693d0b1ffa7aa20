"""What waits for one, counted for the navigation: cheap enough to be asked on every page."""

from xunzhang.policy.choices import Bucket
from xunzhang.policy.queries.approvals import inbox_count, unread_count
from xunzhang.policy.queries.duties import duty_counts
from xunzhang.web.request import Request

WAITING = (Bucket.OVERDUE, Bucket.TODAY)


def duties_waiting(request: Request) -> int:
    """Return how many of one's duties are overdue or due today."""
    if request.person is None:
        return 0
    counts = duty_counts(request.person, at=request.at, of=request.person)
    return sum(counts[bucket].number for bucket in WAITING)


def approvals_waiting(request: Request) -> int:
    """Return how many requests wait for one's word."""
    return inbox_count(request.person).number if request.person is not None else 0


def unread(request: Request) -> int:
    """Return how much one was told and has not read."""
    return unread_count(request.person).number if request.person is not None else 0
