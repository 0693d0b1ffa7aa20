"""Signing in, being locked out, choosing one's own password, and signing out."""

import pytest
from django.test import Client
from tests.web.conftest import PASSWORD

from xunzhang.organisation.models import Account, Person

SIGN_IN = "/sign-in/"


def give(browser: Client, name: str, password: str, **more: str):
    return browser.post(SIGN_IN, {"username": name, "password": password, **more})


def test_somebody_is_asked_to_sign_in_and_then_led_on(client: Client, colleague: Person):
    asked = client.get("/organisation/people/?q=cy")
    assert asked.status_code == 302
    assert asked["Location"].startswith(SIGN_IN)
    back = give(client, "YT002 ", PASSWORD, next="/organisation/people/?q=cy")
    assert back["Location"] == "/organisation/people/?q=cy"


def test_nobody_is_led_to_another_site(client: Client, colleague: Person):
    assert give(client, "yt002", PASSWORD, next="https://evil.example/")["Location"] == "/"
    assert give(Client(), "yt002", PASSWORD, next="//evil.example/")["Location"] == "/"


def test_a_wrong_password_is_told_without_saying_which_part_was_wrong(
    client: Client, colleague: Person
):
    wrong = give(client, "yt002", "nonsense")
    unknown = give(client, "nobody", "nonsense")
    for answer in (wrong, unknown):
        assert answer.status_code == 422
        assert "登录名与密码不符" in answer.content.decode()


@pytest.mark.parametrize("name", ["", "\0", "x" * 500, "😀", "' OR 1=1 --"])
def test_nonsense_is_refused_politely(client: Client, db: None, name: str):
    assert give(client, name, "nonsense").status_code == 422


def test_too_many_attempts_are_stopped_with_words(client: Client, colleague: Person, settings):
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3
    answers = [give(client, "yt002", "nonsense") for _ in range(4)]
    assert answers[-1].status_code == 429
    assert "尝试次数过多" in answers[-1].content.decode()
    assert give(client, "yt002", PASSWORD).status_code == 429


def test_a_newcomer_chooses_a_password_before_anything_else(client: Client, db: None):
    account = Account.objects.create_user("new", PASSWORD, must_change_password=True)
    assert give(client, "new", PASSWORD)["Location"] == "/"
    assert client.get("/organisation/people/")["Location"] == "/account/password/"
    chosen = {
        "old_password": PASSWORD,
        "new_password1": "月落乌啼霜满天江枫",
        "new_password2": "月落乌啼霜满天江枫",
    }
    assert client.post("/account/password/", chosen).status_code == 422
    chosen = {
        "old_password": PASSWORD,
        "new_password1": "月落乌啼霜满天江枫渔火",
        "new_password2": "月落乌啼霜满天江枫渔火",
    }
    assert client.post("/account/password/", chosen)["Location"] == "/"
    account.refresh_from_db()
    assert not account.must_change_password
    assert client.get("/organisation/people/").status_code == 200


def test_signing_out_takes_a_button(as_colleague: Client):
    assert as_colleague.get("/sign-out/").status_code == 200
    assert as_colleague.get("/account/").status_code == 200
    as_colleague.post("/sign-out/")
    assert as_colleague.get("/account/").status_code == 302


def test_the_language_follows_the_account_to_another_browser(
    as_colleague: Client, colleague: Person
):
    assert "我的账号" in as_colleague.get("/account/").content.decode()
    as_colleague.post("/account/language/", {"language": "en", "next": "/account/"})
    assert "My account" in as_colleague.get("/account/").content.decode()
    elsewhere = Client()
    give(elsewhere, "yt002", PASSWORD)
    assert "My account" in elsewhere.get("/account/").content.decode()


def test_the_theme_is_known_before_the_first_pixel(as_colleague: Client):
    as_colleague.post("/account/theme/", {"theme": "dark", "next": "/account/"})
    page = as_colleague.get("/account/").content.decode()
    assert 'data-theme="dark"' in page
    as_colleague.post("/account/theme/", {"theme": "purple"})
    assert "data-theme" not in as_colleague.get("/account/").content.decode()
