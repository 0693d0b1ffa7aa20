"""How the desk reaches rows: what somebody may not see is not there."""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404

from xunzhang.lib.errors import Refused
from xunzhang.organisation.models import Person
from xunzhang.web.request import Request

Row = TypeVar("Row")


def somebody(request: Request) -> Person:
    """Return who asks; an account behind which nobody stands owes nothing and decides nothing."""
    if request.person is None:
        raise PermissionDenied
    return request.person


def seen(request: Request, reach: Callable[[Person, int], Row], number: int) -> Row:
    """Return the row of a number, or 404."""
    try:
        return reach(somebody(request), number)
    except Refused as refusal:
        if refusal.code.endswith("-unknown"):
            raise Http404 from None
        raise
