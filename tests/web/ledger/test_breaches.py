"""Breaches with their evidence, and what people decide about the sanctions proposed for them."""

from decimal import Decimal
from typing import Any

import pytest
from tests.web.html import faults

from xunzhang.policy.models import BreachRow, SanctionRow


def said(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.fixture
def doubled(story) -> SanctionRow:
    """The second fine of the month."""
    return SanctionRow.objects.get(doubled=True)


def test_breaches_are_narrowed(story, browser):
    client = browser(story.boss)
    assert "新车档案移交" in said(client.get("/ledger/breaches/"))
    assert "逐日登记" not in said(client.get(f"/ledger/breaches/?person={story.seller.pk}"))
    assert "没有符合条件的违规" in said(client.get("/ledger/breaches/?month=2026-02"))
    assert "没有符合条件的违规" in said(client.get("/ledger/breaches/?policy=customer-filing"))
    proposed = said(client.get("/ledger/breaches/?state=proposed&month=2026-03"))
    assert "共 2 条" in proposed


def test_a_breach_shows_its_evidence(story, browser, doubled):
    page = said(browser(story.seller).get(f"/ledger/breaches/{doubled.breach_id}/"))
    for words in (
        "未按时完成的待办",
        "交付新车",
        "LSV0003",
        "此前的同类违规",
        "罚款 ¥100.00",
        "新车交付后三个工作日内",
    ):
        assert words in page, words
    assert faults(page) == []


def test_strangers_see_neither_breach_nor_sanction(story, browser, doubled):
    stranger = browser(story.people["F001"])
    assert stranger.get(f"/ledger/breaches/{doubled.breach_id}/").status_code == 404
    assert stranger.get(f"/ledger/sanctions/{doubled.pk}/").status_code == 404
    assert BreachRow.objects.exists()


def test_the_inbox_says_that_nothing_is_deducted_by_itself(story, browser, doubled):
    page = said(browser(story.director).get("/ledger/sanctions/"))
    assert "罚款 ¥100.00" in page
    assert "系统不会自动扣款" in page
    own = said(browser(story.seller).get("/ledger/sanctions/?tab=own"))
    assert "罚款 ¥50.00" in own


def test_who_decides_confirms_once(story, browser, doubled):
    address, director = f"/ledger/sanctions/{doubled.pk}/confirm/", browser(story.director)
    assert browser(story.seller).post(address).status_code == 403
    assert director.post(address).status_code == 302
    doubled.refresh_from_db()
    assert (doubled.state, doubled.amount) == ("confirmed", Decimal(100))
    assert director.post(address).status_code == 409


def test_a_fine_is_lowered_within_its_bounds_and_for_a_reason(story, browser, doubled):
    address, director = f"/ledger/sanctions/{doubled.pk}/lower/", browser(story.director)
    for entry in (
        {"amount": "300", "reason": "多"},
        {"amount": "30"},
        {"amount": "abc", "reason": "字"},
    ):
        assert director.post(address, entry).status_code == 422
    assert director.post(address, {"amount": "３０", "reason": "客户原因"}).status_code == 302
    page = said(browser(story.seller).get(f"/ledger/sanctions/{doubled.pk}/"))
    assert "¥30.00" in page
    assert "客户原因" in page


def test_a_waiver_needs_a_reason(story, browser, doubled):
    address, director = f"/ledger/sanctions/{doubled.pk}/waive/", browser(story.director)
    assert director.post(address, {"reason": " "}).status_code == 422
    assert director.post(address, {"reason": "系统故障当日无法登记"}).status_code == 302
    doubled.refresh_from_db()
    assert doubled.state == "waived"


def test_who_is_concerned_appeals_and_is_answered(story, browser, doubled):
    address = f"/ledger/sanctions/{doubled.pk}/"
    seller, director = browser(story.seller), browser(story.director)
    director.post(f"{address}confirm/")
    assert "申诉" in said(seller.get(address))
    assert director.post(f"{address}appeal/", {"text": "不该"}).status_code == 403
    assert seller.post(f"{address}appeal/", {"text": "当日已送达，签收簿漏登"}).status_code == 302
    assert "签收簿漏登" in said(director.get(address))
    assert "已申诉" in said(director.get("/ledger/sanctions/"))
    entry = {"text": "情况属实，减半", "amount": "50"}
    assert director.post(f"{address}answer/", entry).status_code == 302
    page = said(seller.get(address))
    assert "情况属实" in page
    assert "¥50.00" in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("verb", ["", "confirm/", "lower/", "waive/", "appeal/", "answer/"])
def test_the_pages_of_a_sanction_are_sound(story, browser, doubled, verb, language):
    address = f"/ledger/sanctions/{doubled.pk}/{verb}"
    answer = browser(story.director).get(address, headers={"Accept-Language": language})
    assert faults(said(answer)) == []
