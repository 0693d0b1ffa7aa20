"""A complaint on the pages: taken in, worked on, approved, refused, printed, and hidden from strangers."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.html import faults

from xunzhang.cases import actions
from xunzhang.cases.models import Attachment, Case, FormFiling
from xunzhang.organisation.models import Person

pytestmark = pytest.mark.django_db
RECORD = {
    "about-customer": "C0000001 陈立",
    "v-happened_at": "2026-04-14T09:00",
    "v-category": "维修质量",
    "v-content": "更换零件后仍有异响",
    "v-complainant": "陈立",
    "v-plate": "陕C12345",
    "token": "one click",
}
NEW = "/cases/new/complaint-record/"


def signed_in(person: Person) -> Client:
    browser = Client()
    assert person.account is not None
    browser.force_login(person.account, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def test_an_adviser_takes_in_a_complaint_and_a_double_click_takes_in_no_second(
    company, cast, customer
):
    browser = signed_in(cast.gu)
    assert browser.get("/cases/new/", follow=True).redirect_chain[-1][0] == NEW
    browser.post(NEW, RECORD)
    page = browser.post(NEW, RECORD, follow=True)
    assert page.redirect_chain[-1][0] == "/cases/TS-2026-0001/"
    assert "更换零件后仍有异响" in page.content.decode()
    assert Case.objects.count() == 1


def test_what_the_article_asks_for_is_said_at_the_field(company, cast, customer):
    answer = signed_in(cast.gu).post(NEW, {**RECORD, "v-plate": " ", "v-major": "on"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"plate", "major_reason", "accused"}
    assert Case.objects.count() == 0


def test_a_new_customer_comes_with_his_complaint(company, cast, customer):
    told = {
        **RECORD,
        "about-customer": "",
        "about-new_name": "何军",
        "about-new_phone": "13800138000",
    }
    page = signed_in(cast.gu).post(NEW, told, follow=True).content.decode()
    assert "何军" in page


def test_characters_of_every_kind_are_kept_and_nul_is_not(company, cast, customer):
    told = {**RECORD, "v-content": "异响\0 😀 ｶﾀｶﾅ <b>", "v-plate": "陕Ｃ１２３４５"}
    signed_in(cast.gu).post(NEW, told)
    values = FormFiling.objects.get().values
    assert values["content"].startswith("异响 😀")
    assert "\0" not in values["content"]


def test_a_salesman_is_told_by_which_article_he_may_not(company, cast, customer):
    answer = signed_in(cast.li).post(NEW, RECORD)
    assert answer.status_code == 403
    assert "一般步骤1" in answer.content.decode()
    assert Case.objects.count() == 0


def test_the_case_says_what_is_missing_before_it_may_go_on(complaint, cast, noon):
    browser = signed_in(cast.mei)
    address = f"/cases/{complaint.number}/"
    browser.post(f"{address}advance/", {"to": "judged", "revision": complaint.revision})
    page = browser.get(address).content.decode()
    assert "“客户投诉处理表”尚未提交" in page
    refused = browser.post(f"{address}advance/", {"to": "solving"})
    assert refused.status_code == 403
    assert "一般步骤2" in refused.content.decode()


def test_two_people_on_one_case_and_the_second_is_told(complaint, cast, noon):
    number, read = complaint.number, complaint.revision
    actions.advance(case=number, to="judged", by=cast.mei.pk, at=noon)
    complaint.refresh_from_db()
    read = complaint.revision
    told = {
        "v-category": "维修质量",
        "v-founded": "充分",
        "v-reasonable": "合理",
        "v-grounds": "工单",
        "v-responsible": str(cast.sun.pk),
        "revision": read,
    }
    address = f"/cases/{number}/fill/complaint-handling/"
    first, second = signed_in(cast.mei), signed_in(cast.mei)
    assert first.post(address, {**told, "token": "a"}).status_code == 302
    answer = second.post(address, {**told, "token": "b", "v-grounds": "另一个判断"})
    assert answer.status_code == 409
    assert "另一个判断" in answer.content.decode()
    assert FormFiling.objects.filter(form="complaint-handling").count() == 1


def test_the_general_manager_approves_with_a_comment_and_others_cannot(complaint, cast, noon):
    number = to_approval(complaint, cast, noon)
    address = f"/cases/{number}/approve/"
    told = {"stage": "approving", "decision": "approve", "comment": "同意，注意回访"}
    assert signed_in(cast.mei).post(address, told).status_code == 403
    gao = signed_in(cast.gao)
    assert gao.post(address, {**told, "decision": "reject", "comment": ""}).status_code == 422
    gao.post(address, told)
    page = gao.post(address, told, follow=True).content.decode()
    assert "同意，注意回访" in page
    assert "答复客户" in page


def to_approval(complaint: Case, cast: SimpleNamespace, noon: datetime) -> str:
    number = complaint.number

    def file(form: str, by: Person, **values: Any) -> None:
        actions.file_form(case=number, form=form, values=values, by=by.pk, at=noon)

    actions.advance(case=number, to="judged", by=cast.mei.pk, at=noon)
    file(
        "complaint-handling",
        cast.mei,
        category="维修质量",
        founded="充分",
        reasonable="合理",
        grounds="工单",
        responsible=str(cast.sun.pk),
    )
    actions.advance(case=number, to="solving", by=cast.mei.pk, at=noon)
    file(
        "complaint-finding",
        cast.sun,
        cause="垫片装反",
        fault_department="售后服务部",
        at_fault=str(cast.sun.pk),
    )
    file("complaint-solution", cast.sun, solution="免费返修", amount="300")
    actions.advance(case=number, to="approving", by=cast.sun.pk, at=noon)
    return number


def test_a_stranger_finds_nothing(complaint, cast):
    stranger = signed_in(cast.qian)
    number = complaint.number
    filing = complaint.filings.get().number
    for address in (
        f"/cases/{number}/",
        f"/cases/filed/{filing}/",
        "/cases/TS-2026-9999/",
        f"/cases/{number}/fill/complaint-handling/",
    ):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"/cases/{number}/advance/", {"to": "judged"}).status_code == 404
    assert number not in stranger.get("/cases/").content.decode()
    assert "更换零件后仍有异响" not in stranger.get("/search/", {"q": number}).content.decode()


def test_rows_of_a_table_come_and_go_without_scripts(complaint, cast, noon):
    address = f"/cases/{complaint.number}/fill/complaint-review/"
    browser = signed_in(cast.mei)
    told = {"v-evaluation": "好", "v-measures-0-measure": "加装复检"}
    page = browser.post(address, {**told, "rows": "add-row:v-measures"}).content.decode()
    assert 'name="v-measures-1-measure"' in page
    assert "加装复检" in page
    page = browser.post(address, {**told, "rows": "remove-row:v-measures:0"}).content.decode()
    assert "加装复检" not in page
    assert FormFiling.objects.count() == 1


def test_a_row_that_lacks_something_is_named(complaint, cast, noon):
    address = f"/cases/{complaint.number}/fill/complaint-review/"
    told = {
        "v-evaluation": "好",
        "v-loss": "１２００元",
        "v-measures-0-measure": "加装复检",
        "v-measures-1-due_on": "2026-13-40",
    }
    answer = signed_in(cast.mei).post(address, told)
    assert answer.status_code == 422
    assert "第 2 行" in answer.content.decode()


def test_files_are_kept_beside_the_case_for_those_who_see_it(complaint, cast):
    browser = signed_in(cast.gu)
    address = f"/cases/{complaint.number}/files/"
    browser.post(
        address, {"file": SimpleUploadedFile("照片.png", b"\x89PNG\r\n\x1a\n" + b"0" * 20)}
    )
    attachment = Attachment.objects.get()
    handed: Any = browser.get(f"/cases/files/{attachment.key}/")
    assert b"".join(handed.streaming_content).startswith(b"\x89PNG")
    assert signed_in(cast.qian).get(f"/cases/files/{attachment.key}/").status_code == 404
    for name, content in (("x.exe", b"MZ"), ("x.png", b"<html>")):
        refused = browser.post(address, {"file": SimpleUploadedFile(name, content)})
        assert refused.status_code == 422
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_sound(complaint, cast, noon, language):
    number = to_approval(complaint, cast, noon)
    filing = complaint.filings.order_by("pk").first()
    browser = signed_in(cast.gao)
    for address in (
        "",
        "?late=1&mine=1&q=异",
        "?process=general-complaint",
        "new/complaint-record/",
        "forms/",
        "forms/complaint-review/print/",
        "forms/complaint-review/new/",
        f"{number}/",
        f"{number}/fill/complaint-review/",
        f"filed/{filing.number}/",
        f"{number}/report/complaint.flagged/",
    ):
        answer = browser.get(f"/cases/{address}", headers={"Accept-Language": language})
        assert answer.status_code == 200, address
        assert faults(answer.content.decode()) == [], address


def test_words_in_another_encoding_are_told_and_nothing_is_kept(company, cast, customer):
    body = urlencode({**RECORD, "v-content": "异响严重"}, encoding="gbk")
    kind = "application/x-www-form-urlencoded"
    browser = signed_in(cast.gu)
    assert (
        browser.generic("POST", NEW, body, content_type=f"{kind}; charset=gbk").status_code == 400
    )
    answer = browser.generic("POST", NEW, body, content_type=kind)
    assert answer.status_code == 422
    assert Case.objects.count() == 0


def test_a_form_without_a_case_is_filed_about_a_customer(company, cast, customer):
    browser = signed_in(cast.mei)
    address = "/cases/forms/satisfaction/new/"
    assert browser.post(address, {"v-satisfied": "true"}).status_code == 422
    told = {"about-subject": "C0000001", "v-satisfied": "false", "token": "one click"}
    assert browser.post(address, told).status_code == 422
    told["v-content"] = "等待太久"
    browser.post(address, told)
    page = browser.post(address, told, follow=True).content.decode()
    filing = FormFiling.objects.get()
    assert (filing.number, filing.customer, filing.case) == ("BD-2026-0001", customer, None)
    assert "等待太久" in page
    assert signed_in(cast.qian).get(f"/cases/filed/{filing.number}/").status_code == 404
