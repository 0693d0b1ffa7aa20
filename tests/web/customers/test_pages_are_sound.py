"""The customers' pages are valid HTML without scripts or styles of their own, in both languages."""

import pytest
from django.test import Client
from tests.web.html import faults

from xunzhang.customers.models import Contact, Customer

LISTS = ("", "?q=yf", "?q=zzz", "new/", "export/", "imports/", "alike/?name=云帆")
PAGES = (
    "",
    "?show=contacts",
    "?show=duties",
    "?show=changes",
    "edit/",
    "note/",
    "note/?type=change.learned",
    "reveal/?field=phone",
    "contacts/new/",
    "merge/",
    "file/",
    "assign/",
    "archive/",
    "release/",
)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("more", LISTS)
def test_a_page_of_all_is_sound(as_boss: Client, yunfan: Customer, more: str, language: str):
    answer = as_boss.get(f"/customers/{more}", headers={"Accept-Language": language})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert faults(page if "<html" in page else f"<!doctype html><title>x</title>{page}") == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("more", PAGES)
def test_a_page_of_one_is_sound(
    as_colleague: Client, yunfan: Customer, shen: Contact, more: str, language: str
):
    answer = as_colleague.get(
        f"/customers/{yunfan.pk}/{more}", headers={"Accept-Language": language}
    )
    assert answer.status_code == 200
    assert faults(answer.content.decode()) == []
