"""The company as the engine sees it: people from the organisation, customers from their provider.

Changes that rules order are seen at once and reach the apps that own the rows when the unit is flushed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from typing_extensions import override

from xunzhang.law.facts import Directory, Staff, Value
from xunzhang.organisation import queries as organisation
from xunzhang.policy import registry
from xunzhang.policy.ownership import owned_since

STAFF_FIELDS = ("name", "department", "roles", "manager", "region", "outside", "left", "successor")
Facts = Mapping[str, Value]


class World(Protocol):
    """People and customers, now and as they were."""

    def directory(self) -> Directory: ...

    def set_staff(self, id: str, values: Facts, at: datetime) -> None: ...

    def customer(self, id: str) -> Facts | None: ...

    def customer_at(self, id: str, at: datetime) -> Facts | None: ...

    def set_customer(self, id: str, values: Facts, at: datetime) -> None: ...

    def filed_customers(self) -> Iterable[str]: ...

    def owned_customers(self) -> Iterable[str]: ...

    def filed_at(self, customer: str) -> datetime | None: ...

    def owned_since(self, customer: str) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Change:
    """New values of a customer's keys, from an instant on."""

    customer: str
    values: Facts
    at: datetime


class Company:
    """The real world, read through the apps that own it, with the changes of this unit laid over."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._provider = registry.customers()
        self._directory: Directory | None = None
        self._facts: dict[str, Facts | None] = {}
        self.changes: list[Change] = []
        self._changed: dict[str, list[Change]] = defaultdict(list)

    # -- people ----------------------------------------------------------------------------------------

    def directory(self) -> Directory:
        if self._directory is None:
            self._directory = organisation.directory(self._at)
        return self._directory

    def set_staff(self, id: str, values: Facts, at: datetime) -> None:  # noqa: ARG002
        directory = self.directory()
        person = directory.staff.get(id) or Staff(id)
        known: dict[str, Any] = {key: value for key, value in values.items() if key in STAFF_FIELDS}
        if "roles" in known:
            known["roles"] = tuple(known["roles"])
        own = {key: value for key, value in values.items() if key not in (*STAFF_FIELDS, "id")}
        changed = replace(person, **known, keys={**person.keys, **own})
        self._directory = directory.with_staff(changed)

    # -- customers -------------------------------------------------------------------------------------

    def customer(self, id: str) -> Facts | None:
        if id not in self._facts:
            self._facts[id] = self._provider.facts(id)
        return self._facts[id]

    def know(self, ids: Iterable[str]) -> None:
        """Fetch the facts of many customers at once."""
        unknown = [id for id in ids if id not in self._facts]
        if unknown:
            self._facts.update(self._provider.facts_many(unknown))

    def customer_at(self, id: str, at: datetime) -> Facts | None:
        if self.customer(id) is None:
            return None
        return FactsAt(self, id, at)

    def value_at(self, id: str, key: str, at: datetime) -> Value:
        """The value of a customer's key at an instant; changes of this unit included."""
        for change in reversed(self._changed.get(id, ())):
            if change.at <= at and key in change.values:
                return change.values[key]
        return self._provider.value_at(id, key, at)

    def set_customer(self, id: str, values: Facts, at: datetime) -> None:
        before = self.customer(id) or {"id": id}
        self._facts[id] = {**before, **values}
        change = Change(id, dict(values), at)
        self.changes.append(change)
        self._changed[id].append(change)

    def filed_customers(self) -> Iterable[str]:
        return self._pages(lambda after: self._provider.filed_ids(at=self._at, after=after))

    def owned_customers(self) -> Iterable[str]:
        return self._pages(lambda after: self._provider.owned_ids(after=after))

    def _pages(self, take: Callable[[str | None], list[str]]) -> Iterator[str]:
        after: str | None = None
        while True:
            page = take(after)
            if not page:
                return
            self.know(page)
            yield from page
            after = page[-1]

    def filed_at(self, customer: str) -> datetime | None:
        found = (self.customer(customer) or {}).get("filed_at")
        return found if isinstance(found, datetime) else None

    def owned_since(self, customer: str) -> datetime | None:
        own = [one.at for one in self._changed.get(customer, ()) if "owner" in one.values]
        return own[-1] if own else owned_since(customer)


class FactsAt(Mapping[str, Value]):
    """A customer's facts as they stood at an instant; each key is looked up when it is asked for."""

    def __init__(self, company: Company, id: str, at: datetime) -> None:
        self._company, self._id, self._at = company, id, at

    @override
    def __getitem__(self, key: str) -> Value:
        return self._company.value_at(self._id, key, self._at)

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._company.customer(self._id) or {})

    @override
    def __len__(self) -> int:
        return len(self._company.customer(self._id) or {})
