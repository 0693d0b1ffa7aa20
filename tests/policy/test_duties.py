"""People look at their duties, claim them, hand them over, are excused; and decide about sanctions."""

from datetime import datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from xunzhang.lib.errors import Conflict, Refused
from xunzhang.policy import actions as policy
from xunzhang.policy.choices import Bucket
from xunzhang.policy.models import BreachRow, DutyRow, Event, Notification, SanctionRow
from xunzhang.policy.queries import breaches, duties, ledger


@pytest.fixture
def met(measures: Any, customer: Any, cast: SimpleNamespace, noon: datetime) -> Any:
    """Li has met the customer, and owes the filing."""
    keys = {"customer": customer.pk, "plate": "沪A1"}
    policy.record(type="lead.met", by=cast.owner.pk, at=noon, keys=keys)
    return customer


@pytest.fixture
def sanction(met: Any, noon: datetime) -> SanctionRow:
    """The filing was missed, and fifty are proposed."""
    policy.tick(at=noon + timedelta(days=2))
    return SanctionRow.objects.get()


def rules(person: Any, bucket: Bucket, at: datetime, **more: Any) -> list[str]:
    return [row.rule for row in duties.duties_of(person, bucket=bucket, at=at, **more).rows]


def test_a_desk_shows_ones_own_duties_by_when_they_are_due(met, cast, noon) -> None:
    assert rules(cast.owner, Bucket.COMING, noon, of=cast.owner) == ["file-in-time"]
    tomorrow = noon + timedelta(days=1)
    assert rules(cast.owner, Bucket.TODAY, tomorrow, of=cast.owner) == ["file-in-time"]
    policy.tick(at=noon + timedelta(days=2))
    later = noon + timedelta(days=2)
    assert rules(cast.owner, Bucket.OVERDUE, later, of=cast.owner) == ["file-in-time"]
    counts = duties.duty_counts(cast.owner, at=later, of=cast.owner)
    assert counts[Bucket.OVERDUE].number == 1
    assert counts[Bucket.TODAY].number == 0


def test_superiors_see_what_is_below_them_and_strangers_nothing(met, cast, noon, grant) -> None:
    assert rules(cast.manager, Bucket.COMING, noon) == ["file-in-time"]
    assert "file-in-time" not in rules(cast.chen, Bucket.COMING, noon)
    duty = DutyRow.objects.get(rule="file-in-time")
    with pytest.raises(Refused):
        duties.duty_page(cast.teammate, duty.pk)
    grant(cast.teammate, "see_all")
    item, why, _found = duties.duty_page(cast.teammate, duty.pk)
    assert item.who == [(str(cast.owner.pk), "李娜")]
    assert item.customer == (str(met.pk), "华泰科技")
    assert why.citation["article"] == "1"
    assert why.opened_by is not None
    assert why.opened_by.type == "lead.met"
    assert [day.on for day in why.days] == [(noon + timedelta(days=1)).date()]


def test_one_of_several_claims_a_duty(met, cast, noon) -> None:
    duty = DutyRow.objects.get(rule="greet")
    policy.claim(duty=duty.pk, by=cast.chen.pk, at=noon)
    with pytest.raises(Conflict):
        policy.claim(duty=duty.pk, by=cast.zhou.pk, at=noon)
    with pytest.raises(Refused):
        policy.claim(duty=duty.pk, by=cast.owner.pk, at=noon)
    duty.refresh_from_db()
    assert duty.claimed_by == str(cast.chen.pk)
    assert Event.objects.filter(type="duty.claimed").count() == 1


def test_a_duty_handed_over_is_owed_by_the_other(met, cast, noon) -> None:
    duty = DutyRow.objects.get(rule="file-in-time")
    with pytest.raises(Refused):
        policy.hand_over(duty=duty.pk, to=cast.zhou.pk, by=cast.chen.pk, at=noon, reason="x")
    with pytest.raises(Refused):
        policy.hand_over(duty=duty.pk, to=cast.teammate.pk, by=cast.owner.pk, at=noon, reason=" ")
    policy.hand_over(duty=duty.pk, to=cast.teammate.pk, by=cast.owner.pk, at=noon, reason="出差")
    assert rules(cast.owner, Bucket.COMING, noon, of=cast.owner) == []
    policy.tick(at=noon + timedelta(days=2))
    assert BreachRow.objects.get(code="late-filing").who == [str(cast.teammate.pk)]


def test_who_is_excused_by_a_superior_is_in_no_breach(met, cast, noon) -> None:
    duty = DutyRow.objects.get(rule="file-in-time")
    with pytest.raises(Refused):
        policy.excuse(duty=duty.pk, by=cast.owner.pk, at=noon, reason="没空")
    policy.excuse(duty=duty.pk, by=cast.manager.pk, at=noon, reason="客户要求暂缓")
    policy.tick(at=noon + timedelta(days=2))
    assert not BreachRow.objects.filter(code="late-filing").exists()
    duty.refresh_from_db()
    assert (duty.state, duty.excuse) == ("cancelled", "客户要求暂缓")


def test_a_breach_shows_its_evidence(sanction, cast) -> None:
    page = breaches.breach_page(cast.owner, sanction.breach_id)
    assert page.duty is not None
    assert page.duty.rule == "file-in-time"
    assert "lead.met" in [event.type for event in page.evidence]
    assert [row.pk for row in page.sanctions] == [sanction.pk]
    assert page.why.citation["article"] == "1"
    with pytest.raises(Refused):
        breaches.breach_page(cast.teammate, sanction.breach_id)


def test_the_named_one_confirms(sanction, cast, noon) -> None:
    assert breaches.sanctions_to_decide(cast.general).number == 1
    with pytest.raises(Refused):
        policy.confirm(sanction=sanction.pk, by=cast.manager.pk, at=noon)
    row = policy.confirm(sanction=sanction.pk, by=cast.general.pk, at=noon)
    assert (row.state, row.amount) == ("confirmed", Decimal(50))
    with pytest.raises(Conflict):
        policy.waive(sanction=sanction.pk, by=cast.general.pk, at=noon, reason="算了")


def test_a_lowered_fine_is_appealed_and_answered(sanction, cast, noon) -> None:
    with pytest.raises(Refused):
        policy.lower(
            sanction=sanction.pk, amount=Decimal(60), by=cast.general.pk, at=noon, reason="初犯"
        )
    policy.lower(
        sanction=sanction.pk, amount=Decimal(30), by=cast.general.pk, at=noon, reason="初犯"
    )
    policy.appeal(sanction=sanction.pk, by=cast.owner.pk, at=noon, text="客户不在")
    row = policy.answer_appeal(
        sanction=sanction.pk, by=cast.general.pk, at=noon, text="酌减", amount=Decimal(10)
    )
    assert (row.state, row.amount, row.answer) == ("lowered", Decimal(10), "酌减")


def test_what_was_waived_does_not_count_next_time(sanction, met, cast, noon) -> None:
    at = noon + timedelta(days=2)
    policy.waive(sanction=sanction.pk, by=cast.general.pk, at=at, reason="系统故障")
    policy.record(type="customer.filed", by=cast.owner.pk, at=at, keys={"customer": met.pk})
    policy.record(type="lead.met", by=cast.owner.pk, at=at, keys={"customer": met.pk})
    policy.tick(at=at + timedelta(days=7))
    second = SanctionRow.objects.exclude(pk=sanction.pk).get()
    assert (second.number, second.fine, second.doubled) == (1, Decimal(50), False)


def test_a_second_time_within_the_month_is_doubled(sanction, met, cast, noon) -> None:
    at = noon + timedelta(days=2)
    policy.record(type="customer.filed", by=cast.owner.pk, at=at, keys={"customer": met.pk})
    policy.record(type="lead.met", by=cast.owner.pk, at=at, keys={"customer": met.pk})
    policy.tick(at=at + timedelta(days=7))
    second = SanctionRow.objects.exclude(pk=sanction.pk).get()
    assert (second.number, second.fine, second.doubled) == (2, Decimal(100), True)


def test_a_customer_has_one_line_of_everything(sanction, met, cast) -> None:
    line = ledger.timeline(cast.owner, customer=met.pk)
    assert {"event", "duty", "breach"} == {one.kind for one in line}
    assert [one.at for one in line] == sorted((one.at for one in line), reverse=True)
    strangers = ledger.timeline(cast.teammate, customer=met.pk)
    assert {one.kind for one in strangers} == {"event"}


def test_the_ledger_is_read_in_pages(sanction, cast, grant) -> None:
    mine = ledger.ledger(cast.owner)
    assert {row.by for row in mine.rows} == {str(cast.owner.pk)}
    grant(cast.owner, "see_ledger")
    first = ledger.ledger(cast.owner, size=3)
    second = ledger.ledger(cast.owner, size=3, cursor=first.next)
    assert first.rows[-1].seq == second.rows[0].seq + 1
    assert {row.type for row in ledger.ledger(cast.owner, type="lead.met").rows} == {"lead.met"}


def test_one_reads_what_one_was_told(sanction, cast, noon) -> None:
    told = Notification.objects.filter(person=str(cast.owner.pk)).earliest("pk")
    with pytest.raises(Refused):
        policy.mark_read(notification=told.pk, by=cast.chen.pk, at=noon)
    policy.mark_read(notification=told.pk, by=cast.owner.pk, at=noon)
    left = policy.mark_all_read(by=cast.owner.pk, at=noon)
    assert left == Notification.objects.filter(person=str(cast.owner.pk)).count() - 1
