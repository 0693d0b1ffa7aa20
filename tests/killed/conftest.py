"""Databases of their own for processes that are killed: a file on SQLite, a database on PostgreSQL."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

import psycopg
import pytest

ROOT = Path(__file__).parent.parent.parent
MODULE = "tests.killed.work"
GIVEN = os.environ.get("XUNZHANG_DATABASE_URL", "")
SERVER = GIVEN.rsplit("/", 1)[0] if GIVEN.startswith("postgres") else ""


@dataclass(frozen=True)
class Place:
    """Where a process works: its database and its files."""

    url: str
    files: Path

    def start(self, job: str, minutes: int = 0) -> subprocess.Popen[str]:
        """Start a process on a job."""
        own = {
            "XUNZHANG_DATABASE_URL": self.url,
            "XUNZHANG_DATA_DIR": str(self.files),
            "DJANGO_SETTINGS_MODULE": "xunzhang.settings.test",
        }
        command = [sys.executable, "-m", MODULE, job, str(minutes)]
        return subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **own}, stdout=subprocess.PIPE, text=True
        )

    def finish(self, job: str, minutes: int = 0) -> str:
        """Let a process do a job to its end; return what it said."""
        with self.start(job, minutes) as child:
            said = output_of(child).read()
        assert child.returncode == 0
        return said

    def seconds(self, job: str) -> float:
        """Do a job undisturbed; return how long it took."""
        return float(self.finish(job).split()[-1])

    def picture(self) -> dict[str, Any]:
        """Return all that stands in the database."""
        found: dict[str, Any] = json.loads(self.finish("picture"))
        return found


def output_of(child: subprocess.Popen[str]) -> IO[str]:
    """Return what the process says, as it says it."""
    assert child.stdout is not None
    return child.stdout


def on_server(statement: str) -> None:
    """Let the PostgreSQL server make or drop a database."""
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A database with people, a policy, open duties and a file to import, from which others are copied."""
    files = tmp_path_factory.mktemp("killed")
    name = f"killed_{uuid4().hex[:12]}"
    if SERVER:
        on_server(f"CREATE DATABASE {name}")
    place = Place(f"{SERVER}/{name}" if SERVER else f"sqlite://{files}/prepared.db", files)
    try:
        place.finish("prepare")
        yield place
    finally:
        if SERVER:
            on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def another(prepared: Place, tmp_path: Path) -> Iterator[Callable[[], Place]]:
    """Make a copy of the prepared database."""
    made: list[str] = []

    def copy() -> Place:
        if not SERVER:
            file = tmp_path / f"{len(made)}.db"
            made.append(str(file))
            shutil.copy(prepared.files / "prepared.db", file)
            return Place(f"sqlite://{file}", prepared.files)
        made.append(f"killed_{uuid4().hex[:12]}")
        template = prepared.url.rsplit("/", 1)[1]
        on_server(f"CREATE DATABASE {made[-1]} TEMPLATE {template}")
        return Place(f"{SERVER}/{made[-1]}", prepared.files)

    yield copy
    for name in made if SERVER else ():
        on_server(f"DROP DATABASE {name} WITH (FORCE)")
