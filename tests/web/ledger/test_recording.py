"""Somebody records what happened; the ledger shows it with what followed."""

import json
import re
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.html import faults
from tests.web.story import NOW, SHANGHAI

from xunzhang.cases.models import Attachment
from xunzhang.policy import actions
from xunzhang.policy.models import ApprovalRequest, DutyRow, Event


def said(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def token_of(page: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', page)
    assert found is not None
    return found[1]


def need_of(page: str) -> str:
    found = re.search(r'name="need" value="([^"]+)"', page)
    assert found is not None
    return unescape(found[1])


def what_is_sent(page: str, path: str) -> tuple[str, dict[str, str]]:
    """The hidden fields of the form on a page that leads to a path."""
    form = re.search(rf'<form[^>]* action="({path}[^"]*)".*?</form>', page, re.DOTALL)
    assert form is not None
    hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form[0])
    return unescape(form[1]), {unescape(name): unescape(value) for name, value in hidden}


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
        "type": "vehicle.delivered", "token": token_of(page), "v-customer": "马兰", "v-vehicle": "LSV0009",
        "v-car": "new", "v-consultant": str(story.seller.pk),
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
    assert '<select name="v-consultant"' in page
    assert 'type="search" name="v-customer"' in page


@pytest.mark.parametrize(
    "type_", ["breach.raised", "customer.created", "policy.adopted", "no.such"]
)
def test_what_the_product_tells_itself_is_not_recorded_by_hand(story, browser, type_):
    assert browser(story.boss).get(f"/ledger/record/?type={type_}").status_code == 404


def test_what_needs_an_approval_leads_to_the_request(story, browser):
    client = browser(story.people["F002"])
    page = said(client.get("/ledger/record/?type=file.read"))
    entry = {"type": "file.read", "token": token_of(page), "v-customer": "宝鸡恒泰机电有限公司"}
    refusal = client.post("/ledger/record/", entry)
    assert refusal.status_code == 403
    assert "宝鸡恒泰机电有限公司" in refusal.content.decode()
    need = need_of(refusal.content.decode())
    for _click in range(2):
        answer = client.post("/desk/approvals/ask/", {"need": need, "comment": "核对资料"})
        assert answer.status_code == 302
    asked = ApprovalRequest.objects.get(asker=str(story.people["F002"].pk))
    assert "施展" in said(browser(story.boss).get("/desk/approvals/"))
    browser(story.boss).post(f"/desk/approvals/{asked.pk}/", {"decision": "approve"})
    ready = said(client.get(f"/desk/approvals/{asked.pk}/"))
    assert "您填写的内容已经保留" in ready
    path, fields = what_is_sent(ready, "/ledger/record/")
    assert fields["v-customer"] == "宝鸡恒泰机电有限公司"
    assert client.post(path, fields).status_code == 302
    assert Event.objects.filter(token=entry["token"]).count() == 1
    asked.refresh_from_db()
    assert asked.status == "used"


def test_a_returned_request_opens_what_was_entered(story, browser):
    client = browser(story.people["F002"])
    entry = {"type": "file.read", "token": "again", "v-customer": "宝鸡恒泰机电有限公司"}
    refusal = client.post("/ledger/record/", entry).content.decode()
    client.post("/desk/approvals/ask/", {"need": need_of(refusal)})
    asked = ApprovalRequest.objects.get(asker=str(story.people["F002"].pk))
    address = f"/desk/approvals/{asked.pk}/"
    browser(story.boss).post(address, {"decision": "return", "comment": "说明用途"})
    path, fields = what_is_sent(said(client.get(address)), "/ledger/record/")
    again = client.post(path, fields).content.decode()
    client.post("/desk/approvals/ask/", {"need": need_of(again), "comment": "核对保养记录"})
    asked.refresh_from_db()
    assert (asked.status, asked.comment) == ("open", "核对保养记录")


def test_a_need_that_was_tampered_with_is_not_read(story, browser):
    client = browser(story.seller)
    assert client.post("/desk/approvals/ask/", {"need": "x:y"}).status_code == 400
    assert client.get("/desk/approvals/ask/").status_code == 400


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


def test_when_it_happened_is_kept_beside_the_moment_of_recording(story, browser):
    client = browser(story.seller)
    entry = {
        "type": "customer.visited",
        "token": "late",
        "v-customer": "马兰",
        "v-summary": "看样车",
    }
    early = {**entry, "v-occurred_at": "2026-03-12T09:00"}
    refused = client.post("/ledger/record/", early)
    assert refused.status_code == 422
    assert "这个时间还没有到" in refused.content.decode()
    answer = client.post("/ledger/record/", {**entry, "v-occurred_at": "2026-03-10T09:00"})
    event = Event.objects.get(token="late")
    assert (event.at, event.keys["occurred_at"]) == (NOW, datetime(2026, 3, 10, 9, tzinfo=SHANGHAI))
    page = said(client.get(answer["Location"]))
    assert "实际发生时间" in page
    assert "2026-03-10 09:00" in page


def test_a_checklist_is_answered_item_by_item(story, browser):
    client = browser(story.archivist)
    page = said(client.get("/ledger/record/?type=file.checked"))
    assert "绿卡" in page
    there = {f"items-new-car-file-items.{one}": "on" for one in ("invoice", "contract", "photo")}
    entry = {
        "type": "file.checked", "token": "check", "v-customer": "马兰", "v-vehicle": "LSV0001",
        "v-part": "新车", "v-consultant": str(story.seller.pk), **there,
        "items-new-car-file-items.delivery-checklist": "on",
        "items-new-car-file-items.delivery-checklist.signed": "on",
        "items-new-car-file-items.green-card.waived": "厂方已存",
    }  # fmt: skip
    shown = said(client.post("/ledger/record/", entry, follow=True))
    items = Event.objects.get(token="check").keys["items"]
    assert items["delivery-checklist"] == {"copies": 1, "signed": True}
    assert items["green-card"] == {"waived": "厂方已存"}
    assert "insurance" not in items
    assert "免交：厂方已存" in shown


@pytest.fixture
def inspected(story) -> None:
    """The company speaks of an event with keys of every type."""
    types = (
        "text", "long", "boolean", "integer", "decimal", "money", "date", "time", "datetime", "choice",
        "choices", "staff", "staffs", "customer", "department", "file", "signature", "phone",
    )  # fmt: skip
    keys: dict[str, dict[str, Any]] = {f"k_{one}": {"type": one} for one in types}
    for one in ("k_choice", "k_choices"):
        keys[one]["choices"] = ["甲", "乙"]
    keys["k_table"] = {"type": "table"}
    policy = {
        "policy": "site", "title": "现场检查", "version": 1, "effective": "2026-01-01",
        "events": [{"type": "site.inspected", "name": {"zh": "现场检查"}, "keys": keys}],
        "articles": [{"no": "1", "text": "检查要留下记录。"}],
    }  # fmt: skip
    source = json.dumps(policy, ensure_ascii=False)
    actions.adopt_edition(source=source, file="site.yaml", by=story.boss.pk, at=NOW)


def test_every_type_of_key_can_be_entered(story, browser, inspected, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = browser(story.seller)
    page = said(client.get("/ledger/record/?type=site.inspected"))
    assert faults(page) == []
    entry = {
        "type": "site.inspected", "token": "all", "v-k_text": "东门", "v-k_long": "一\n二", "v-k_boolean": "on",
        "v-k_integer": "3", "v-k_decimal": "2.5", "v-k_money": "1,200", "v-k_date": "2026-03-09",
        "v-k_time": "09:30", "v-k_datetime": "2026-03-09T10:00", "v-k_choice": "甲", "v-k_choices": ["甲", "乙"],
        "v-k_staff": str(story.boss.pk), "v-k_staffs": [str(story.boss.pk)], "v-k_customer": "马兰",
        "v-k_department": "销售部", "v-k_signature": "李娜", "v-k_phone": "13900000000",
        "v-k_table-0-text": "门锁", "v-k_table-1-text": "",
        "v-k_file": SimpleUploadedFile("door.pdf", b"%PDF-1.4 door"),
    }  # fmt: skip
    answer = client.post("/ledger/record/", entry)
    assert answer.status_code == 302, answer.content.decode()
    event = Event.objects.get(token="all")
    assert event.keys["k_table"] == [{"text": "门锁"}]
    assert event.keys["k_signature"] == "李娜 2026-03-11 14:05"
    assert event.keys["k_money"] == 1200
    shown = said(client.get(answer["Location"]))
    assert "门锁" in shown
    address = f"/ledger/events/{event.seq}/files/{event.keys['k_file']}/"
    assert address in shown
    assert b"".join(browser(story.boss).get(address)) == b"%PDF-1.4 door"
    assert browser(story.people["F002"]).get(address).status_code == 404
    assert not Attachment.objects.filter(loose=True).exists()
    other = f"/ledger/events/{event.seq - 1}/files/{event.keys['k_file']}/"
    assert browser(story.boss).get(other).status_code == 404
    wrong = {**entry, "token": "no", "v-k_integer": "three", "v-k_file": ""}
    assert client.post("/ledger/record/", wrong).status_code == 422
