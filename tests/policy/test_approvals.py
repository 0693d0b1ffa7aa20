"""Somebody asks for what needs approval; superiors give, refuse, return or delegate it."""

from datetime import datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from xunzhang.lib.errors import Conflict, NeedsApproval, Refused
from xunzhang.organisation import actions as organisation
from xunzhang.policy import actions as policy
from xunzhang.policy.models import ApprovalRequest, Event, Notification
from xunzhang.policy.queries.approvals import inbox, inbox_count, own_requests, request_page


def gift(cast: SimpleNamespace, at: datetime, amount: str = "800") -> Any:
    return policy.require(
        action="gift.send", by=cast.owner.pk, at=at, keys={"customer": 7, "amount": Decimal(amount)}
    )


@pytest.fixture
def request_(measures: Any, cast: SimpleNamespace, noon: datetime) -> ApprovalRequest:
    """Li has asked to send a gift for 800."""
    with pytest.raises(policy.ApprovalNeeded) as needed:
        gift(cast, noon)
    return policy.open_request(needed=needed.value, by=cast.owner.pk, at=noon, comment="生日")


def minutes(noon: datetime, number: int) -> datetime:
    return noon + timedelta(minutes=number)


def test_small_gifts_need_nobody(measures, cast, noon) -> None:
    assert gift(cast, noon, "500").ruling == "allowed"


def test_what_is_forbidden_is_refused_with_its_article(measures, cast, noon) -> None:
    with pytest.raises(Refused) as no:
        gift(cast, noon, "6000")
    assert no.value.citations[0]["article"] == "3"
    assert str(no.value) == "超过五千元不得送"


def test_two_steps_then_the_gift_and_then_no_more(request_, cast, noon) -> None:
    assert [row.pk for row in inbox(cast.manager).rows] == [request_.pk]
    assert inbox_count(cast.general).number == 0
    policy.approve(request=request_.pk, by=cast.manager.pk, at=minutes(noon, 1))
    assert inbox_count(cast.manager).number == 0
    with pytest.raises(NeedsApproval) as still:
        gift(cast, minutes(noon, 2))
    assert still.value.values["request"] == request_.pk
    policy.approve(request=request_.pk, by=cast.general.pk, at=minutes(noon, 3), comment="可以")
    assert own_requests(cast.owner).rows[0].status == "approved"
    assert Notification.objects.filter(person=str(cast.owner.pk), kind="answer").count() == 1
    assert gift(cast, minutes(noon, 4)).ruling == "allowed"
    assert Event.objects.filter(type="action.done").count() == 1
    with pytest.raises(NeedsApproval):
        gift(cast, minutes(noon, 5))


def test_asking_twice_finds_the_same_request(request_, cast, noon) -> None:
    with pytest.raises(policy.ApprovalNeeded) as again:
        gift(cast, noon)
    found = policy.open_request(needed=again.value, by=cast.owner.pk, at=noon)
    assert found.pk == request_.pk
    assert ApprovalRequest.objects.count() == 1


def test_what_an_article_refused_stands_in_the_ledger(measures, cast, noon) -> None:
    with pytest.raises(Refused) as no:
        gift(cast, noon, "6000")
    policy.note_refusal(refusal=no.value, by=cast.owner.pk, at=noon)
    row = Event.objects.get(type="action.refused")
    assert (row.by, row.customer, row.keys["action"]) == (str(cast.owner.pk), "7", "gift.send")
    policy.note_refusal(refusal=Refused("other", "no"), by=cast.owner.pk, at=noon)
    assert Event.objects.filter(type="action.refused").count() == 1


def test_a_refusal_wipes_out_what_was_given(request_, cast, noon) -> None:
    policy.approve(request=request_.pk, by=cast.manager.pk, at=minutes(noon, 1))
    policy.reject(request=request_.pk, by=cast.general.pk, at=minutes(noon, 2), comment="太多")
    request_.refresh_from_db()
    assert request_.status == "refused"
    with pytest.raises(policy.ApprovalNeeded) as anew:
        gift(cast, minutes(noon, 3))
    assert anew.value.values["steps"][0] == [str(cast.manager.pk)]
    assert anew.value.values["request"] is None


def test_a_returned_request_is_asked_again(request_, cast, noon) -> None:
    policy.return_request(request=request_.pk, by=cast.manager.pk, at=noon, comment="送谁？")
    again = policy.ask_approval(
        action="gift.send",
        keys=request_.keys,
        by=cast.owner.pk,
        at=minutes(noon, 1),
        comment="王总",
    )
    assert (again.pk, again.status, again.comment) == (request_.pk, "open", "王总")


def test_one_who_stands_in_decides_for_the_absent(measures, cast, noon) -> None:
    organisation.delegate(
        from_person=cast.manager.pk, to_person=cast.teammate.pk, starts_at=noon,
        ends_at=noon + timedelta(days=3), by=cast.manager.pk, at=noon,
    )  # fmt: skip
    asked = policy.ask_approval(
        action="gift.send", keys={"amount": Decimal(900)}, by=cast.owner.pk, at=noon
    )
    policy.approve(request=asked.pk, by=cast.teammate.pk, at=minutes(noon, 1))
    asked.refresh_from_db()
    assert asked.steps == [[str(cast.general.pk)]]
    assert Event.objects.get(type="approval.given").keys["decided_by"] == str(cast.teammate.pk)


def test_a_step_is_delegated(request_, cast, noon) -> None:
    policy.delegate(request=request_.pk, to=cast.chen.pk, by=cast.manager.pk, at=noon)
    assert inbox_count(cast.manager).number == 0
    policy.approve(request=request_.pk, by=cast.chen.pk, at=minutes(noon, 1))
    assert inbox_count(cast.general).number == 1


def test_a_stranger_decides_nothing(request_, cast, noon) -> None:
    with pytest.raises(Refused):
        policy.approve(request=request_.pk, by=cast.chen.pk, at=noon)
    with pytest.raises(Refused):
        request_page(cast.chen, request_.pk)
    row, whys = request_page(cast.manager, request_.pk)
    assert row.pk == request_.pk
    assert whys[0].citation["article"] == "3"


def test_nobody_decides_twice(request_, cast, noon) -> None:
    policy.reject(request=request_.pk, by=cast.manager.pk, at=noon, comment="不行")
    with pytest.raises((Conflict, Refused)):
        policy.approve(request=request_.pk, by=cast.manager.pk, at=noon)


def test_what_is_no_event_is_done_with_consent_and_stands_in_the_ledger_once(
    request_, cast, noon
) -> None:
    keys = {"customer": 7, "amount": Decimal(800)}
    policy.approve(request=request_.pk, by=cast.manager.pk, at=minutes(noon, 1))
    policy.approve(request=request_.pk, by=cast.general.pk, at=minutes(noon, 2))
    for _twice in range(2):
        policy.perform(
            action="gift.send", by=cast.owner.pk, at=minutes(noon, 3), keys=keys, token="click"
        )
    done = Event.objects.get(type="action.done")
    assert (done.keys["action"], done.keys["asker"]) == ("gift.send", str(cast.owner.pk))
    assert done.keys["amount"] == Decimal(800)
    with pytest.raises(NeedsApproval):
        policy.perform(action="gift.send", by=cast.owner.pk, at=minutes(noon, 4), keys=keys)


def test_the_ledger_tells_which_article_refused_what(measures, cast, noon) -> None:
    with pytest.raises(Refused) as no:
        gift(cast, noon, "6000")
    policy.note_refusal(refusal=no.value, by=cast.owner.pk, at=noon)
    told = Event.objects.get(type="action.refused").keys
    assert (told["action"], told["articles"]) == ("gift.send", ["3"])
