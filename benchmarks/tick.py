"""What a tick with a thousand due duties costs among few open duties and among many.

XUNZHANG_DATABASE_URL=… python -m benchmarks.tick --many 1000000
"""

from __future__ import annotations

import argparse
from datetime import datetime, timedelta
from functools import partial

from benchmarks.measured import NOON, prepare
from benchmarks.measuring import begin, milliseconds, own_database, say, say_ratio, usual

FEW, MANY, DUE, ROUNDS = 10_000, 1_000_000, 1_000, 3
MOST = 1.5
LATER = NOON + timedelta(days=300)
WEEK = timedelta(weeks=1)


def main() -> None:
    """Measure among few, open many more, measure again, and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="20,000 among many, to see that it runs"
    )
    parser.add_argument("--many", type=int, default=MANY, help="how many open duties are many")
    chosen = parser.parse_args()
    many = 2 * FEW if chosen.quick else chosen.many
    print(f"tick, on {begin()}")
    with own_database("tick"):
        prepare()
        among_few = a_tick_among(FEW, NOON)
        among_many = a_tick_among(many, NOON + ROUNDS * WEEK)
        say(f"tick of {DUE:,} due among {FEW:,} open", among_few, "ms")
        say(f"tick of {DUE:,} due among {many:,} open", among_many, "ms")
        say_ratio("among many against among few", among_many / among_few, MOST)


def a_tick_among(number: int, first: datetime) -> float:
    """Return the milliseconds of a tick among so many open duties that are not due yet."""
    from xunzhang.policy import actions as policy
    from xunzhang.policy.models import BreachRow

    open_until(number)
    spans = []
    for at in (first + nth * WEEK for nth in range(ROUNDS)):
        breaches = BreachRow.objects.count()
        policy.record_many(
            {"type": "lead.met", "by": 1, "at": at, "keys": {"customer": breaches + nth}}
            for nth in range(DUE)
        )
        spans += milliseconds(partial(policy.tick, at=at + timedelta(days=1, hours=23)), 1)
        if BreachRow.objects.count() != breaches + DUE:
            raise SystemExit("The tick did not find what was due.")
    return usual(spans)


def open_until(number: int) -> None:
    """Let so many duties be open that fall due later, each with who owes it and its timer."""
    from django.db import connection

    from benchmarks.copying import DIGEST, analyse, copy_rows
    from xunzhang.policy import actions as policy
    from xunzhang.policy.models import DutyPerson, DutyRow, TimerRow

    there = DutyRow.objects.filter(due_at=LATER).count()
    policy.record(type="lead.met", by=1, at=NOON, keys={"customer": 999_999_999})
    duty = DutyRow.objects.filter(live=True).latest("id")
    first = 1_000_000_000 + there
    numbers = range(first, first + number - there)
    later = "'" + str(connection.ops.adapt_datetimefield_value(LATER)) + "'"
    if connection.vendor == "postgresql":
        later += "::timestamptz"
    text = "CAST(n AS text)"
    copy_rows(
        duty,
        numbers,
        {"id": "n", "customer": text, "due_at": later, "key_digest": DIGEST[connection.vendor]},
    )
    copy_rows(duty.people.get(), numbers, {"duty_id": "n", "due_at": later})
    timer = TimerRow.objects.filter(subject=str(duty.pk)).first()
    if timer is None or not DutyPerson.objects.filter(duty=first).exists():
        raise SystemExit("The duty that is copied has no timer.")
    copy_rows(timer, numbers, {"subject": text, "at": later, "run_at": later})
    policy.record(type="customer.filed", by=1, at=NOON, keys={"customer": 999_999_999})
    analyse()


if __name__ == "__main__":
    main()
