"""Run all tests: on SQLite, then on PostgreSQL where there is one; say loudly what could not be run, and why."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable

import psycopg

POSTGRESQL = "postgresql:///postgres"
CHROMIUM = ("chromium", "chromium-browser")
NO_DATABASE = ("law", "cli", "packs", "repository")
GETTING = {
    "PostgreSQL": "install postgresql, start it, give your user a role that may create databases "
    "(createuser --createdb $USER), or name one: XUNZHANG_TEST_DATABASE_URL=postgresql://user@host/postgres",
    "RabbitMQ": "install rabbitmq-server and start it (rabbitmq-server -detached)",
    "Chromium": "install chromium and a Chinese font (fonts-noto-cjk)",
}


def main() -> int:
    """Return 0 when everything that could be run has passed."""
    postgresql = _postgresql()
    present = {
        "PostgreSQL": postgresql is not None,
        "RabbitMQ": shutil.which("rabbitmq-server") is not None,
        "Chromium": any(shutil.which(name) for name in CHROMIUM),
    }
    codes = [_pytest("SQLite", [], {})]
    if postgresql:
        without = [f"--ignore=tests/{name}" for name in NO_DATABASE]
        again = ["-m", "not browser", *without]
        codes.append(_pytest("PostgreSQL", again, {"XUNZHANG_DATABASE_URL": postgresql}))
    _tell_missing(name for name, there in present.items() if not there)
    return max(codes)


def _postgresql() -> str | None:
    """Return the address of a PostgreSQL that answers, or None."""
    url = os.environ.get("XUNZHANG_TEST_DATABASE_URL", POSTGRESQL)
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return None
    return url.rsplit("/", 1)[0] + "/xunzhang"


def _pytest(where: str, options: list[str], environment: dict[str, str]) -> int:
    _banner(f"Tests on {where}")
    command = [sys.executable, "-m", "pytest", "--quiet", "-n", "auto", *options]
    return subprocess.call(command, env={**os.environ, **environment})


def _tell_missing(names: Iterable[str]) -> None:
    missing = list(names)
    if not missing:
        _banner("Nothing was left out: SQLite, PostgreSQL, RabbitMQ and Chromium were all there")
        return
    _banner("LEFT OUT, because this machine lacks it")
    for name in missing:
        print(f"  {name}: {GETTING[name]}")
    print("  or let .ci/run install all of them (Debian and Ubuntu, as root)\n")


def _banner(line: str) -> None:
    print(f"\n=== {line} {'=' * max(3, 90 - len(line))}\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
