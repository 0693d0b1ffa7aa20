"""Somebody asks, somebody approves, refuses, returns or lets another decide; and what one was told is read."""

from typing import Any

import pytest

from xunzhang.policy.choices import RequestState
from xunzhang.policy.models import ApprovalRequest, Notification


@pytest.fixture
def request_(story) -> ApprovalRequest:
    """孙浩 wants to read a file of another department."""
    return ApprovalRequest.objects.get()


def said(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_inbox_says_who_asks_what_and_by_which_article(story, browser, request_):
    page = said(browser(story.boss).get("/desk/approvals/"))
    for words in ("查阅档案", "宝鸡恒泰机电有限公司", "孙浩", "客户来厂维修", "1、5 2"):
        assert words in page
    whole = said(browser(story.boss).get(f"/desk/approvals/{request_.pk}/"))
    assert "查阅其他业务部门的客户档案，须经总经理批准" in whole


def test_one_press_approves_and_the_asker_may_go_ahead(story, browser, request_):
    address, boss = f"/desk/approvals/{request_.pk}/", browser(story.boss)
    assert boss.post(address, {"decision": "approve"}).status_code == 302
    request_.refresh_from_db()
    assert request_.status == RequestState.APPROVED
    assert boss.post(address, {"decision": "approve"}).status_code in {403, 409}
    asker = browser(story.people["F001"])
    assert "已获批准" in said(asker.get(address))
    assert "已同意" in said(asker.get("/desk/notices/"))


@pytest.mark.parametrize(("decision", "state"), [("refuse", "refused"), ("return", "returned")])
def test_a_no_needs_words(story, browser, request_, decision, state):
    address, boss = f"/desk/approvals/{request_.pk}/", browser(story.boss)
    assert boss.post(address, {"decision": decision}).status_code == 422
    assert boss.post(address, {"decision": decision, "comment": "请附维修单"}).status_code == 302
    request_.refresh_from_db()
    assert request_.status == state
    assert "请附维修单" in said(browser(story.people["F001"]).get(address))


def test_somebody_else_decides_in_ones_stead(story, browser, request_):
    address, director = f"/desk/approvals/{request_.pk}/", story.director
    assert browser(story.boss).post(f"{address}delegate/", {"to": director.pk}).status_code == 302
    assert browser(director).post(address, {"decision": "approve"}).status_code == 302


def test_strangers_neither_see_nor_decide(story, browser, request_):
    stranger = browser(story.seller)
    assert stranger.get(f"/desk/approvals/{request_.pk}/").status_code == 404
    assert (
        stranger.post(f"/desk/approvals/{request_.pk}/", {"decision": "approve"}).status_code == 404
    )


def test_what_one_was_told_is_read_once(story, browser):
    client = browser(story.seller)
    rows = Notification.objects.filter(person=str(story.seller.pk))
    first = rows.filter(kind="notice").earliest("pk")
    assert client.post(f"/desk/notices/{first.pk}/read/").status_code == 302
    first.refresh_from_db()
    assert first.read_at is not None
    assert browser(story.boss).post(f"/desk/notices/{first.pk}/read/").status_code == 403
    client.post("/desk/notices/read/")
    assert not rows.filter(read_at__isnull=True).exists()
    assert "没有通知" in said(client.get("/desk/notices/?unread=1"))
