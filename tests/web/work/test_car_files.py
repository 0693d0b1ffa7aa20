"""A delivery begins a file that is led through its stages; what needs an approval is finished as it was entered."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from tests.web.html import faults
from tests.web.story import NOW

from xunzhang.cases import actions as cases
from xunzhang.cases.models import Attachment, Case
from xunzhang.organisation import actions as organisation
from xunzhang.policy import actions as policy
from xunzhang.policy.models import ApprovalRequest, Event

RIGHTS = """
policy: file-rights
title: 档案权限
version: 1
effective: 2026-01-01
roles: [总经理]
forms:
  - code: write-off
    title: 档案核销单
    about: customer
    event: file.written_off
    fields:
      - {key: reason, label: 原因, type: text, required: true}
      - {key: proof, label: 凭证, type: file}
      - {key: signed, label: 经办签字, type: signature}
      - key: papers
        label: 附件清单
        type: table
        columns: [{key: what, label: 名称, type: text}, {key: scan, label: 扫描件, type: file}]
events:
  - type: file.written_off
    name: 档案核销
    keys:
      reason: text
      proof: file
      signed: signature
      papers: table
articles:
  - no: "1"
    text: 核销档案须经总经理批准；新车档案离开销售部也须经其批准。
    rules:
      - {id: write-off, kind: approval, action: form.file, if: {form: write-off}, by: ["role:总经理"]}
      - {id: leave-sales, kind: approval, action: case.advance, if: {to: receipt}, by: ["role:总经理"]}
"""


@pytest.fixture(autouse=True)
def _files_elsewhere(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def rights(story: Any) -> None:
    """The general manager wants to be asked."""
    policy.adopt_edition(source=RIGHTS, file="rights.yaml", by=story.boss.pk, at=NOW)


def said(answer: Any) -> str:
    assert answer.status_code == 200, answer.content.decode()
    return str(answer.content.decode())


def hidden(page: str, path: str) -> dict[str, str]:
    """The hidden fields of the form that leads to a path."""
    form = re.search(rf'<form[^>]* action="{re.escape(path)}".*?</form>', page, re.DOTALL)
    assert form is not None
    pairs = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form[0])
    return {unescape(name): unescape(value) for name, value in pairs}


def delivered(client: Any, story: Any, vehicle: str = "LSV0777") -> Case:
    entry = {
        "token": vehicle, "about-customer": "马兰", "v-vehicle": vehicle,
        "v-consultant": str(story.seller.pk),
    }  # fmt: skip
    for _click in range(2):
        assert client.post("/cases/new/vehicle.delivered/", entry).status_code == 302
    return Case.objects.get(kind="vehicle-file", token=vehicle)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_ways_to_begin_name_the_event(story, browser, language):
    client = browser(story.seller)
    for address in ("/cases/new/", "/cases/new/vehicle.delivered/", "/cases/new/vehicle.returned/"):
        page = said(client.get(address, headers={"Accept-Language": language}))
        assert faults(page) == []
    assert "新车档案" in said(client.get("/cases/new/"))
    assert "按个案办理" in said(client.get("/ledger/record/?type=vehicle.delivered"))


def test_a_delivery_begins_a_case_in_its_first_stage(story, browser):
    case = delivered(browser(story.seller), story)
    assert (case.stage, case.title) == ("self-check", "新车档案 LSV0777")
    event = Event.objects.get(type="vehicle.delivered", case=case.number)
    assert event.keys["car"] == "new"
    page = said(browser(story.seller).get(f"/cases/{case.number}/fill/new-car-receipt/"))
    assert "LSV0777" in page


def test_a_checklist_is_filed_with_its_form(story, browser):
    client, archivist = browser(story.seller), browser(story.archivist)
    case = delivered(client, story)
    client.post(f"/cases/{case.number}/advance/", {"to": "receipt"})
    entry = {
        "v-vehicle": "LSV0777", "v-part": "新车", "v-consultant": str(story.seller.pk),
        "items-new-car-file-items.photo": "on", "token": "c1",
    }  # fmt: skip
    answer = archivist.post(f"/cases/{case.number}/fill/file-check/", entry)
    assert answer.status_code == 302, answer.content.decode()
    event = Event.objects.get(type="file.checked", case=case.number)
    assert event.keys["items"] == {"photo": {"copies": 1, "signed": False}}
    assert "交车照片" in said(archivist.get(f"/cases/{case.number}/"))
    again = said(archivist.get(f"/cases/{case.number}/fill/file-check/"))
    assert re.search(r'name="items-new-car-file-items.photo"[^>]* checked', again)


def test_a_stage_that_needs_an_approval_has_the_button_and_goes_on_after_it(story, browser, rights):
    client, boss = browser(story.seller), browser(story.boss)
    case = delivered(client, story)
    address = f"/cases/{case.number}/"
    page = said(client.get(address))
    assert "需要 高远 审批" in page
    need = hidden(page, "/desk/approvals/ask/")["need"]
    client.post("/desk/approvals/ask/", {"need": need, "comment": "资料已齐"})
    request = ApprovalRequest.objects.latest("pk")
    assert f"/desk/approvals/{request.pk}/" in said(client.get(address))
    assert client.post(f"{address}advance/", {"to": "receipt"}).status_code == 403
    boss.post(f"/desk/approvals/{request.pk}/", {"decision": "approve"})
    ready = said(client.get(f"/desk/approvals/{request.pk}/"))
    sent = hidden(ready, f"{address}advance/")
    assert client.post(f"{address}advance/", sent).status_code == 302
    case.refresh_from_db()
    assert case.stage == "receipt"


def test_a_form_with_a_file_and_a_signature_waits_and_is_filed_as_it_was(story, browser, rights):
    client, boss = browser(story.seller), browser(story.boss)
    entry = {
        "token": "w1", "about-subject": "马兰", "v-reason": "客户注销", "v-signed": "李娜",
        "v-proof": SimpleUploadedFile("proof.pdf", b"%PDF-1.4 proof"), "v-papers-0-what": "",
        "v-papers-3-what": "注销证明", "v-papers-3-scan": SimpleUploadedFile("scan.pdf", b"%PDF-1.4 scan"),
    }  # fmt: skip
    path = "/cases/forms/write-off/new/"
    refused = client.post(path, entry)
    assert refused.status_code == 403
    page = refused.content.decode()
    assert "客户注销" in page
    assert faults(page) == []
    client.post("/desk/approvals/ask/", {"need": hidden(page, "/desk/approvals/ask/")["need"]})
    request = ApprovalRequest.objects.latest("pk")
    boss.post(f"/desk/approvals/{request.pk}/", {"decision": "approve"})
    sent = hidden(said(client.get(f"/desk/approvals/{request.pk}/")), path)
    answer = client.post(path, sent)
    assert answer.status_code == 302, answer.content.decode()
    event = Event.objects.get(type="file.written_off")
    assert event.keys["signed"] == "李娜 2026-03-11 14:05"
    proof, scan = Attachment.objects.order_by("pk")
    assert event.keys["proof"] == str(proof.key)
    assert event.keys["papers"] == [{"what": "注销证明", "scan": str(scan.key)}]
    assert "scan.pdf" in said(client.get(answer["Location"]))
    assert b"".join(client.get(f"/cases/files/{scan.key}/")) == b"%PDF-1.4 scan"
    told = f"/ledger/events/{event.seq}/files/{scan.key}/"
    assert told in said(client.get(f"/ledger/events/{event.seq}/"))
    assert b"".join(client.get(told)) == b"%PDF-1.4 scan"
    assert client.get(told.replace(str(event.seq), str(event.seq - 1))).status_code == 404


def test_a_file_sent_for_an_ask_that_nobody_makes_is_gone_after_a_day(story, browser, rights):
    client, path = browser(story.seller), "/cases/forms/write-off/new/"
    for reason in ("asked", "left"):
        proof = SimpleUploadedFile(f"{reason}.pdf", b"%PDF-1.4")
        entry = {"about-subject": "马兰", "v-reason": reason, "v-proof": proof, "token": reason}
        page = client.post(path, entry).content.decode()
        if reason == "asked":
            need = hidden(page, "/desk/approvals/ask/")["need"]
            client.post("/desk/approvals/ask/", {"need": need})
    left = Attachment.objects.get(name="left.pdf")
    assert cases.sweep_files(at=NOW + timedelta(hours=23)) == 0
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert cases.sweep_files(at=NOW + timedelta(hours=25)) == 2
    assert Attachment.objects.get().name == "asked.pdf"
    assert not left.file.storage.exists(str(left.file.name))
    assert cases.sweep_files(at=NOW + timedelta(days=9)) == 0


def test_who_stands_in_gives_the_step_for_the_one_who_is_away(story, browser):
    clerk, chief, deputy = story.people["H033"], story.director, story.people["H032"]
    values = {
        "happened_at": NOW, "category": "服务质量", "content": "等候太久", "complainant": "马兰",
        "plate": "陕C12345", "major": False,
    }  # fmt: skip
    case = cases.take_in(
        form="complaint-record", values=values, customer=story.customers["马兰"].pk, by=clerk.pk, at=NOW,
    )  # fmt: skip
    cases.advance(case=case.number, to="judged", by=clerk.pk, at=NOW)
    handling = {
        "category": "服务质量", "founded": "充分", "reasonable": "合理", "grounds": "核对", "responsible": chief.pk,
    }  # fmt: skip
    cases.file_form(
        form="complaint-handling", values=handling, case=case.number, by=chief.pk, at=NOW
    )
    cases.advance(case=case.number, to="solving", by=chief.pk, at=NOW)
    found = {"cause": "排满", "fault_department": "售后服务部", "at_fault": story.people["F001"].pk}
    cases.file_form(form="complaint-finding", values=found, case=case.number, by=chief.pk, at=NOW)
    solution = {"solution": "致歉", "amount": 120}
    cases.file_form(
        form="complaint-solution", values=solution, case=case.number, by=chief.pk, at=NOW
    )
    cases.advance(case=case.number, to="approving", by=chief.pk, at=NOW)

    address = f"/cases/{case.number}/"
    assert browser(deputy).get(address).status_code == 404
    organisation.delegate(
        from_person=story.boss.pk, to_person=deputy.pk, starts_at=NOW, ends_at=NOW.replace(day=20),
        by=story.boss.pk, at=NOW,
    )  # fmt: skip
    client = browser(deputy)
    desk = said(client.get("/desk/"))
    assert "您目前代理 高远" in desk
    link = desk.partition('<a href="/desk/approvals/">')[2].partition("</a>")[0]
    badge = re.search(r'<span class="count">(\d+)</span>', link)
    requests = ApprovalRequest.objects.filter(seats__person=str(deputy.pk)).count()
    assert badge is not None
    assert int(badge[1]) == requests + 1
    assert f'<a href="{address}">总经理同意' in desk
    assert "我代理的人的" in said(client.get("/desk/duties/?whose=standing-in"))
    assert "代理 高远" in said(client.get("/desk/approvals/"))
    assert "您正代理 高远" in said(client.get(address))
    assert client.post(f"{address}approve/", {"stage": "approving"}).status_code == 302
    given = Event.objects.get(type="case.approved", case=case.number)
    assert (given.by, given.keys["decided_by"]) == (str(story.boss.pk), str(deputy.pk))
    assert "周敏（代 高远）" in said(client.get(address))
