"""Every page is valid HTML without scripts or styles of its own, in both languages, and errors help."""

import pytest
from django.test import Client, RequestFactory
from tests.web.html import faults

from xunzhang.organisation.models import Person
from xunzhang.web.shell import views

PAGES = (
    "/desk/",
    "/desk/duties/",
    "/desk/approvals/",
    "/desk/notices/",
    "/ledger/events/",
    "/ledger/record/",
    "/ledger/breaches/",
    "/ledger/sanctions/",
    "/menu/",
    "/search/",
    "/search/?q=cy",
    "/styleguide/",
    "/account/",
    "/account/password/",
    "/sign-out/",
    "/organisation/people/",
    "/organisation/people/?q=zzz",
    "/organisation/people/new/",
    "/organisation/people/import/",
    "/organisation/departments/",
    "/organisation/departments/new/",
    "/organisation/roles/",
    "/organisation/calendars/",
    "/organisation/away/",
    "/nowhere/",
    "/organisation/people/?department=x",
    "/organisation/people/?cursor=x",
)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_sound(as_boss: Client, address: str, language: str):
    answer = as_boss.get(address, headers={"Accept-Language": language})
    assert answer.status_code in {200, 400, 404, 422}
    assert faults(answer.content.decode()) == []
    assert "default-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("more", ["", "edit/", "leave/"])
def test_the_pages_of_a_person_are_sound(as_boss: Client, colleague: Person, more: str):
    answer = as_boss.get(f"/organisation/people/{colleague.pk}/{more}")
    assert answer.status_code == 200
    assert faults(answer.content.decode()) == []


@pytest.mark.parametrize("address", ["/sign-in/", "/sign-in/locked/", "/nowhere/"])
def test_the_pages_outside_are_sound(client: Client, db: None, address: str):
    assert faults(client.get(address).content.decode()) == []


def test_a_page_for_the_administration_is_closed_to_others(as_colleague: Client):
    answer = as_colleague.get("/styleguide/")
    assert answer.status_code == 403
    assert "您无权打开此页面" in answer.content.decode()
    assert "/styleguide/" not in as_colleague.get("/menu/").content.decode()


def test_our_own_mistake_is_told_without_the_database():
    answer = views.broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert faults(answer.content.decode()) == []


def test_a_form_from_elsewhere_is_told(colleague: Person):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/sign-in/", {"username": "yt002", "password": "x"})
    assert answer.status_code == 403
    assert "表单已过期" in answer.content.decode()


def test_reading_addresses_take_no_post(as_boss: Client):
    assert as_boss.post("/organisation/people/").status_code == 405
    assert as_boss.delete("/account/password/").status_code == 405
