"""What apps above lend the policy when Django starts: the customers, and measures that only they can take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q

Measure = Callable[[datetime, datetime], Mapping[str, Decimal]]
"""A number for each person or customer (by the engine's ids) over [start, end)."""


class CustomerProvider(Protocol):
    """Customer facts by the ids that the engine speaks in: the primary key as text."""

    def facts(self, customer_id: str) -> Mapping[str, Any] | None:
        """Return the customer's facts, or None when there is no such customer."""

    def facts_many(self, ids: Iterable[str]) -> Mapping[str, Mapping[str, Any]]:
        """Return the facts of those of the customers that exist, by id."""

    def value_at(self, customer_id: str, key: str, at: datetime) -> Any:
        """Return what the key held at an instant; what changed at that very instant had changed."""

    def set_keys(
        self, customer_id: str, values: Mapping[str, Any], *, at: datetime, because: str
    ) -> bool:
        """Change keys of a customer; False when there is no such customer."""

    def filed_ids(
        self,
        *,
        at: datetime,
        condition_q: Q | None = None,
        after: str | None = None,
        limit: int = 1_000,
    ) -> list[str]:
        """Return the next ids, in order, of customers filed by `at` that fulfil the condition now."""

    def owned_ids(self, *, after: str | None = None, limit: int = 1_000) -> list[str]:
        """Return the next ids, in order, of customers that have an owner, filed or not."""

    def column_for(self, key: str) -> str:
        """Return the ORM path of a customer key."""


_customers: list[CustomerProvider] = []
_measures: dict[str, Measure] = {}


def register_customers(provider: CustomerProvider) -> None:
    """Let the engine reach customers through this provider; the last one registered counts."""
    _customers[:] = [provider]


def customers() -> CustomerProvider:
    """Return the registered provider."""
    if not _customers:
        message = "No app has registered customers with xunzhang.policy.registry."
        raise ImproperlyConfigured(message)
    return _customers[0]


def register_measure(name: str, measure: Measure) -> None:
    """Let policies use a measure by name, as in `metric: satisfaction`."""
    _measures[name] = measure


def measure(name: str) -> Measure | None:
    """Return the measure of a name, if there is one."""
    return _measures.get(name)
