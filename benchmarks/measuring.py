"""What all benchmarks share: a database of their own, the time that an act takes, and how figures are said."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

import django

WIDTH = 46


def begin() -> str:
    """Make Django ready; return the engine in use. The database's name in the settings is never touched."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xunzhang.settings.test")
    django.setup()
    from django.conf import settings
    from django.db import connection

    Path(str(settings.STATIC_ROOT)).mkdir(parents=True, exist_ok=True)
    return connection.vendor


@contextmanager
def own_database(purpose: str) -> Iterator[str]:
    """Give the name of a fresh database, a file on SQLite, in which all work is done; it is dropped at the end."""
    from django.db import connection

    before = str(connection.settings_dict["NAME"])
    with TemporaryDirectory(prefix="bench-") as folder:
        name = f"bench_{purpose}_{os.getpid()}"
        wanted = str(Path(folder) / name) if connection.vendor == "sqlite" else name
        connection.settings_dict["TEST"]["NAME"] = wanted
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield wanted
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)


def milliseconds(act: Callable[[], object], times: int) -> list[float]:
    """Return how long an act takes, each time."""
    spans = []
    for _nth in range(times):
        start = perf_counter()
        act()
        spans.append((perf_counter() - start) * 1000)
    return spans


def usual(spans: Sequence[float]) -> float:
    """Return what the fastest quarter stays below: the cost of the act itself, on a machine that others use too."""
    return quantiles(spans, n=4)[0]


def slowest(spans: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(spans, n=20)[-1]


def say(what: str, figure: float, unit: str) -> None:
    """Print one figure."""
    print(f"{what:{WIDTH}} {figure:12,.2f} {unit}", flush=True)


def say_ratio(what: str, ratio: float, wanted: float, *, at_least: bool = False) -> None:
    """Print a ratio beside what is wanted of it."""
    met = ratio >= wanted if at_least else ratio <= wanted
    word = "at least" if at_least else "at most"
    print(
        f"{what:{WIDTH}} {ratio:12,.2f} ×   ({word} {wanted:g} ×){'' if met else '   MISSED'}",
        flush=True,
    )


def say_pair(what: str, few: float, many: float, wanted: float, *, beside: str = "") -> None:
    """Print what an act costs among few and among many, what it showed, and the ratio beside what is wanted of it."""
    missed = "" if many <= wanted * few else "   MISSED"
    figures = f"{few:9,.1f} {many:9,.1f} ms {many / few:7,.2f} ×"
    print(f"{what:{WIDTH}} {figures} {beside}{missed}", flush=True)
