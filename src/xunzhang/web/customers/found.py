"""Customers in the search on top."""

from collections.abc import Sequence

from django.urls import reverse

from xunzhang.customers.queries.filters import CustomerFilter
from xunzhang.customers.queries.listing import listing
from xunzhang.web.finding import Hit
from xunzhang.web.request import Request


def found_customers(request: Request, words: str, limit: int) -> Sequence[Hit]:
    """Return customers that the person may see, by a fragment, pinyin, initials, number or phone."""
    if request.person is None:
        return []
    page = listing(request.person, CustomerFilter(text=words), size=limit).page
    return [
        Hit(row.name, row.code, reverse("customers:customer", args=[row.pk])) for row in page.rows
    ]
