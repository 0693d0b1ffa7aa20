"""In a real browser: nothing that axe objects to, nothing wider than a phone, no word from the console."""

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright
from tests.web.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PAGES = (
    "/desk/",
    "/desk/duties/",
    "/desk/approvals/",
    "/desk/notices/",
    "/ledger/events/",
    "/ledger/record/",
    "/ledger/breaches/",
    "/ledger/sanctions/",
    "/styleguide/",
    "/organisation/people/",
    "/organisation/people/new/",
    "/organisation/departments/",
    "/organisation/roles/",
    "/organisation/calendars/",
    "/organisation/calendars/new/",
    "/organisation/away/",
    "/menu/",
    "/account/",
    "/nowhere/",
)


@pytest.fixture(params=["zh-CN", "en-US"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[("light", 1440), ("dark", 1440), ("light", 390)], ids=str)
def screen(
    request: pytest.FixtureRequest, language: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Page]:
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    theme, width = request.param
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        context = browser.new_context(
            viewport={"width": width, "height": 844}, locale=language, color_scheme=theme
        )
        yield context.new_page()
        browser.close()


def test_every_page_is_open_to_everybody(screen: Page, live_server, boss):
    said: list[str] = []
    screen.on("pageerror", lambda error: said.append(str(error)))
    screen.on(
        "console", lambda line: said.append(line.text) if "Content Security" in line.text else None
    )
    screen.goto(f"{live_server.url}/sign-in/")
    assert_open(screen)
    screen.fill("[name=username]", "yt001")
    screen.fill("[name=password]", PASSWORD)
    screen.click("button.primary")
    screen.wait_for_url("**/desk/")
    for address in PAGES:
        screen.goto(f"{live_server.url}{address}")
        assert_open(screen)
    assert said == []


def assert_open(screen: Page) -> None:
    report = Axe().run(
        screen, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    )
    assert report.violations_count == 0, f"{screen.url}\n{report.generate_report()}"
    wider = screen.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0, f"{screen.url} is {wider} pixels too wide"


def test_the_drawer_the_question_and_the_slash(screen: Page, live_server, boss):
    screen.goto(f"{live_server.url}/sign-in/")
    screen.fill("[name=username]", "yt001")
    screen.fill("[name=password]", PASSWORD)
    screen.click("button.primary")
    screen.wait_for_url("**/desk/")
    screen.goto(f"{live_server.url}/styleguide/")
    screen.click(".why >> visible=true")
    screen.wait_for_selector("dialog.drawer[open]")
    screen.keyboard.press("Escape")
    screen.wait_for_selector("dialog.drawer:not([open])", state="attached")
    screen.click("xz-confirm button")
    screen.wait_for_selector("dialog.ask[open]")
    screen.keyboard.press("Escape")
    screen.wait_for_selector("dialog.ask", state="detached")
    screen.keyboard.press("/")
    assert screen.evaluate("document.activeElement.matches('[data-search]') || innerWidth < 720")
