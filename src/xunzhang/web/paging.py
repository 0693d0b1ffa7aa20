"""The line below a table: how many rows there are, and the addresses of the pages before and after."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xunzhang.lib.pagination import Page
from xunzhang.web.request import Request

CURSOR = "cursor"


@dataclass(frozen=True, slots=True)
class Pager:
    """What the part `pager` shows; an empty address means that there is no such page."""

    said: str
    previous: str
    next: str


def pager_of(
    request: Request, page: Page[Any], *, total: int | None = None, most: int | None = None
) -> Pager:
    """Return the pager of a page; the filters in the address stay. A total above `most` is "more than" that."""
    return Pager(
        _say_total(total, most), _address(request, page.previous), _address(request, page.next)
    )


def _address(request: Request, cursor: str | None) -> str:
    if cursor is None:
        return ""
    query = request.GET.copy()
    query[CURSOR] = cursor
    return f"{request.path}?{query.urlencode()}"


def _say_total(total: int | None, most: int | None) -> str:
    if total is None:
        return ""
    if most is not None and total > most:
        return _("more than %(count)s rows") % {"count": f"{most:,}"}
    return ngettext("%(count)s row", "%(count)s rows", total) % {"count": f"{total:,}"}
