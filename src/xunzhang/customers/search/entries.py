"""Writing the index."""

from __future__ import annotations

from dataclasses import asdict

from xunzhang.customers.models import Customer, SearchEntry
from xunzhang.customers.search.terms import words_of


def index_customer(customer: Customer) -> None:
    """Make the customer findable by its present name."""
    words = asdict(words_of(customer.name))
    SearchEntry.objects.update_or_create(customer=customer, defaults=words)
