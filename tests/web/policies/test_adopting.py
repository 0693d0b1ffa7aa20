"""An officer takes policies from the shelf, or brings his own, and leads them into force; others read them."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from tests.web.html import faults

from xunzhang.law.amend import differences
from xunzhang.law.loader import pack_file
from xunzhang.law.shelf import heads, pack
from xunzhang.lib import clock
from xunzhang.organisation.models import Person, RoleHolding
from xunzhang.policy.models import Edition
from xunzhang.policy.queries.editions import edition_to_read
from xunzhang.web.policies import printing

PACK = "dealer-complaints"
STEPS = f"/policies/adopt/settings/?policy={PACK}"
OWN = """
policy: own-rule
title: 自家制度
version: 1
effective: 2026-01-01
settings:
  report_time: {value: 2 workdays, stated: false, why: 原文只写及时}
  limit: {value: null, stated: false, why: 上限未写}
roles: [客户关系经理]
articles:
  - no: "1"
    text: 客户须建档。
    rules:
      - {id: report, kind: duty, when: customer.visited, who: by, do: customer.contacted, within: $report_time}
      - {id: fine, kind: duty, when: customer.visited, who: by, do: customer.filed, within: $limit}
"""


@pytest.fixture
def officer(boss: Person) -> Person:
    """李静 may adopt policies."""
    assert boss.account is not None
    boss.account.user_permissions.add(Permission.objects.get(codename="adopt"))
    return boss


@pytest.fixture
def at_work(officer: Person, client: Client) -> Client:
    """The officer, signed in."""
    assert officer.account is not None
    client.force_login(officer.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def today() -> date:
    return clock.now().date()


def settings_of(page: str) -> dict[str, str]:
    """What the form of the settings would send as it stands."""
    inputs = re.findall(r"<input[^>]*>", page)
    named = {tag: re.search(r'name="(s\d+-[^"]+)"', tag) for tag in inputs}
    sent = {}
    for tag, name in named.items():
        if name is not None:
            value = re.search(r'value="([^"]*)"', tag)
            sent[name[1]] = value[1] if value is not None else ""
    for name, inside in re.findall(r'<select name="(s\d+-[^"]+)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)"[^>]*selected', inside)
        sent[name] = chosen[1] if chosen else ""
    return sent


def adopted(browser: Client, *codes: str, **changes: str) -> str:
    """Lead policies through all steps; the words of the page at the end."""
    address = "?" + "&".join(f"policy={code}" for code in codes)
    page = browser.get(f"/policies/adopt/settings/{address}").content.decode()
    kept = browser.post(f"/policies/adopt/settings/{address}", settings_of(page) | changes)
    assert kept.status_code == 302, kept.content.decode()[:2000]
    went_on = browser.post(f"/policies/adopt/people/{address}", {"go": "1"})
    assert went_on["Location"].startswith("/policies/adopt/review/")
    review = browser.get(f"/policies/adopt/review/{address}").content.decode()
    sent = {"adopt": "1", "read": "on"}
    for place in range(len(codes)):
        for name in ("effective", "version"):
            found = re.search(rf'name="{name}{place}" value="([^"]*)"', review)
            assert found is not None
            sent[f"{name}{place}"] = found[1]
    answer = browser.post(f"/policies/adopt/review/{address}", sent, follow=True)
    assert answer.status_code == 200, answer.content.decode()[-3000:]
    return answer.content.decode()


def own_file(text: str) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("own.yaml", text.encode())}


def test_what_the_text_leaves_open_is_decided_and_kept_in_the_text(at_work: Client) -> None:
    adopted(at_work, PACK, **{"s0-answer_goal_0": "5", "s0-review_time_1": "days"})
    row, shipped = Edition.objects.get(policy=PACK), pack(PACK)
    assert (row.status, row.effective) == ("adopted", today())
    assert "answer_goal:\n    {value: 5 workdays, stated: false" in row.source
    assert row.source.count("\n") == pack_file(PACK).read_text("utf-8").count("\n")  # type: ignore[union-attr]
    mine = edition_to_read(PACK, "1")
    assert mine is not None
    assert shipped is not None
    said = [one.say("en") for one in differences(shipped, mine) if one.part == "setting"]
    assert "Setting “answer_goal”: value changed from “3 workdays” to “5 workdays”" in said
    assert len(said) == 2
    page = at_work.get(f"/policies/{PACK}/1/").content.decode()
    assert "制度包原为 3 个工作日" in page
    assert at_work.get(f"/policies/{PACK}/1/text/").content.decode() == row.source


def test_a_value_is_checked_by_the_language_itself_and_told_at_its_field(at_work: Client) -> None:
    page = at_work.get(STEPS).content.decode()
    answer = at_work.post(STEPS, settings_of(page) | {"s0-answer_goal_0": "0"})
    assert answer.status_code == 422
    words = answer.content.decode()
    place = words.index('id="id_s0-answer_goal-error"')
    assert "应是从 1 起的整数" in words[place : place + 900]
    assert not Edition.objects.exists()


def test_a_role_is_given_while_adopting_and_an_empty_one_is_told(
    at_work: Client, colleague: Person
) -> None:
    address = f"/policies/adopt/people/?policy={PACK}"
    before = at_work.get(address).content.decode()
    assert "客户关系顾问" in before.split("banner warning")[1][:900]
    field = re.search(r'把“客户关系顾问”指定给</label><input[^>]*name="(r\d+)"', before)
    assert field is not None
    wrong = at_work.post(address, {field[1]: "没有的人", "stay": "1"})
    assert (wrong.status_code, "没有叫“没有的人”" in wrong.content.decode()) == (422, True)
    at_work.post(address, {field[1]: "chenyu，yt001", "stay": "1"})
    holders = RoleHolding.objects.filter(role__name="客户关系顾问")
    assert {one.person.name for one in holders} == {"陈雨", "李静"}
    after = at_work.get(address).content.decode()
    assert "客户关系顾问" not in after.split("banner warning")[1][:900]
    assert "售后服务部、销售部" in after


def test_an_empty_role_stays_on_the_desk_until_it_is_filled(
    at_work: Client, colleague: Person
) -> None:
    at_work.post("/policies/adopt/", own_file(OWN.replace("客户关系经理", "评审员")))
    adopted(at_work, "own-rule")
    desk = at_work.get("/desk/").content.decode()
    assert "评审员" in desk
    assert "上限未写" in desk
    at_work.post("/policies/adopt/people/?policy=own-rule", {"r0": "陈雨", "stay": "1"})
    assert "评审员" not in at_work.get("/desk/").content.decode()


def test_several_policies_are_adopted_at_once(at_work: Client) -> None:
    for code in ("own-rule", "other-rule"):
        at_work.post("/policies/adopt/", own_file(OWN.replace("own-rule", code)))
    adopted(at_work, "own-rule", "other-rule")
    kept = Edition.objects.filter(status="adopted").values_list("policy", flat=True)
    assert set(kept) == {"own-rule", "other-rule"}


def test_what_opens_twice_is_told_and_must_be_read_before_adoption(at_work: Client) -> None:
    at_work.post("/policies/adopt/", own_file(OWN))
    adopted(at_work, "own-rule")
    twin = OWN.replace("own-rule", "twin").replace("自家制度", "孪生制度")
    at_work.post("/policies/adopt/", own_file(twin))
    address = "/policies/adopt/review/?policy=twin"
    page = at_work.get(address).content.decode()
    assert "《自家制度》第1条" in page
    assert "instead_of: [own-rule/report]" in page
    sent = {"adopt": "1", "effective0": "2026-01-01", "version0": "1"}
    assert at_work.post(address, sent).status_code == 422
    assert at_work.post(address, sent | {"read": "on"}).status_code == 302


def test_settings_are_decided_again_as_the_next_version(at_work: Client) -> None:
    at_work.post("/policies/adopt/", own_file(OWN))
    adopted(at_work, "own-rule")
    later = (today() + timedelta(days=9)).isoformat()
    steps = "/policies/adopt/settings/?policy=own-rule"
    page = at_work.get(steps).content.decode()
    assert "接续 v1" in page
    at_work.post(steps, settings_of(page) | {"s0-report_time_0": "4"})
    review = "/policies/adopt/review/?policy=own-rule"
    told = at_work.get(review).content.decode()
    assert "“2 个工作日内”改为“4 个工作日内”" in told
    sent = {"adopt": "1", "version0": "2", "read": "on"}
    assert at_work.post(review, sent | {"effective0": "2020-01-01"}).status_code == 422
    at_work.post(review, sent | {"effective0": later})
    rows = {row.version: row for row in Edition.objects.all()}
    assert rows["2"].effective.isoformat() == later
    assert "report_time: {value: 2 workdays" in rows["1"].source
    assert "report_time: {value: 4 workdays" in rows["2"].source


def test_an_english_page_names_a_setting_and_says_its_reason_as_the_document_does(
    at_work: Client,
) -> None:
    at_work.post("/policies/adopt/", own_file(OWN))
    english = {"Accept-Language": "en"}
    steps = "/policies/adopt/settings/?policy=own-rule"
    asked = at_work.get(steps, headers=english).content.decode()
    assert ">Report time</span>" in asked
    assert '<span lang="zh">原文只写及时</span> · Default: 2 workdays' in asked
    assert ">原文只写及时</span>" in at_work.get(steps).content.decode()
    adopted(at_work, "own-rule")
    read = at_work.get("/policies/own-rule/1/", headers=english).content.decode()
    assert 'Report time · <span lang="zh">原文只写及时</span>' in read


def test_a_draft_waits_and_can_be_dropped(at_work: Client) -> None:
    at_work.post("/policies/adopt/", own_file(OWN))
    assert "正在采用" in at_work.get("/policies/").content.decode()
    assert Edition.objects.get().status == "draft"
    at_work.post("/policies/adopt/own-rule/drop/")
    assert not Edition.objects.exists()


def test_a_file_with_errors_never_takes_effect_and_every_error_is_shown(at_work: Client) -> None:
    wrong = OWN.replace("effective: 2026-01-01", "effective: someday").replace(
        'no: "1"', 'number: "1"'
    )
    answer = at_work.post("/policies/adopt/", own_file(wrong))
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "someday" in words
    assert "5:12" in words
    assert not Edition.objects.exists()


def test_a_version_that_governs_is_not_brought_again(at_work: Client) -> None:
    at_work.post("/policies/adopt/", own_file(OWN))
    assert "客户须建档" in adopted(at_work, "own-rule")
    assert at_work.post("/policies/adopt/", own_file(OWN)).status_code == 409


def test_an_edition_is_withdrawn_with_a_reason(at_work: Client) -> None:
    at_work.post("/policies/adopt/", own_file(OWN))
    adopted(at_work, "own-rule")
    assert at_work.post("/policies/own-rule/1/withdraw/", {"reason": ""}).status_code == 422
    at_work.post("/policies/own-rule/1/withdraw/", {"reason": "换用新版"})
    assert Edition.objects.get().status == "withdrawn"


def test_a_colleague_reads_but_does_not_adopt(boss: Person, client: Client) -> None:
    assert boss.account is not None
    client.force_login(boss.account, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/policies/gallery/{PACK}/").status_code == 200
    for step in ("settings", "people", "review"):
        assert client.get(f"/policies/adopt/{step}/?policy={PACK}").status_code == 403
    assert client.post(f"/policies/adopt/{PACK}/drop/").status_code == 403


def test_a_policy_is_printed_and_kept_as_pdf(
    at_work: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work.post("/policies/adopt/", own_file(OWN))
    adopted(at_work, "own-rule")
    if printing.weasyprint() is not None:
        pdf = at_work.get("/policies/own-rule/1/pdf/")
        assert pdf.content.startswith(b"%PDF")
        assert pdf["Content-Disposition"] == 'attachment; filename="own-rule-1.pdf"'
    monkeypatch.setattr(printing, "weasyprint", lambda: None)
    page = at_work.get("/policies/own-rule/1/print/").content.decode()
    assert "客户须建档" in page
    assert "没有 Pango" in page
    for address in ("own-rule/1/pdf/", f"gallery/{PACK}/pdf/"):
        assert at_work.get(f"/policies/{address}")["Location"].endswith("/print/")


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_the_pages_are_sound_in_both_languages(at_work: Client, lang: str) -> None:
    at_work.post("/policies/adopt/", own_file(OWN))
    adopted(at_work, "own-rule")
    at_work.post("/policies/adopt/", own_file(OWN.replace("version: 1", "version: 2")))
    paths = [
        "",
        "gallery/",
        "gallery/?q=投诉",
        f"gallery/{PACK}/",
        f"gallery/{PACK}/print/",
        f"gallery/{PACK}/forms/complaint-record/",
        "adopt/",
        *(
            f"adopt/{step}/?policy={PACK}&policy=own-rule"
            for step in ("settings", "people", "review")
        ),
        "own-rule/1/",
        "own-rule/1/print/",
        "own-rule/1/withdraw/",
    ]
    with translation.override(lang):
        at_work.cookies["xunzhang_language"] = lang
        for path in paths:
            page = at_work.get(f"/policies/{path}")
            assert page.status_code == 200, path
            assert not faults(page.content.decode()), path


def test_an_unknown_policy_is_not_there(at_work: Client) -> None:
    assert at_work.get("/policies/gallery/no-such/").status_code == 404
    assert at_work.get("/policies/no-such/1/").status_code == 404
    assert at_work.get("/policies/adopt/settings/?policy=no-such").status_code == 404
    assert at_work.get("/policies/adopt/settings/").status_code == 404
    assert pack_file("no-such") is None
    assert len(heads()) > 2
