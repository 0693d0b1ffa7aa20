"""Somebody records what happened; the ledger shows it with what followed."""

import re
from typing import Any

import pytest
from tests.web.html import faults

from xunzhang.policy.models import ApprovalRequest, DutyRow, Event


def said(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def token_of(page: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', page)
    assert found is not None
    return found[1]


def test_a_kind_is_chosen_among_what_the_policies_speak_of(story, browser):
    client = browser(story.seller)
    page = said(client.get("/ledger/record/"))
    assert "现行制度涉及的事件" in page
    assert "交付新车" in page
    assert "发生违规" not in page.split('id="rows"')[1].split("</main>")[0]
    part = said(client.get("/ledger/record/?q=jfxc", headers={"HX-Request": "true"}))
    assert "交付新车" in part
    assert "上班" not in part
    assert "没有这样的事件类型" in said(client.get("/ledger/record/?q=zzzz"))


def test_what_is_recorded_shows_what_followed(story, browser):
    client, customer = browser(story.seller), story.customers["马兰"]
    page = said(client.get(f"/ledger/record/?type=vehicle.delivered&customer={customer.pk}"))
    assert "马兰" in page
    entry = {
        "type": "vehicle.delivered", "token": token_of(page), "customer": "马兰", "vehicle": "LSV0009",
        "car": "new", "consultant": str(story.seller.pk),
    }  # fmt: skip
    client.post("/ledger/record/", entry)
    answer = client.post("/ledger/record/", entry)
    assert answer.status_code == 302
    event = Event.objects.filter(type="vehicle.delivered").latest("seq")
    assert Event.objects.filter(token=entry["token"]).count() == 1
    assert answer["Location"] == f"/ledger/events/{event.seq}/?fresh=1"
    after = said(client.get(answer["Location"]))
    assert "产生的待办" in after
    assert "第 3.1 条" in after
    assert event.digest in after


def test_a_duty_fills_in_what_it_knows(story, browser):
    duty = DutyRow.objects.get(rule="new-car-file-handover", state="overdue")
    page = said(browser(story.seller).get(f"/desk/duties/{duty.pk}/"))
    way = re.search(r'href="(/(?:ledger/record|cases/)[^"]+)"', page)
    assert way is not None


def test_a_person_and_a_number_are_asked_for_as_such(story, browser):
    page = said(browser(story.seller).get("/ledger/record/?type=vehicle.delivered"))
    assert '<select name="consultant"' in page
    assert 'type="search" name="customer"' in page


@pytest.mark.parametrize(
    "type_", ["breach.raised", "customer.created", "policy.adopted", "no.such"]
)
def test_what_the_product_tells_itself_is_not_recorded_by_hand(story, browser, type_):
    assert browser(story.boss).get(f"/ledger/record/?type={type_}").status_code == 404


def test_what_needs_an_approval_leads_to_the_request(story, browser):
    client = browser(story.people["F002"])
    page = said(client.get("/ledger/record/?type=file.read"))
    entry = {"type": "file.read", "token": token_of(page), "customer": "宝鸡恒泰机电有限公司"}
    refusal = client.post("/ledger/record/", entry)
    assert refusal.status_code == 403
    way = re.search(r'href="(/desk/approvals/ask/\?need=[^"]+)"', refusal.content.decode())
    assert way is not None
    address = way[1].replace("&amp;", "&")
    assert "查阅档案" in said(client.get(address))
    for _click in range(2):
        answer = client.post(address, {"comment": "核对资料"})
        assert answer.status_code == 302
    assert ApprovalRequest.objects.filter(asker=str(story.people["F002"].pk)).count() == 1
    assert "施展" in said(browser(story.boss).get("/desk/approvals/"))


def test_a_need_that_was_tampered_with_is_not_read(story, browser):
    assert browser(story.seller).get("/desk/approvals/ask/?need=x:y").status_code == 400


def test_nothing_at_all_is_no_event(story, browser):
    client = browser(story.seller)
    entry = {"type": "vehicle.delivered", "token": "t1"}
    assert client.post("/ledger/record/", entry).status_code == 422
    assert not Event.objects.filter(token="t1").exists()


def test_the_ledger_shows_what_one_may_see(story, browser):
    boss, seller = browser(story.boss), browser(story.seller)
    assert "制度生效" in said(boss.get("/ledger/events/?type=policy.adopted"))
    assert "没有符合条件的事件" in said(seller.get("/ledger/events/?type=policy.adopted"))
    adopted = Event.objects.filter(type="policy.adopted").earliest("seq")
    assert seller.get(f"/ledger/events/{adopted.seq}/").status_code == 404
    found = said(boss.get("/ledger/events/?customer=malan&since=2026-03-02&until=2026-03-02"))
    assert "交付新车" in found
    assert "客户建档" not in found.split("<tbody>")[1]


def test_the_chain_is_verified_by_those_who_may(story, browser):
    boss = browser(story.boss)
    boss.post("/ledger/events/verify/")
    assert "校验通过" in said(boss.get("/ledger/events/"))
    assert browser(story.seller).post("/ledger/events/verify/").status_code == 403


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_of_the_ledger_is_sound(story, browser, language):
    client = browser(story.boss)
    event = Event.objects.filter(type="vehicle.delivered").earliest("seq")
    pages = [
        "/ledger/events/", "/ledger/record/", "/ledger/record/?type=customer.contacted",
        f"/ledger/events/{event.seq}/", "/ledger/breaches/", "/ledger/sanctions/?tab=all",
    ]  # fmt: skip
    for page in pages:
        answer = client.get(page, headers={"Accept-Language": language})
        assert answer.status_code == 200, page
        assert faults(answer.content.decode()) == [], page
