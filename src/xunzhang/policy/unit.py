"""One unit of work: the head of the ledger held, the law as adopted, the engine over both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import datetime

from django.db import transaction

from xunzhang.law.engine.engine import Engine
from xunzhang.law.outcome import Outcome
from xunzhang.law.workdays import UnknownYear
from xunzhang.policy import effects
from xunzhang.policy.book import Law, current_law
from xunzhang.policy.history import LedgerHistory
from xunzhang.policy.models import LedgerHead
from xunzhang.policy.refusing import year_unknown
from xunzhang.policy.world import Company

FOLLOWED = tuple(one.name for one in fields(Outcome))


@dataclass(slots=True)
class Unit:
    """What an action works with; `out` gathers all that has followed."""

    at: datetime
    law: Law
    company: Company
    history: LedgerHistory
    engine: Engine
    out: Outcome = field(default_factory=Outcome)

    def add(self, more: Outcome) -> None:
        """Take over what has followed."""
        for name in FOLLOWED:
            getattr(self.out, name).extend(getattr(more, name))


@contextmanager
def working(at: datetime, *, most_timers: int = 0) -> Iterator[Unit]:
    """Hold the ledger for one unit of work; at its end everything is written and carried out, or nothing."""
    with transaction.atomic(savepoint=False):
        unit = _unit(_held_head(at), at, most_timers)
        try:
            yield unit
            unit.history.flush(at)
            effects.carry_out(unit.out, law=unit.law, changes=unit.company.changes, at=at)
        except UnknownYear as error:
            raise year_unknown(error) from error


def reading(at: datetime) -> Unit:
    """Return a unit to look with; nothing of it is ever written."""
    head = LedgerHead.objects.first() or LedgerHead(pk=1)
    if head.began_at is None:
        head.began_at = at
    return _unit(head, at, 0)


def _unit(head: LedgerHead, at: datetime, most_timers: int) -> Unit:
    law = current_law(head)
    company = Company(at)
    history = LedgerHistory(head, company, law.patterns, most_timers=most_timers)
    return Unit(at, law, company, history, Engine(law.book, history))


def _held_head(at: datetime) -> LedgerHead:
    held = LedgerHead.objects.select_for_update().filter(pk=1).first()
    if held is None:
        LedgerHead.objects.get_or_create(pk=1)
        held = LedgerHead.objects.select_for_update().get(pk=1)
    if held.began_at is None:
        held.began_at = at
    return held
