"""The desk: what is due, from whom, by which article."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.web.html import faults

from xunzhang.organisation.models import Account
from xunzhang.policy.models import DutyRow
from xunzhang.web.work.greeting import say_lunar


def said(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_seller_sees_what_is_due_and_by_which_article(story, browser):
    page = said(browser(story.seller).get("/desk/"))
    assert "下午好，李娜" in page
    assert "2026-03-11 周三 · 农历正月廿三" in page
    assert "档案移交" in page
    assert "第 3.1 条" in page
    assert "逾期 1 天" in page
    assert "下属逾期" not in page


def test_a_manager_sees_what_is_overdue_below(story, browser):
    page = said(browser(story.boss).get("/desk/"))
    assert "下属逾期" in page
    assert "档案移交及时率与完整率月报（销售部）" in page
    assert "周敏" in page


def test_who_looks_after_the_policies_sees_what_they_leave_open(story, browser):
    assert "制度待完善" in said(browser(story.boss).get("/desk/"))
    assert "制度待完善" not in said(browser(story.seller).get("/desk/"))


def test_who_decides_sanctions_sees_them(story, browser):
    page = said(browser(story.director).get("/desk/"))
    assert "待决定处罚" in page
    assert "罚款 ¥100.00" in page


def test_the_first_page_after_signing_in_is_the_desk(story, browser):
    assert browser(story.seller).get("/")["Location"] == "/desk/"


def test_an_account_behind_which_nobody_stands_is_told_so(story):
    account = Account.objects.create_user("machine", "a long enough secret")
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert "此账号没有对应的人员" in said(client.get("/desk/"))
    assert client.get("/desk/duties/").status_code == 403


@pytest.mark.parametrize(
    ("day", "lunar"),
    [
        (date(2026, 2, 17), "农历正月初一"),
        (date(2026, 3, 8), "农历正月二十"),
        (date(2025, 7, 25), "农历闰六月初一"),
        (date(2026, 11, 22), "农历十月十四"),
    ],
)
def test_the_lunar_day_is_written_as_people_write_it(day, lunar):
    assert say_lunar(day) == lunar


def test_the_chart_is_a_picture_without_scripts(story, browser):
    answer = browser(story.seller).get("/desk/chart.svg?dark=1&narrow=1")
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<script" not in answer.content
    assert "按时完成" in answer.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("who", ["boss", "director", "archivist", "seller"])
def test_every_page_of_the_desk_is_sound_for_every_role(story, browser, who, language):
    client = browser(getattr(story, who))
    duty = DutyRow.objects.filter(people__person=str(story.seller.pk), live=True).earliest("pk")
    pages = [
        "/desk/", "/desk/duties/", "/desk/duties/?whose=all&due=done", "/desk/duties/?customer=zzz",
        "/desk/approvals/", "/desk/approvals/?tab=mine", "/desk/approvals/?tab=all", "/desk/notices/?unread=1",
        f"/desk/duties/{duty.pk}/", f"/desk/duties/{duty.pk}/hand-over/", f"/desk/duties/{duty.pk}/excuse/",
    ]  # fmt: skip
    for page in pages:
        answer = client.get(page, headers={"Accept-Language": language})
        assert answer.status_code in {200, 404}, page
        assert faults(answer.content.decode()) == [], page
