"""What lists, searches, pages and new customers cost among few customers and among many.

XUNZHANG_DATABASE_URL=… python -m benchmarks.customers --many 1000000 --brands brands.txt

Filling a million takes some minutes; `--in FEW MANY` names two databases (files on SQLite) that
`benchmarks.fill` has filled before, the same brands in both.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count, cycle
from pathlib import Path
from statistics import median
from time import time_ns
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from benchmarks.measured import NOON
from benchmarks.measuring import begin, milliseconds, own_database, say_pair, slowest
from benchmarks.names import brands_in

if TYPE_CHECKING:
    from django.test import Client

    from xunzhang.organisation.models import Account, Person

FEW, MANY, QUICK_MANY = 1_000, 1_000_000, 5_000
TIMES, QUICK_TIMES, ROUNDS, WARMING = 40, 5, 2, 3
MOST = 2
HANDFUL, TRIED = 5, 300
FROM_NAMES = (
    ("2", 2, "name"),
    ("3", 3, "name"),
    ("4", 4, "name"),
    ("initials", 5, "search_entry__initials"),
)
COMMON = {"2": "科技", "3": "科技有", "4": "有限公司", "initials": "kjyx"}


@dataclass(frozen=True)
class Asked:
    """Who asks in one database: an overseer who sees all, and a seller who sees his own, each with a browser."""

    client: Client
    sellers_client: Client
    overseer: Person
    seller: Person


Act = Callable[[Asked], int]
"""Does something once and returns how many rows it has found, as far as they are counted."""


def main() -> None:
    """Measure each case in both databases in turn, and print the 95th percentiles with their ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "--quick", action="store_true", help="5,000 among many, to see that it runs"
    )
    parser.add_argument("--many", type=int, default=MANY)
    parser.add_argument("--brands", type=Path, help="a file with one brand word a line")
    parser.add_argument("--in", nargs=2, dest="databases", metavar=("FEW", "MANY"))
    chosen = parser.parse_args()
    print(f"customers, on {begin()}; 95th percentiles")
    many = QUICK_MANY if chosen.quick else chosen.many
    with ExitStack() as stack:
        names = chosen.databases or filled(stack, (FEW, many), brands_in(chosen.brands))
        times = QUICK_TIMES if chosen.quick else TIMES
        for name, act in cases(*names):
            (few, rows), (among_many, more_rows) = compared(names, act, times)
            say_pair(name, few, among_many, MOST, beside=f"{rows:5.0f} {more_rows:5.0f} found")


def filled(stack: ExitStack, sizes: tuple[int, ...], brands: tuple[str, ...]) -> list[str]:
    """Return the names of fresh databases with so many customers, dropped when the stack is left."""
    from benchmarks.fill import fill

    names = []
    for size in sizes:
        names.append(stack.enter_context(own_database(f"customers_{size}")))
        fill(size, brands)
    return names


def compared(names: list[str], act: Act, times: int) -> list[tuple[float, float]]:
    """Return the 95th percentiles in both databases, of the quieter of two rounds, and how many were found."""
    spans: list[list[float]] = [[], []]
    found: list[list[int]] = [[], []]
    for _round in range(ROUNDS):
        for number, name in enumerate(names):
            with inside(name) as asked:
                milliseconds(partial(act, asked), WARMING)
                rows = found[number]
                spans[number].append(
                    slowest(milliseconds(lambda: rows.append(act(asked)), times))  # noqa: B023 - called at once
                )
    return [(min(rounds), median(rows)) for rounds, rows in zip(spans, found, strict=True)]


@contextmanager
def inside(name: str) -> Iterator[Asked]:
    """Work in the database of that name, with an overseer who is signed in."""
    from django.db import connection

    from xunzhang.organisation.models import Account, Person

    connection.close()
    connection.settings_dict["NAME"] = name
    account = Account.objects.filter(username="bench").first()
    if account is None:
        account = Account.objects.create_superuser("bench", password="only for the benchmark")
        Person.objects.create(code="bench", name="观察", account=account)
    overseer = Person.objects.select_related("account").get(code="bench")
    seller = Person.objects.select_related("account").get(pk=1)
    if seller.account is None:
        seller.account = Account.objects.create_user("seller", password="only for the benchmark")
        seller.save()
    yield Asked(signed_in(account), signed_in(seller.account), overseer, seller)


def signed_in(account: Account) -> Client:
    """Return a browser in which somebody has signed in."""
    from django.test import Client

    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


# -- cases -------------------------------------------------------------------------------------------------


def cases(few: str, many: str) -> Iterator[tuple[str, Act]]:
    """Yield what is measured, by name: each question with its whole page, as a browser gets it, and alone."""
    for name, question in (*lists(), *searches(few, many)):
        yield f"page of {name}", opened(question)
        yield name, answered(question)
    yield "page of a customer", pages()
    yield "create", creating()


@dataclass(frozen=True)
class Question:
    """What a list is asked for: the values of its filter, its order, and whether by the overseer or the seller."""

    values: dict[str, Any]
    sort: str = "newest"
    overseer: bool = True


Questions = Callable[[], Question]
"""Asks the same, or for another piece of a name, each time."""


def answered(question: Questions) -> Act:
    """Return what asks for one page of a list, and nothing around it."""
    from xunzhang.customers.queries.filters import CustomerFilter
    from xunzhang.customers.queries.listing import Sort, listing

    def ask(asked: Asked) -> int:
        one = question()
        reader = asked.overseer if one.overseer else asked.seller
        return listing(reader, CustomerFilter(**one.values), sort=Sort(one.sort)).count.number

    return ask


def opened(question: Questions) -> Act:
    """Return what opens the page of a list in a browser."""

    def ask(asked: Asked) -> int:
        one = question()
        said = {"q" if name == "text" else name: value for name, value in one.values.items()}
        said |= {"filed": str(int(one.values["filed"]))} if "filed" in one.values else {}
        client = asked.client if one.overseer else asked.sellers_client
        return got(client, f"/customers/?{urlencode({**said, 'sort': one.sort})}")

    return ask


def always(values: dict[str, Any], sort: str = "newest", *, overseer: bool = True) -> Questions:
    """Return what asks the same each time."""
    return lambda: Question(values, sort, overseer)


def lists() -> Iterator[tuple[str, Questions]]:
    """Yield lists with filters and orders, as one who sees all and as one who sees his own and the pool."""
    yield "list: everything, newest", always({})
    yield "list: active, by name", always({"status": "active"}, "name")
    yield (
        "list: region and industry, by grade",
        always({"region": "北京", "industry": "建筑业"}, "grade"),
    )
    yield "list: grade A, by creation", always({"grade": "A"}, "created")
    yield (
        "list: not filed and lost, by owner",
        always({"filed": False, "status": "lost"}, "owner"),
    )
    yield "list: of one owner, by name", always({"owner": 7}, "name")
    yield "list: own and pool, by name", always({}, "name", overseer=False)
    yield (
        "list: own and pool, active, by grade",
        always({"status": "active"}, "grade", overseer=False),
    )


def searches(few: str, many: str) -> Iterator[tuple[str, Questions]]:
    """Yield searches for common words, for words out of names that both databases have, and for the rare of these."""
    for kind, word in COMMON.items():
        yield f"search: common, {kind}", always({"text": word})
    found = {kind: pieces(few, length, column) for kind, length, column in FROM_NAMES}
    for kind, texts in found.items():
        yield f"search: from names, {kind}", from_names(texts)
    for kind, texts in found.items():
        yield f"search: rare, {kind}", from_names(rare(texts, many))
    for kind in ("2", "4"):
        yield f"search: common, {kind}, by name", always({"text": COMMON[kind]}, "name")
    yield "search: common, 2, own and pool", always({"text": COMMON["2"]}, overseer=False)


def pieces(few: str, length: int, column: str) -> list[str]:
    """Return pieces of the names of customers that both databases have, behind the region."""
    from xunzhang.customers.models import Customer

    with inside(few):
        names = Customer.objects.order_by("pk").values_list(column, flat=True)[:TRIED]
        return [text[2 : 2 + length] for text in names]


def rare(texts: list[str], many: str) -> list[str]:
    """Return the pieces that stand in a handful of names even among many."""
    from xunzhang.customers.queries.filters import CustomerFilter
    from xunzhang.customers.queries.listing import count_of

    with inside(many) as asked:
        return [
            text
            for text in texts
            if count_of(asked.overseer, CustomerFilter(text=text)).number <= HANDFUL
        ]


def from_names(texts: list[str]) -> Questions:
    """Return what searches for another piece each time."""
    turn = cycle(texts)
    return lambda: Question({"text": next(turn)})


def pages() -> Act:
    """Return what opens the page of another customer each time."""
    numbers = count(1)
    return lambda asked: got(asked.client, f"/customers/{next(numbers) % 900 + 1}/")


def got(client: Client, address: str) -> int:
    """Open a page; it must be there. A search that finds one customer leads to it."""
    answer = client.get(address)
    found_one = answer.status_code == 302 and answer.headers["Location"].startswith("/customers/")
    if answer.status_code != 200 and not found_one:
        raise SystemExit(f"{address} answered {answer.status_code}.")
    return 1


def creating() -> Act:
    """Return what makes another customer each time."""
    from xunzhang.customers.actions import create_customer

    numbers = count(time_ns())

    def create(asked: Asked) -> int:
        values = {"name": f"杭州金桥{next(numbers)}科技有限公司", "region": "杭州"}
        create_customer(values=values, by=asked.overseer.pk, at=NOON)
        return 1

    return create


if __name__ == "__main__":
    main()
