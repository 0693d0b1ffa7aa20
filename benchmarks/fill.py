"""Fill an empty database with many customers and their search index, without events.

XUNZHANG_DATABASE_URL=… python -m benchmarks.fill 1000000 --brands brands.txt
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import django

from benchmarks.names import brands_in, company_names, people

START = datetime(2020, 1, 1, tzinfo=UTC)
GRADES = ("A", "B", "B", "C", "C", "C", "")
STATUSES = ("prospect", "active", "active", "active", "dormant", "lost")
INDUSTRIES = ("制造业", "批发零售", "信息技术", "建筑业", "交通运输", "餐饮", "农业")
CUSTOMER_COLUMNS = [
    "id",
    "kind",
    "name",
    "name_key",
    "sound_key",
    "code",
    "uscc",
    "phone",
    "region",
    "industry",
    "address",
    "grade",
    "status",
    "source",
    "owner_id",
    "owner_since",
    "filed_at",
    "note",
    "keys",
    "revision",
    "created_at",
]
ENTRY_COLUMNS = ["customer_id", "text", "initials", "pinyin", "tokens"]
BATCH = 5_000
OWNERS = 200
CLOSING = {
    "sqlite": ("INSERT INTO customers_search(customers_search) VALUES ('rebuild')", "ANALYZE"),
    "postgresql": (
        "SELECT setval(pg_get_serial_sequence('customers_customer', 'id'), max(id)) FROM customers_customer",
        "SELECT setval(pg_get_serial_sequence('organisation_person', 'id'), max(id)) FROM organisation_person",
        "VACUUM ANALYZE customers_customer",
        "VACUUM ANALYZE customers_searchentry",
    ),
}

Row = tuple[Any, ...]


def rows(numbered: tuple[int, str, str]) -> tuple[Row, Row]:
    """Return the customer's row and its index entry."""
    from xunzhang.customers.naming import sound_key
    from xunzhang.customers.search.terms import words_of
    from xunzhang.lib.text import company_key

    number, name, phone = numbered
    key = company_key(name)
    owner = None if number % 5 == 0 else number % OWNERS + 1
    created = START + timedelta(minutes=3 * number)
    filed = created + timedelta(days=1) if number % 3 else None
    customer = (
        number, "company", name, key, sound_key(key), f"B{number:07d}", None, phone, name[:2],
        INDUSTRIES[number % 7], "", GRADES[number % 7], STATUSES[number % 6], "", owner,
        created if owner else None, filed, "", "{}", 1, created,
    )  # fmt: skip
    words = words_of(name)
    return customer, (number, words.text, words.initials, words.pinyin, words.tokens)


def batches(count: int, brands: tuple[str, ...]) -> Iterator[list[tuple[Row, Row]]]:
    """Yield batches of rows, made by all cores."""
    companies = company_names(count, brands=brands)
    numbered = (
        (number, company, phone)
        for number, (company, (_, phone)) in enumerate(
            zip(companies, people(count), strict=True), 1
        )
    )
    with Pool() as pool:
        made = pool.imap(rows, numbered, chunksize=2_000)
        while batch := list(islice(made, BATCH)):
            yield batch


def insert(table: str, columns: list[str], values: Iterable[Row]) -> None:
    """Insert rows the fastest way that the engine has."""
    from django.db import connection

    if connection.vendor != "postgresql":
        insert_by_statements(table, columns, values)
        return
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        for row in values:
            copy.write_row(row)


def insert_by_statements(table: str, columns: list[str], values: Iterable[Row]) -> None:
    """Insert rows by one prepared statement for all."""
    from django.db import connection

    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", list(values)
        )


def owners() -> None:
    """Make the people who own the customers, numbered from 1."""
    from xunzhang.organisation.models import Person

    Person.objects.bulk_create(
        [
            Person(id=n, code=f"B{n:04d}", name=name)
            for n, (name, _) in enumerate(people(OWNERS), 1)
        ],
        ignore_conflicts=True,
    )


def fill(count: int, brands: tuple[str, ...]) -> None:
    """Fill the database; the index is built once at the end."""
    from django.db import connection, transaction

    owners()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER customers_search_added")
        else:
            cursor.execute("DROP INDEX customers_search")
    for batch in batches(count, brands):
        with transaction.atomic():
            insert("customers_customer", CUSTOMER_COLUMNS, (customer for customer, _ in batch))
            insert("customers_searchentry", ENTRY_COLUMNS, (entry for _, entry in batch))
    restore_index()


def restore_index() -> None:
    """Build what was taken away for the filling, and let the engine learn its figures."""
    from importlib import import_module

    from django.db import connection

    first = import_module("xunzhang.customers.migrations.0003_search_index")
    present = import_module("xunzhang.customers.migrations.0007_leaner_keys")
    missing = {"sqlite": first.SQLITE[1:2], "postgresql": present.POSTGRESQL[1:]}
    with connection.cursor() as cursor:
        for statement in (*missing[connection.vendor], *CLOSING[connection.vendor]):
            cursor.execute(statement)


def main() -> None:
    """Fill, and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--brands", type=Path, help="a file with one brand word a line")
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xunzhang.settings.base")
    django.setup()
    began = time.perf_counter()
    fill(chosen.count, brands_in(chosen.brands))
    print(f"{chosen.count} customers in {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
