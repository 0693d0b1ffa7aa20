"""One unit of work on the ledger: everything read through it, everything written at its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from typing_extensions import override

from xunzhang.law.calendar import company_time
from xunzhang.law.facts import NOTHING, Directory, Value
from xunzhang.policy import registry
from xunzhang.policy.history.breaches import Breaches
from xunzhang.policy.history.duties import Duties
from xunzhang.policy.history.events import Events
from xunzhang.policy.history.keeping import Keeping
from xunzhang.policy.models import LedgerHead
from xunzhang.policy.patterns import Names
from xunzhang.policy.world import World

NO_LIMIT = 1_000_000_000
OF_DUTIES = frozenset({"lapse", "again", "escalate", "remind", "open"})


class LedgerHistory(Events, Duties, Breaches, Keeping):
    """The engine's memory in the database; inside one transaction, with the head of the ledger held."""

    def __init__(
        self,
        head: LedgerHead,
        world: World,
        patterns: Mapping[str, frozenset[Names]],
        *,
        most_timers: int = NO_LIMIT,
    ) -> None:
        Events.__init__(self, head, patterns)
        Duties.__init__(self)
        Breaches.__init__(self)
        Keeping.__init__(self, most_timers)
        self.head = head
        self.world = world

    def new_id(self) -> int:
        self.head.number += 1
        return self.head.number

    def began_at(self) -> datetime:
        if self.head.began_at is None:
            message = "the ledger has not begun"
            raise LookupError(message)
        return company_time(self.head.began_at)

    def measure(self, name: str, start: datetime, end: datetime) -> Mapping[str, Decimal]:
        found = registry.measure(name)
        return NOTHING if found is None else found(start, end)

    @override
    def _fetch(self, now: datetime) -> None:
        super()._fetch(now)
        self.know_duties(timer.subject for timer, _pk in self._fetched if timer.kind in OF_DUTIES)

    # -- people and customers --------------------------------------------------------------------------

    def directory(self) -> Directory:
        return self.world.directory()

    def set_staff(self, id: str, values: Mapping[str, Value], at: datetime) -> None:
        self.world.set_staff(id, values, at)

    def customer(self, id: str) -> Mapping[str, Value] | None:
        return self.world.customer(id)

    def customer_at(self, id: str, at: datetime) -> Mapping[str, Value] | None:
        return self.world.customer_at(id, at)

    def set_customer(self, id: str, values: Mapping[str, Value], at: datetime) -> None:
        self.world.set_customer(id, values, at)

    def filed_customers(self) -> Iterable[str]:
        return self.world.filed_customers()

    def owned_customers(self) -> Iterable[str]:
        return self.world.owned_customers()

    def filed_at(self, customer: str) -> datetime | None:
        return self.world.filed_at(customer)

    def owned_since(self, customer: str) -> datetime | None:
        return self.world.owned_since(customer)

    # -- writing ---------------------------------------------------------------------------------------

    def flush(self, at: datetime) -> None:
        """Write everything of this unit; `at` is when it was recorded."""
        self.flush_events(at)
        self.flush_duties()
        self.flush_breaches(at)
        self.flush_keeping()
        head = self.head
        LedgerHead.objects.filter(pk=head.pk).update(
            seq=head.seq,
            digest=head.digest,
            number=head.number,
            editions=head.editions,
            began_at=head.began_at,
        )
