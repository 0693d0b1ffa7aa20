"""How pages reach rows: what somebody may not see is not there."""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404

from xunzhang.cases import access
from xunzhang.cases.models import Attachment, Case, FormFiling
from xunzhang.lib.errors import Refused
from xunzhang.organisation.models import Person
from xunzhang.web.request import Request

Row = TypeVar("Row")
_HIDDEN = frozenset({"case-unknown", "form-unknown", "file-unknown"})
_LONGEST = 60


def somebody(request: Request) -> Person:
    """Return who asks; an account behind which nobody stands has no business here."""
    if request.person is None:
        raise PermissionDenied
    return request.person


def case_or_404(request: Request, number: str) -> Case:
    """Return the case of a number."""
    return _seen(request, access.case_to_see, number)


def filing_or_404(request: Request, number: str) -> FormFiling:
    """Return the filed form of a number."""
    return _seen(request, access.filing_to_see, number)


def file_or_404(request: Request, key: str) -> Attachment:
    """Return the attachment of a key."""
    return _seen(request, access.attachment_to_see, key)


def _seen(request: Request, reach: Callable[[Person, str], Row], name: str) -> Row:
    if "\0" in name or len(name) > _LONGEST:
        raise Http404
    try:
        return reach(somebody(request), name)
    except Refused as refusal:
        if refusal.code in _HIDDEN:
            raise Http404 from None
        raise
