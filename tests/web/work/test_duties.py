"""Somebody looks at duties, hands one over, is excused; others see only what is theirs."""

from typing import Any

import pytest

from xunzhang.policy.models import DutyRow, Event


@pytest.fixture
def late(story) -> DutyRow:
    """The file that 李娜 has not handed over."""
    return DutyRow.objects.get(rule="new-car-file-handover", state="overdue")


def said(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_duties_lie_in_buckets_with_their_counts(story, browser):
    page = said(browser(story.seller).get("/desk/duties/?due=overdue"))
    assert "宝鸡恒泰机电有限公司" in page
    assert "西安远征物流有限公司" not in page
    assert "西安远征物流有限公司" in said(browser(story.seller).get("/desk/duties/?due=coming"))


def test_a_list_is_narrowed_by_policy_person_rule_and_customer(story, browser):
    client = browser(story.boss)
    where = "/desk/duties/?whose=all&due=overdue"
    assert "周敏" in said(client.get(f"{where}&policy=dealer-customer-files"))
    assert "没有符合条件的待办" in said(client.get(f"{where}&policy=customer-filing"))
    assert "逾期 1 天" not in said(client.get(f"{where}&person={story.archivist.pk}"))
    assert "逾期 1 天" in said(client.get(f"{where}&rule=new-car-file-handover"))
    assert "马兰" in said(client.get(f"{where}&customer=malan"))


def test_a_duty_says_why(story, browser, late):
    page = said(browser(story.seller).get(f"/desk/duties/{late.pk}/"))
    assert "新车交付后三个工作日内，销售部把档案交客户档案管理员" in page
    assert "3 个工作日内" in page
    assert "2026-03-07" in page
    assert "周末 · 不计" in page
    assert "交付新车" in page


def test_the_drawer_shows_the_same_as_the_page(story, browser, late):
    client = browser(story.seller)
    whole = said(client.get(f"/desk/duties/{late.pk}/"))
    part = said(client.get(f"/desk/duties/{late.pk}/", headers={"HX-Request": "true"}))
    assert "<html" not in part
    for line in filter(None, map(str.strip, part.splitlines())):
        if "csrfmiddlewaretoken" not in line:
            assert line in whole


def test_somebody_else_does_not_see_it(story, browser, late):
    stranger = browser(story.people["F001"])
    for more in ("", "hand-over/", "excuse/"):
        assert stranger.get(f"/desk/duties/{late.pk}/{more}").status_code == 404
    assert stranger.post(f"/desk/duties/{late.pk}/claim/").status_code == 404


def test_a_duty_is_handed_over_with_a_reason(story, browser, late):
    client, colleague = browser(story.seller), story.people["S002"]
    address = f"/desk/duties/{late.pk}/hand-over/"
    assert client.post(address, {"to": colleague.pk, "reason": ""}).status_code == 422
    answer = client.post(address, {"to": colleague.pk, "reason": "本周休假"})
    assert answer.status_code == 302
    late.refresh_from_db()
    assert late.who == [str(colleague.pk)]
    assert "本周休假" in said(browser(colleague).get(f"/desk/duties/{late.pk}/"))


def test_only_a_superior_excuses(story, browser, late):
    address = f"/desk/duties/{late.pk}/excuse/"
    assert browser(story.seller).post(address, {"reason": "忘了"}).status_code == 403
    assert browser(story.boss).post(address, {"reason": "客户退车"}).status_code == 302
    late.refresh_from_db()
    assert (late.state, late.excuse) == ("cancelled", "客户退车")
    assert browser(story.boss).post(address, {"reason": "客户退车"}).status_code == 409


def test_claiming_twice_is_claiming_once(story, browser, late):
    DutyRow.objects.filter(pk=late.pk).update(
        who=[str(story.seller.pk), str(story.people["S002"].pk)]
    )
    client = browser(story.seller)
    for _click in range(2):
        assert client.post(f"/desk/duties/{late.pk}/claim/").status_code == 302
    assert Event.objects.filter(type="duty.claimed").count() == 1
    assert "李娜 办理" in said(client.get(f"/desk/duties/{late.pk}/"))
