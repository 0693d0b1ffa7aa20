"""What the policy costs: an event with its duty against bare inserts, and a tick among few and many duties.

XUNZHANG_DATABASE_URL=… python -m benchmarks.policy --many 200000
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import django

if TYPE_CHECKING:
    from xunzhang.policy.models import DutyRow

NOON = datetime(2026, 3, 11, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
FEW, DUE, ROUNDS = 10_000, 1_000, 5
POLICY = """
policy: measured
title: {zh: 测量, en: Measured}
version: 1
effective: 2026-01-01
calendar: china
roles: [客服]
events:
  - {type: lead.met, name: {zh: 接触, en: Met}, keys: {plate: text}}
  - {type: lead.idle, name: {zh: 无关, en: Idle}, keys: {plate: text}}
articles:
  - no: "1"
    text: {zh: 一个工作日内备案, en: File within a workday}
    rules:
      - id: file
        kind: duty
        when: lead.met
        who: role:客服
        within: 1 workday
        do: customer.filed
        match: [customer]
        breach: late
"""


def main() -> None:
    """Measure in a database of its own, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=200_000, help="how many open duties are many")
    many = parser.parse_args().many
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xunzhang.settings.test")
    django.setup()
    from django.db import connection

    creation = connection.creation
    before = str(connection.settings_dict["NAME"])
    creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        prepare()
        figures = {"database": connection.vendor, **recording(), **idle(), **ticking(many)}
        print(json.dumps(figures, indent=2))
    finally:
        creation.destroy_test_db(before, verbosity=0)


def prepare() -> None:
    """One clerk, one customer, one policy."""
    from xunzhang.customers.actions import create_customer
    from xunzhang.organisation import actions as organisation
    from xunzhang.policy import actions as policy

    organisation.add_person(code="a", name="陈静", roles=["客服"], by=None, at=NOON)
    create_customer(values={"name": "华泰科技"}, by=1, at=NOON)
    policy.adopt_edition(source=POLICY, file="", by=None, at=NOON)


def timed(act: Callable[[], object], times: int) -> float:
    """Return the median milliseconds of an act."""
    spans = []
    for _nth in range(times):
        start = perf_counter()
        act()
        spans.append((perf_counter() - start) * 1000)
    return median(spans)


def recording() -> dict[str, float]:
    """`record` with one duty opened, against the same rows inserted bare in one transaction."""
    from django.db import transaction

    from xunzhang.policy import actions as policy
    from xunzhang.policy.models import DutyPerson, DutyRow, Event, LedgerHead, TimerRow

    customers = count(10_000_000)

    def recorded() -> None:
        with transaction.atomic():
            policy.record(type="lead.met", by=1, at=NOON, keys={"customer": next(customers)})

    recorded()
    event = Event.objects.latest("seq")
    duty = DutyRow.objects.latest("id")
    person = duty.people.get()
    timers = list(TimerRow.objects.filter(subject=str(duty.pk)))
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
            LedgerHead.objects.filter(pk=1).update(number=duty.id)

    head = LedgerHead.objects.get(pk=1)
    inserted = timed(bare, 300)
    head.save()
    whole = timed(recorded, 300)
    return {
        "bare inserts ms": round(inserted, 3),
        "record ms": round(whole, 3),
        "record / bare": round(whole / inserted, 2),
    }


def idle() -> dict[str, float]:
    """Events that no rule hears of, a thousand at a time, as an import records them."""
    from xunzhang.policy import actions as policy

    batch = [
        {"type": "lead.idle", "by": 1, "at": NOON, "keys": {"customer": nth, "plate": "沪A"}}
        for nth in range(5_000)
    ]
    spent = timed(lambda: policy.record_many(batch), ROUNDS)
    return {"idle events per second": round(len(batch) / spent * 1000)}


def ticking(many: int) -> dict[str, float]:
    """A tick with a thousand due duties, among few and among many open ones."""
    among_few = a_tick_among(FEW)
    among_many = a_tick_among(many)
    return {
        f"tick of {DUE} among {FEW} ms": round(among_few),
        f"tick of {DUE} among {many} ms": round(among_many),
        "tick many / few": round(among_many / among_few, 2),
    }


def a_tick_among(number: int) -> float:
    """Return the milliseconds of a tick among so many open duties that are not due yet."""
    from django.db import connection

    from xunzhang.policy import actions as policy
    from xunzhang.policy.models import DutyPerson, DutyRow, TimerRow

    later = NOON + timedelta(days=30)
    missing = number - DutyRow.objects.filter(live=True, due_at=later).count()
    sample = DutyRow.objects.order_by("id").earliest("id")
    first = 1_000_000_000 + DutyRow.objects.filter(due_at=later).count()
    for start in range(first, first + missing, 5_000):
        ids = range(start, min(start + 5_000, first + missing))
        rows = [copy_of(sample, id, later) for id in ids]
        DutyRow.objects.bulk_create(rows)
        DutyPerson.objects.bulk_create(
            DutyPerson(duty_id=id, person="1", state="open", live=True, due_at=later) for id in ids
        )
        TimerRow.objects.bulk_create(
            TimerRow(
                at=later,
                run_at=later,
                phase=0,
                uid=sample.uid,
                kind="lapse",
                subject=str(id),
                plan=1,
                nth=0,
            )
            for id in ids
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    spans = []
    for nth in range(3):
        at = NOON + timedelta(days=2 * nth)
        policy.tick(at=at)
        events = [
            {"type": "lead.met", "by": 1, "at": at, "keys": {"customer": one}} for one in range(DUE)
        ]
        policy.record_many(events)
        spans.append(timed(partial(policy.tick, at=at + timedelta(days=1, hours=23)), 1))
    return median(spans)


def copy_of(sample: DutyRow, id: int, due_at: datetime) -> DutyRow:
    """Return an open duty like another, due later."""
    fields = {name: value for name, value in vars(sample).items() if not name.startswith("_")}
    fields |= {"id": id, "customer": str(id), "due_at": due_at, "state": "open", "live": True}
    fields |= {"closed_at": None, "closed_seq": None, "key_digest": f"{id:032d}", "plan": 1}
    return type(sample)(**fields)


if __name__ == "__main__":
    main()
