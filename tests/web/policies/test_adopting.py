"""An officer takes a policy from the shelf, or brings his own; others read it."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from tests.web.html import faults

from xunzhang.law.loader import pack_codes, pack_file
from xunzhang.organisation.models import Person
from xunzhang.policy.models import Edition

PACK = "dealer-customer-files"
OWN = """
policy: own-rule
title: 自家制度
version: 1
effective: 2026-01-01
articles:
  - {no: "1", text: 客户须建档。}
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
    client.force_login(officer.account)
    return client


def test_the_shelf_shows_every_pack(at_work: Client) -> None:
    page = at_work.get("/policies/gallery/")
    for code in pack_codes():
        assert f"/policies/gallery/{code}/" in page.content.decode()


def test_a_pack_is_adopted_and_read_article_by_article(at_work: Client) -> None:
    page = at_work.post(f"/policies/gallery/{PACK}/adopt/", follow=True)
    assert page.redirect_chain[-1][0] == f"/policies/{PACK}/1/"
    assert Edition.objects.get(policy=PACK).status == "adopted"
    article = at_work.get(
        f"/policies/{PACK}/1/", {"article": "3.1"}, headers={"HX-Request": "true"}
    )
    words = article.content.decode()
    assert "new-car-file-handover" in words
    assert "3 个工作日" in words
    assert "<html" not in words


def test_whose_roles_nobody_holds_is_told_before_and_after(at_work: Client) -> None:
    before = at_work.get(f"/policies/gallery/{PACK}/").content.decode()
    assert "客户档案管理员" in before.split("banner warning")[1][:900]
    after = at_work.post(f"/policies/gallery/{PACK}/adopt/", follow=True).content.decode()
    assert "客户档案管理员" in after


def test_a_file_with_errors_never_takes_effect_and_every_error_is_shown(at_work: Client) -> None:
    wrong = OWN.replace("effective: 2026-01-01", "effective: someday").replace(
        'no: "1"', 'number: "1"'
    )
    answer = at_work.post(
        "/policies/adopt/", {"file": SimpleUploadedFile("own.yaml", wrong.encode())}
    )
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "someday" in words
    assert "5:12" in words
    assert "7:5" in words
    assert not Edition.objects.exists()


def test_a_file_of_ones_own_is_adopted(at_work: Client) -> None:
    answer = at_work.post(
        "/policies/adopt/", {"file": SimpleUploadedFile("own.yaml", OWN.encode())}, follow=True
    )
    assert "客户须建档" in answer.content.decode()
    again = at_work.post("/policies/adopt/", {"file": SimpleUploadedFile("own.yaml", OWN.encode())})
    assert again.status_code == 409


def test_an_edition_is_withdrawn_with_a_reason(at_work: Client) -> None:
    at_work.post(f"/policies/gallery/{PACK}/adopt/")
    assert at_work.post(f"/policies/{PACK}/1/withdraw/", {"reason": ""}).status_code == 422
    at_work.post(f"/policies/{PACK}/1/withdraw/", {"reason": "换用新版"})
    assert Edition.objects.get(policy=PACK).status == "withdrawn"


def test_a_colleague_reads_but_does_not_adopt(boss: Person, client: Client) -> None:
    assert boss.account is not None
    client.force_login(boss.account)
    assert client.get(f"/policies/gallery/{PACK}/").status_code == 200
    assert client.post(f"/policies/gallery/{PACK}/adopt/").status_code == 403
    assert not Edition.objects.exists()


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_the_pages_are_sound_in_both_languages(at_work: Client, lang: str) -> None:
    at_work.post(f"/policies/gallery/{PACK}/adopt/")
    with translation.override(lang):
        at_work.cookies["xunzhang_language"] = lang
        for path in (
            "",
            "gallery/",
            f"gallery/{PACK}/",
            "adopt/",
            f"{PACK}/1/",
            f"{PACK}/1/print/",
            f"{PACK}/1/withdraw/",
        ):
            page = at_work.get(f"/policies/{path}")
            assert page.status_code == 200, path
            assert not faults(page.content.decode()), path


def test_an_unknown_policy_is_not_there(at_work: Client) -> None:
    assert at_work.get("/policies/gallery/no-such/").status_code == 404
    assert at_work.get("/policies/no-such/1/").status_code == 404
    assert pack_file("no-such") is None
