"""Rehearsals come out the same in the database as in memory: many of the contract's, and some of every pack.

`XUNZHANG_ALL_STORIES=1` plays every rehearsal of every pack, which takes long.
"""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from typing_extensions import override

import xunzhang
from xunzhang.law.book import Book
from xunzhang.law.facts import Event
from xunzhang.law.history import Timer
from xunzhang.law.memory import MemoryHistory
from xunzhang.law.outcome import LIVE
from xunzhang.law.rehearsal import Rehearsal, load_rehearsal, play
from xunzhang.policy.history import LedgerHistory
from xunzhang.policy.history.duties import law_duty
from xunzhang.policy.models import BreachRow, DutyPerson, DutyRow, LedgerHead, SanctionRow
from xunzhang.policy.patterns import patterns_of
from xunzhang.policy.queries.ledger import verify_chain

PACKS = Path(xunzhang.__file__).parent / "packs"
CONTRACT = Path(__file__).parent.parent / "law/rehearsals"
SOUND = ("must", "may", "both")
EACH = 2


def stories() -> list[Path]:
    """Those of the contract, and of each pack as many as may be; on a server the first alone."""
    everything = "XUNZHANG_ALL_STORIES" in os.environ
    most = None if everything else EACH if connection.vendor == "sqlite" else 1
    packs = sorted(path.parent for path in PACKS.glob("*/policy.yaml"))
    told = [sorted((pack / "rehearsals").glob("*.yaml"))[:most] for pack in packs]
    contract = (
        sorted(CONTRACT.glob("must/*.yaml"))
        + sorted(CONTRACT.glob("*/*.yaml"))[:: 1 if everything else 3]
    )
    sound = dict.fromkeys(path for path in contract if path.parent.name in SOUND)
    return [*sound, *(path for one in told for path in one)]


class Forgetful(LedgerHistory):
    """Writes everything down again and again, so that what is read comes from the database."""

    @override
    def due_timer(self, now: datetime) -> Timer | None:
        self.flush(now)
        return super().due_timer(now)

    @override
    def append(self, type: str, at: datetime, keys: Mapping[str, Any]) -> Event:
        self.flush(at)
        return super().append(type, at, keys)


def in_database(rehearsal: Rehearsal, start: datetime) -> LedgerHistory:
    """The world of a rehearsal: people and customers in memory, everything else in the database."""
    world = MemoryHistory(rehearsal.staff, rehearsal.departments, rehearsal.customers, start)
    head, _made = LedgerHead.objects.get_or_create(pk=1, defaults={"began_at": start})
    return Forgetful(head, world, patterns_of(Book(rehearsal.editions)))


@pytest.mark.django_db
@pytest.mark.parametrize("story", stories(), ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_a_rehearsal_plays_the_same_on_both(story: Path) -> None:
    rehearsal, problems = load_rehearsal(story)
    assert rehearsal is not None, [problem.say("en") for problem in problems]
    remembered = play(rehearsal)
    stored = play(rehearsal, in_database)
    for one, two in zip(remembered.steps, stored.steps, strict=True):
        assert one.error == two.error
        assert one.new == two.new
        assert one.duties == two.duties
        assert one.ruling == two.ruling
    history = stored.history
    assert isinstance(history, LedgerHistory)
    history.flush(rehearsal.steps[-1].at)
    assert_rows_hold_what_memory_holds(remembered.history, history)
    assert verify_chain() is None


def assert_rows_hold_what_memory_holds(memory: Any, history: LedgerHistory) -> None:
    duties = {row.pk: law_duty(row) for row in DutyRow.objects.all()}
    assert duties == memory.duties
    owed = {(row.duty_id, row.person) for row in DutyPerson.objects.filter(live=True)}
    assert owed == {
        (duty.id, person) for duty in duties.values() if duty.state in LIVE for person in duty.who
    }
    assert BreachRow.objects.count() == len(memory.breaches)
    assert SanctionRow.objects.count() == len(memory.sanctions)
    for breach in memory.breaches:
        for person in breach.who:
            codes = (breach.code,)
            policy = breach.because.policy
            assert history.breaches_of(person, policy, codes) == memory.breaches_of(
                person, policy, codes
            )
    for sanction in memory.sanctions:
        for person in sanction.who:
            rule = sanction.because.rule
            assert history.sanctions_of(rule, person) == memory.sanctions_of(rule, person)
