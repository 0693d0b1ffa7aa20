"""An administrator opens an account, gives a first password, resets it and closes the account again."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from tests.web.conftest import PASSWORD
from tests.web.html import faults

from xunzhang.organisation import actions
from xunzhang.organisation.models import Account, Person
from xunzhang.policy.models import Event

OWN = "月落乌啼霜满天江枫渔火"


@pytest.fixture
def zhou(shop: Any, noon: datetime) -> Person:
    """周杰 works here and has no account yet."""
    return actions.add_person(code="YT009", name="周杰", department=shop.pk, by=None, at=noon)


def password_in(page: str) -> str:
    found = re.search(r'<code class="secret">([^<]+)</code>', page)
    assert found is not None
    return found[1]


def sign_in(name: str, password: str) -> Client:
    browser = Client()
    browser.post("/sign-in/", {"username": name, "password": password})
    return browser


def test_a_first_password_opens_the_door_once(as_boss: Client, zhou: Person):
    page = as_boss.get(f"/organisation/people/{zhou.pk}/").content.decode()
    assert "没有账号就无法登录" in page
    address = f"/organisation/people/{zhou.pk}/account/"
    assert 'value="yt009"' in as_boss.get(f"{address}open/").content.decode()
    entry = {"username": "Zhou", "rights": ["customers.see_all"]}
    answer = as_boss.post(f"{address}open/", entry)
    first = password_in(answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    zhou.refresh_from_db()
    assert zhou.account is not None
    assert zhou.account.has_perm("customers.see_all")
    assert first not in as_boss.get(f"/organisation/people/{zhou.pk}/").content.decode()

    browser = sign_in("zhou", first)
    assert browser.get("/desk/")["Location"] == "/account/password/"
    chosen = {"old_password": first, "new_password1": OWN, "new_password2": OWN}
    assert browser.post("/account/password/", chosen).status_code == 302
    assert browser.get("/account/").status_code == 200
    told = Event.objects.filter(type__startswith="account.").order_by("seq")
    assert [one.type for one in told] == ["account.opened", "account.password_changed"]
    assert {one.keys["account"] for one in told} == {"zhou"}
    assert told[1].by == str(zhou.pk)


def test_a_reset_password_signs_everybody_out(as_boss: Client, colleague: Person):
    assert colleague.account is not None
    there = sign_in(colleague.account.username, PASSWORD)
    assert there.get("/account/").status_code == 200
    address = f"/organisation/people/{colleague.pk}/account/password/"
    assert as_boss.get(address).status_code == 200
    fresh = password_in(as_boss.post(address).content.decode())
    assert there.get("/account/").status_code == 302
    assert (
        sign_in(colleague.account.username, fresh).get("/desk/")["Location"] == "/account/password/"
    )


def test_a_closed_account_opens_nothing_until_it_is_open_again(as_boss: Client, colleague: Person):
    address = f"/organisation/people/{colleague.pk}/account/"
    as_boss.post(f"{address}close/")
    assert sign_in("yt002", PASSWORD).get("/account/").status_code == 302
    assert as_boss.post(f"{address}close/").status_code == 409
    as_boss.post(f"{address}reopen/")
    assert as_boss.post(f"{address}reopen/").status_code == 409
    assert sign_in("yt002", PASSWORD).get("/account/").status_code == 200


def test_the_last_administrator_and_oneself_stay(
    as_boss: Client, boss: Person, join: Callable[..., Person]
):
    address = f"/organisation/people/{boss.pk}/account/"
    own = as_boss.post(f"{address}close/")
    assert own.status_code == 403
    assert "不能停用自己正在使用的账号" in own.content.decode()
    entry = {"username": "yt001"}
    assert as_boss.post(address, entry).status_code == 403
    join("yt003", "钱伟", staff=True)
    assert as_boss.post(address, entry).status_code == 302
    assert not Account.objects.get(username="yt001").is_staff


@pytest.mark.parametrize("page", ["open/", "", "password/", "close/", "reopen/"])
def test_accounts_are_for_administrators(as_colleague: Client, boss: Person, page: str):
    assert as_colleague.post(f"/organisation/people/{boss.pk}/account/{page}").status_code == 403


def test_a_name_that_is_taken_is_told_at_its_field(as_boss: Client, zhou: Person):
    address = f"/organisation/people/{zhou.pk}/account/open/"
    answer = as_boss.post(address, {"username": "YT001"})
    assert answer.status_code == 422
    assert faults(answer.content.decode()) == []
    zhou.refresh_from_db()
    assert zhou.account is None
