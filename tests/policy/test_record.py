"""Somebody records what happened, and the policy opens, fulfils and misses duties."""

from datetime import datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.policy.conftest import MEASURES

from xunzhang.customers.actions import assign_owner
from xunzhang.customers.models import Customer
from xunzhang.organisation import actions as organisation
from xunzhang.policy import actions as policy
from xunzhang.policy.history.events import seal
from xunzhang.policy.models import (
    BreachRow,
    DutyPerson,
    DutyRow,
    Event,
    EventRef,
    LedgerClosed,
    Notification,
    SanctionRow,
    TimerRow,
)  # fmt: skip
from xunzhang.policy.queries.ledger import verify_chain


def met(customer: Customer, cast: SimpleNamespace, at: datetime, **more: Any) -> Any:
    keys = {"customer": customer.pk, "plate": "沪A1", "amount": Decimal("12.50"), **more}
    return policy.record(type="lead.met", by=cast.owner.pk, at=at, keys=keys)


def test_a_meeting_opens_the_duties_of_its_article(measures, cast, customer, noon) -> None:
    out = met(customer, cast, noon)
    duty = DutyRow.objects.get(rule="file-in-time")
    assert [one.id for one in out.duties if one.rule == "file-in-time"] == [duty.pk]
    assert (duty.article, duty.version, duty.state) == ("1", "1", "open")
    assert duty.due_on == (noon + timedelta(days=1)).date()
    assert [one.person for one in duty.people.all()] == [str(cast.owner.pk)]
    assert DutyPerson.objects.filter(duty__rule="greet").count() == 2
    assert Event.objects.get(type="lead.met").keys["amount"] == Decimal("12.50")


def test_filing_in_time_fulfils_the_duty(measures, cast, customer, noon) -> None:
    met(customer, cast, noon)
    later = noon + timedelta(hours=1)
    policy.record(type="customer.filed", by=cast.owner.pk, at=later, keys={"customer": customer.pk})
    assert DutyRow.objects.get(rule="file-in-time").state == "done"
    assert not DutyPerson.objects.filter(person=str(cast.owner.pk), live=True).exists()
    assert verify_chain() is None


def test_a_day_later_the_worker_finds_the_breach_and_proposes_the_fine(
    measures, cast, customer, noon
) -> None:
    met(customer, cast, noon)
    done = policy.tick(at=noon + timedelta(days=2))
    assert done.failed == 0
    assert not done.more
    breach = BreachRow.objects.get(code="late-filing")
    sanction = SanctionRow.objects.get()
    assert sanction.breach_id == breach.pk
    assert (sanction.fine, sanction.confirm) == (Decimal(50), [str(cast.general.pk)])
    kinds = set(Notification.objects.values_list("person", "kind"))
    assert (str(cast.general.pk), "confirm") in kinds
    assert (str(cast.owner.pk), "reminder") in kinds
    policy.tick(at=noon + timedelta(days=2))
    assert BreachRow.objects.filter(code="late-filing").count() == 1


def test_what_fell_due_goes_off_before_the_event_that_comes_after(
    measures, cast, customer, noon
) -> None:
    met(customer, cast, noon)
    late = noon + timedelta(days=3)
    policy.record(type="customer.filed", by=cast.owner.pk, at=late, keys={"customer": customer.pk})
    assert DutyRow.objects.get(rule="file-in-time").state == "late"
    assert BreachRow.objects.filter(code="late-filing").count() == 1
    kinds = list(Event.objects.values_list("type", flat=True).order_by("seq"))
    assert kinds.index("breach.raised") < kinds.index("customer.filed")


def test_a_double_click_records_once(measures, cast, customer, noon) -> None:
    keys = {"customer": customer.pk, "plate": "沪A1"}
    for _click in range(2):
        policy.record(type="lead.met", by=cast.owner.pk, at=noon, keys=keys, token="click-1")
    assert Event.objects.filter(type="lead.met").count() == 1
    assert DutyRow.objects.filter(rule="file-in-time").count() == 1


def test_the_same_plate_again_makes_the_customer_a_key_one(measures, cast, customer, noon) -> None:
    met(customer, cast, noon)
    assert EventRef.objects.filter(type="lead.met", names="plate").count() == 1
    met(customer, cast, noon + timedelta(minutes=5), plate="京B2")
    customer.refresh_from_db()
    assert customer.grade == ""
    met(customer, cast, noon + timedelta(minutes=9))
    customer.refresh_from_db()
    assert customer.grade == "重点"


def test_past_events_are_found_by_a_policy_adopted_later(cast, customer, noon) -> None:
    met(customer, cast, noon)
    policy.adopt_edition(source=MEASURES, file="", by=None, at=noon + timedelta(minutes=1))
    met(customer, cast, noon + timedelta(minutes=2))
    customer.refresh_from_db()
    assert customer.grade == "重点"


def test_an_action_that_fails_leaves_nothing(measures, cast, customer, noon) -> None:
    before = Event.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert met(customer, cast, noon).duties[5 // 0]
    assert (Event.objects.count(), DutyRow.objects.count()) == (before, 0)
    met(customer, cast, noon)
    assert verify_chain() is None


def test_the_ledger_cannot_be_changed(measures, cast, customer, noon) -> None:
    met(customer, cast, noon)
    event = Event.objects.get(type="lead.met")
    with pytest.raises(LedgerClosed):
        event.save()
    with pytest.raises(LedgerClosed):
        event.delete()
    with pytest.raises(LedgerClosed):
        Event.objects.update(type="x")
    with pytest.raises(LedgerClosed):
        Event.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE policy_event SET type = 'x'")
    assert verify_chain() is None


def test_a_changed_event_is_found_out(measures, cast, customer, noon, monkeypatch) -> None:
    met(customer, cast, noon)
    broken = Event.objects.get(type="lead.met")
    monkeypatch.setattr(
        "xunzhang.policy.queries.ledger.seal",
        lambda previous, seq, *rest: "forged" if seq == broken.seq else _seal(previous, seq, *rest),
    )
    assert verify_chain() == broken.seq


def _seal(*parts: Any) -> str:
    return seal(*parts)


def test_duties_follow_the_customer_to_a_new_owner(measures, cast, customer, noon) -> None:
    met(customer, cast, noon)
    assign_owner(customer=customer.pk, to=cast.teammate.pk, by=None, at=noon + timedelta(minutes=1))
    assert DutyRow.objects.get(rule="file-in-time").who == [str(cast.teammate.pk)]


def test_what_one_who_leaves_still_owes_passes_to_the_successor(
    measures, cast, customer, noon
) -> None:
    met(customer, cast, noon)
    cast.owner.refresh_from_db()
    organisation.leave(
        person=cast.owner.pk, revision=cast.owner.revision, successor=cast.teammate.pk, by=None,
        at=noon + timedelta(minutes=1),
    )  # fmt: skip
    assert DutyRow.objects.get(rule="file-in-time").who == [str(cast.teammate.pk)]


def test_a_timer_that_fails_is_put_off_and_the_others_go_on(
    measures, cast, customer, noon, monkeypatch
) -> None:
    met(customer, cast, noon)
    TimerRow.objects.create(
        at=noon, run_at=noon, phase=0, uid="small-measures@1/file-in-time", kind="lapse",
        subject="not a number", plan=1, nth=0,
    )  # fmt: skip
    later = noon + timedelta(days=2)
    done = policy.tick(at=later)
    assert done.failed == 1
    assert BreachRow.objects.filter(code="late-filing").count() == 1
    put_off = TimerRow.objects.get(failures=1)
    assert "ValueError" in put_off.error
    assert put_off.run_at > later


def test_many_events_are_recorded_in_their_order(measures, cast, customer, noon) -> None:
    keys = {"customer": customer.pk, "plate": "沪A1"}
    policy.record_many(
        [
            {"type": "customer.viewed", "by": None, "at": noon, "keys": keys},
            {"type": "lead.met", "by": cast.owner.pk, "at": noon, "keys": keys},
            {"type": "customer.filed", "by": cast.owner.pk, "at": noon, "keys": keys},
        ]
    )
    assert DutyRow.objects.get(rule="file-in-time").state == "done"
    assert verify_chain() is None
