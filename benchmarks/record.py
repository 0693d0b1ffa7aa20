"""What an event with one duty costs against bare inserts of the same rows; and events that no rule hears of.

XUNZHANG_DATABASE_URL=… python -m benchmarks.record
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from itertools import count

from benchmarks.measured import NOON, prepare
from benchmarks.measuring import begin, milliseconds, own_database, say, say_ratio, usual

ROUNDS, TIMES, IDLE = 10, 50, 5_000
MOST = 3


def main() -> None:
    """Measure both in turn, in one run, and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds, to see that it runs")
    rounds = 2 if parser.parse_args().quick else ROUNDS
    print(f"record, on {begin()}")
    with own_database("record"):
        prepare()
        compare(rounds)
        idle(rounds)


def compare(rounds: int) -> None:
    """`record` with one duty opened, against the same rows inserted bare in one transaction."""
    recorded = recording()
    recorded()
    bare = inserting()
    whole, inserted = [], []
    for _round in range(rounds):
        inserted += milliseconds(bare, TIMES)
        whole += milliseconds(recorded, TIMES)
    say("bare inserts of the same rows", usual(inserted), "ms")
    say("record with one duty", usual(whole), "ms")
    say_ratio("record against bare inserts", usual(whole) / usual(inserted), MOST)


def recording() -> Callable[[], None]:
    """Return what records one event that opens one duty."""
    from django.db import transaction

    from xunzhang.policy import actions as policy

    customers = count(10_000_000)

    def recorded() -> None:
        with transaction.atomic():
            policy.record(type="lead.met", by=1, at=NOON, keys={"customer": next(customers)})

    return recorded


def inserting() -> Callable[[], None]:
    """Return what inserts the rows of the latest event and its duty again, under other numbers."""
    from django.db import transaction

    from xunzhang.policy.models import DutyPerson, DutyRow, Event, LedgerHead, TimerRow

    event = Event.objects.latest("seq")
    duty = DutyRow.objects.latest("id")
    person = duty.people.get()
    timers = list(TimerRow.objects.filter(subject=str(duty.pk)))
    adopted = LedgerHead.objects.get(pk=1).editions
    numbers = count(100_000_000)

    def bare() -> None:
        number = next(numbers)
        with transaction.atomic():
            event.seq, event.customer = number, str(number)
            Event.objects.bulk_create([event])
            duty.id, duty.customer = number, str(number)
            DutyRow.objects.bulk_create([duty])
            person.pk, person.duty_id = None, number
            DutyPerson.objects.bulk_create([person])
            for timer in timers:
                timer.pk = None
            TimerRow.objects.bulk_create(timers)
            LedgerHead.objects.filter(pk=1).update(editions=adopted)

    return bare


def idle(rounds: int) -> None:
    """Events that no rule hears of, many at a time, as an import records them."""
    from xunzhang.policy import actions as policy

    batch = [
        {"type": "lead.idle", "by": 1, "at": NOON, "keys": {"customer": nth, "plate": "沪A"}}
        for nth in range(IDLE)
    ]
    spent = usual(milliseconds(lambda: policy.record_many(batch), rounds))
    say("events that no rule hears of", IDLE / spent * 1000, "a second")


if __name__ == "__main__":
    main()
