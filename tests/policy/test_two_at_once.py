"""Two workers tick at once, two people record at once; nothing is doubled, nothing lost, the chain is whole."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from xunzhang.policy import actions as policy
from xunzhang.policy.models import BreachRow, DutyRow, Event, TimerRow
from xunzhang.policy.queries.ledger import verify_chain

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WORKERS = 4


def together(act: Callable[[int], Any]) -> None:
    """Let several threads begin the same act at the same moment, each on its own connection."""
    ready = Barrier(WORKERS)

    def run(number: int) -> None:
        try:
            ready.wait()
            act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as threads:
        for done in [threads.submit(run, number) for number in range(WORKERS)]:
            done.result()


def test_workers_that_tick_at_once_raise_each_breach_once(measures, cast, customer, noon) -> None:
    for nth in range(60):
        keys = {"customer": customer.pk, "plate": f"沪A{nth}"}
        policy.record(type="lead.met", by=cast.owner.pk, at=noon, keys=keys)
    together(lambda _number: policy.tick(at=noon + timedelta(days=2)))
    missed = BreachRow.objects.filter(code="late-filing")
    assert missed.count() == 60
    assert missed.values("duty").distinct().count() == 60
    assert not TimerRow.objects.filter(run_at__lte=noon + timedelta(days=2)).exists()
    assert verify_chain() is None


def test_people_who_record_at_once_make_one_chain(measures, cast, customer, noon) -> None:
    def meet(number: int) -> None:
        for nth in range(10):
            keys = {"customer": customer.pk, "plate": f"{number}-{nth}"}
            policy.record(type="lead.met", by=cast.owner.pk, at=noon, keys=keys)

    together(meet)
    assert Event.objects.filter(type="lead.met").count() == 10 * WORKERS
    assert DutyRow.objects.filter(rule="file-in-time").count() == 10 * WORKERS
    assert verify_chain() is None


def test_a_double_click_at_once_records_once(measures, cast, customer, noon) -> None:
    keys = {"customer": customer.pk}
    together(
        lambda _number: policy.record(
            type="lead.met", by=cast.owner.pk, at=noon, keys=keys, token="one-click"
        )
    )
    assert Event.objects.filter(type="lead.met").count() == 1
    assert DutyRow.objects.filter(rule="file-in-time").count() == 1
