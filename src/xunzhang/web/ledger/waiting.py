"""What waits for one's decision, counted for the navigation."""

from xunzhang.policy.queries.deciding import sanctions_waiting_for
from xunzhang.web.request import Request


def sanctions_waiting(request: Request) -> int:
    """Return how many proposals and appeals wait for this person."""
    return sanctions_waiting_for(request.person).count() if request.person is not None else 0
