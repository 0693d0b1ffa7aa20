"""How fast customers come in from an xlsx file, against a bare insert of the same rows into a table with indexes.

XUNZHANG_DATABASE_URL=… python -m benchmarks.importing --rows 100000 --brands brands.txt
"""

from __future__ import annotations

import argparse
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter, process_time
from typing import Any, BinaryIO, cast

from benchmarks.measured import NOON, prepare
from benchmarks.measuring import begin, own_database, say, say_ratio
from benchmarks.names import brands_in, company_names, people

ROWS, QUICK_ROWS, WARMING = 100_000, 4_000, 1_000
LEAST, LONGEST_SILENCE = 0.1, 2.0
HEADINGS = ("客户名称", "电话", "地区", "行业", "等级", "创建时间")
INDUSTRIES = ("制造业", "批发零售", "信息技术", "建筑业", "交通运输", "餐饮", "农业")
BARE = (
    "CREATE TABLE bench_bare AS SELECT * FROM customers_customer WHERE 1 = 0",
    "CREATE UNIQUE INDEX bench_bare_id ON bench_bare (id)",
    "CREATE INDEX bench_bare_name ON bench_bare (name_key)",
    "CREATE INDEX bench_bare_sound ON bench_bare (sound_key)",
    "CREATE INDEX bench_bare_phone ON bench_bare (phone)",
    "CREATE INDEX bench_bare_code ON bench_bare (code)",
)


class Progress:
    """A clock that an import asks at each step; it remembers the longest time between two steps."""

    def __init__(self) -> None:
        self.longest = 0.0
        self.last = perf_counter()

    def __call__(self) -> datetime:
        present = perf_counter()
        self.longest = max(self.longest, present - self.last)
        self.last = present
        return NOON + timedelta(hours=1)


@dataclass(frozen=True)
class Spent:
    """Seconds that went by, and those in which this process worked: on SQLite all of them but waiting for a disk
    or a core; on PostgreSQL the server's work is left out."""

    waited: float
    worked: float


@contextmanager
def spending() -> Iterator[list[Spent]]:
    """Append to the list what was spent until the end."""
    spent: list[Spent] = []
    waited, worked = perf_counter(), process_time()
    yield spent
    spent.append(Spent(perf_counter() - waited, process_time() - worked))


def main() -> None:
    """Import into a fresh database, insert the rows bare, and print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rows, to see that it runs")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--brands", type=Path, help="a file with one brand word a line")
    chosen = parser.parse_args()
    print(f"importing, on {begin()}")
    with own_database("importing"):
        prepare()
        brands = brands_in(chosen.brands)
        imported(WARMING, brands, seed=1)
        before = memory()
        measure(QUICK_ROWS if chosen.quick else chosen.rows, brands, before)


def measure(rows: int, brands: tuple[str, ...], before: float) -> None:
    """Print the figures of one import."""
    checked, spent, created, progress = imported(rows, brands, seed=2026)
    grown = memory() - before
    rate = created / spent.waited
    say("rows in the file", rows, "")
    say("of them new customers", created, "")
    say("dry run", rows / checked, "rows a second")
    say("import", rate, "rows a second")
    for way, bare in inserted_bare(created):
        say(f"bare {way}", created / bare.waited, "rows a second")
        say_ratio(f"import against bare {way}", rate * bare.waited / created, LEAST, at_least=True)
        say(f"bare {way}, of this process", bare.worked / created * 1e6, "µs a row")
    say("import, of this process", spent.worked / created * 1e6, "µs a row")
    missed = "" if progress.longest <= LONGEST_SILENCE else "   MISSED"
    say("longest silence", progress.longest, f"s   (at most {LONGEST_SILENCE:g} s){missed}")
    say("memory grown by", grown, "MB")


def imported(
    rows: int, brands: tuple[str, ...], *, seed: int
) -> tuple[float, Spent, int, Progress]:
    """Write a file, try it and take it in; return what both took, the new customers, and the progress."""
    from xunzhang.customers.importing import check, run, upload
    from xunzhang.lib.sheets import write_xlsx

    with TemporaryFile() as temporary:
        file = cast("BinaryIO", temporary)
        write_xlsx(file, sheet="1", headings=HEADINGS, rows=lines(rows, brands, seed))
        file.seek(0)
        job = upload(file=file, file_name="customers.xlsx", by=1, at=NOON)
    progress = Progress()
    start = perf_counter()
    check(job=job.pk, now=progress)
    middle = perf_counter()
    with spending() as spent:
        done = run(job=job.pk, now=progress)
    progress()
    return middle - start, spent[0], done.rows_created, progress


def lines(rows: int, brands: tuple[str, ...], seed: int) -> Any:
    """Yield the lines of the file."""
    names = company_names(rows, brands=brands, seed=seed)
    for number, (name, (_person, phone)) in enumerate(
        zip(names, people(rows, seed=seed), strict=True)
    ):
        yield name, phone, name[:2], INDUSTRIES[number % 7], "ABC"[number % 3], "2025-06-30"


def inserted_bare(newest: int) -> Iterator[tuple[str, Spent]]:
    """Insert the newest customers into a table with a key and four indexes, in each way that the engine has.

    PostgreSQL takes INSERT as others do, and COPY, which only it has; what an import itself uses there is COPY.
    """
    from django.db import connection, transaction

    from benchmarks.fill import insert, insert_by_statements

    ways = {"INSERT": insert_by_statements}
    if connection.vendor == "postgresql":
        ways["COPY"] = insert
    with connection.cursor() as cursor:
        for statement in BARE:
            cursor.execute(statement)
        cursor.execute("SELECT * FROM customers_customer ORDER BY id DESC LIMIT %s", [newest])
        columns = [
            column.name if hasattr(column, "name") else column[0] for column in cursor.description
        ]
        rows = [tuple(plain(value) for value in row) for row in cursor.fetchall()]
    rows.reverse()
    for way, put in ways.items():
        with spending() as spent, transaction.atomic():
            put("bench_bare", columns, rows)
        yield way, spent[0]
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM bench_bare")


def plain(value: object) -> object:
    """Return a value as it can be inserted again."""
    from django.db.backends.postgresql.psycopg_any import Jsonb

    return Jsonb(value) if isinstance(value, dict) else value


def memory() -> float:
    """Return the most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
