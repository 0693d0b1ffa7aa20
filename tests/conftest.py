"""What every test may ask for, and what no test may do."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection

HERE = Path(__file__).parent
WITHOUT_DATABASE = (HERE / "law",)
DATABASE_FIXTURES = {"db", "transactional_db", "client", "admin_client", "live_server"}
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The law knows nothing of a database, so its tests may not ask for one."""
    for item in items:
        if not any(item.path.is_relative_to(folder) for folder in WITHOUT_DATABASE):
            continue
        asked = DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        if asked or item.get_closest_marker("django_db"):
            raise pytest.UsageError(
                f"{item.nodeid} asks for a database; tests of the law have none."
            )


@pytest.fixture(autouse=True, scope="session")
def _static_root() -> None:
    """The folder of collected files is there, though nothing has been collected."""
    Path(str(settings.STATIC_ROOT)).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def _what_the_marks_need(request: pytest.FixtureRequest) -> None:
    """Leave out what needs PostgreSQL or Chromium where there is none; `make test` says so at its end."""
    if request.node.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    if request.node.get_closest_marker("browser") and CHROMIUM is None:
        pytest.skip("needs Chromium")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Drive the system's Chromium, so that no browser is downloaded."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ["--no-sandbox"]}


@pytest.fixture
def noon() -> datetime:
    """A Wednesday noon in Shanghai on which nothing special happens."""
    return datetime(2026, 3, 11, 12, 0, tzinfo=SHANGHAI)


@pytest.fixture
def walked(monkeypatch: pytest.MonkeyPatch, noon: datetime) -> "WalkedClock":
    """The product's clock stands at `noon` and goes only where the test sends it."""
    clock = WalkedClock(noon)
    monkeypatch.setattr("xunzhang.lib.clock._system_now", lambda: clock.moment)
    return clock


class WalkedClock:
    """A clock that stands still until it is sent on."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def walk_to(self, moment: datetime) -> None:
        """Make this the present."""
        self.moment = moment
