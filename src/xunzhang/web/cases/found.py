"""Cases in the search on top."""

from collections.abc import Sequence

from django.urls import reverse

from xunzhang.cases.queries.listing import CaseFilter, listing
from xunzhang.web.finding import Hit
from xunzhang.web.request import Request


def found_cases(request: Request, words: str, limit: int) -> Sequence[Hit]:
    """Return cases by number, title or customer."""
    if request.person is None:
        return []
    page, _total = listing(request.person, CaseFilter(text=words), size=limit)
    return [
        Hit(
            f"{row.number} {row.title}",
            str(row.customer or ""),
            reverse("cases:case", args=[row.number]),
        )
        for row in page.rows
    ]
