"""The approvals inbox, one's own requests, and what one was told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from xunzhang.lib.pagination import Ordering, Page
from xunzhang.organisation.models import Person
from xunzhang.policy.access import notifications_of, request_to_see
from xunzhang.policy.choices import RequestState
from xunzhang.policy.history.breaches import because_of
from xunzhang.policy.models import ApprovalRequest, ApprovalSeat, Notification, OutboxMail
from xunzhang.policy.queries.counting import Count, count_of
from xunzhang.policy.queries.why import Why, why

NEWEST = Ordering("id", descending=True)
OLDEST = Ordering("id")
LATEST = Ordering("created_at", descending=True)


def inbox(viewer: Person, *, size: int = 50, cursor: str | None = None) -> Page[ApprovalRequest]:
    """Return a page of the requests that wait for the viewer, the oldest first."""
    return OLDEST.page(_waiting(viewer), size=size, cursor=cursor)


def inbox_count(viewer: Person) -> Count:
    """Return how many requests wait for the viewer."""
    return count_of(_waiting(viewer))


def own_requests(
    viewer: Person,
    *,
    state: RequestState | None = None,
    size: int = 50,
    cursor: str | None = None,
) -> Page[ApprovalRequest]:
    """Return a page of what the viewer has asked for, the newest first."""
    rows = ApprovalRequest.objects.filter(asker=str(viewer.pk))
    if state is not None:
        rows = rows.filter(status=state)
    return NEWEST.page(rows, size=size, cursor=cursor)


def request_page(viewer: Person, request: int) -> tuple[ApprovalRequest, list[Why]]:
    """Return a request with the why of each step still missing; `row.decisions` tells what was said."""
    row = request_to_see(viewer, request)
    return row, [why(because_of(one)) for one in row.because]


def asked_with(value: str, *, asker: int | None, since: datetime) -> bool:
    """Whether somebody has asked since for something that holds this value, among the keys or what was entered."""
    rows = ApprovalRequest.objects.filter(asker=str(asker), created_at__gte=since)
    return any(_holds(row.keys, value) or _holds(row.entered, value) for row in rows.iterator())


def notifications(
    viewer: Person, *, unread: bool = False, size: int = 50, cursor: str | None = None
) -> Page[Notification]:
    """Return a page of what the viewer was told, the latest first."""
    rows = notifications_of(viewer)
    if unread:
        rows = rows.filter(read_at__isnull=True)
    return LATEST.page(rows, size=size, cursor=cursor)


def unread_count(viewer: Person) -> Count:
    """Return how much the viewer has not read."""
    return count_of(notifications_of(viewer).filter(read_at__isnull=True))


def mails_to_send(*, before: datetime, most: int = 100) -> list[OutboxMail]:
    """Return the mails that wait, the oldest first."""
    waiting = OutboxMail.objects.filter(sent_at__isnull=True, created_at__lte=before)
    return list(waiting.select_related("notification").order_by("pk")[:most])


def _waiting(viewer: Person) -> QuerySet[ApprovalRequest]:
    seats = ApprovalSeat.objects.filter(person=str(viewer.pk)).values("request")
    return ApprovalRequest.objects.filter(status=RequestState.OPEN, pk__in=seats)


def _holds(inside: object, value: str) -> bool:
    match inside:
        case Mapping():
            return any(_holds(one, value) for one in inside.values())
        case list() | tuple():
            return any(_holds(one, value) for one in inside)
        case _:
            return inside == value
