"""What is wrong with the rows of a file: each by itself, against each other, against the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.customers.choices import ImportState, Kind
from xunzhang.customers.importing.jobs import CLAIM, claimed, opened
from xunzhang.customers.importing.reading import Entry, Reader, problem_in
from xunzhang.customers.models import Customer, ImportJob, ImportProblem
from xunzhang.lib.sheets import Row

CHUNK = 1_000
MOST_PROBLEMS = 20_000
UNIQUE = ("name", "code", "uscc", "phone")


def chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield the rows in the portions that are kept together."""
    waiting = iter(rows)
    while portion := list(islice(waiting, CHUNK)):
        yield portion


@dataclass(slots=True)
class Checker:
    """Remembers the rows that went before, to find those that come twice in the file."""

    reader: Reader
    seen: dict[tuple[str, int], int] = field(default_factory=dict)

    def check(self, rows: Sequence[Row]) -> list[Entry]:
        """Return the entries of the rows, with every problem that each has."""
        entries = [self.reader.entry(row) for row in rows]
        headings = {name: heading for _column, name, heading in self.reader.columns}
        present = {name: taken(name, entries) for name in UNIQUE if name in headings}
        for entry in entries:
            for name in present:
                self.compare(entry, name, headings[name], present[name])
        return entries

    def compare(self, entry: Entry, name: str, heading: str, present: dict[Any, int]) -> None:
        """Note where a value that stands for one customer stands a second time."""
        value = identity(entry, name)
        if not value:
            return
        shown = str(entry.values[name])
        earlier = self.seen.setdefault((name, hash(value)), entry.number)
        if earlier != entry.number:
            message = _("Row %(row)d of this file has the same; keep one of the two.") % {
                "row": earlier
            }
            entry.problems.append(
                problem_in(entry.number, heading, shown, "twice-in-file", message)
            )
        elif value in present:
            message = _("Customer %(id)d has the same; change that one instead.") % {
                "id": present[value]
            }
            entry.problems.append(problem_in(entry.number, heading, shown, "duplicate", message))


def identity(entry: Entry, name: str) -> str:
    """Return the field's value where it stands for one customer only.

    Two people may share a name, two companies a phone; a person without a phone is known by the name.
    """
    person = entry.values.get("kind") == Kind.PERSON
    phone = entry.values.get("phone") or ""
    if name == "phone":
        return phone if person else ""
    if name == "name":
        return "" if person and phone else entry.name_key
    return entry.values.get(name) or ""


def taken(name: str, entries: Sequence[Entry]) -> dict[Any, int]:
    """Return which of the entries' values customers have already, with the customer's id."""
    column = "name_key" if name == "name" else name
    wanted = {value for entry in entries if (value := identity(entry, name))}
    found: dict[Any, int] = {}
    ordered = sorted(wanted)
    for start in range(0, len(ordered), 500):
        part = ordered[start : start + 500]
        rows = Customer.objects.filter(**{f"{column}__in": part}, merged_into__isnull=True)
        found.update(rows.values_list(column, "pk"))
    return found


def check(*, job: int, now: Callable[[], datetime]) -> ImportJob:
    """Try the whole file and keep nothing of it but its problems; the first MOST_PROBLEMS are told.

    `now` tells the time at each step, so that others see that somebody is at it.
    """
    row = claimed(job, now())
    total = refused = told = 0
    row.problems.all().delete()
    with opened(row) as table:
        checker = Checker(Reader(table.headings, row.mapping))
        for portion in chunks(table.rows):
            entries = checker.check(portion)
            total += len(entries)
            refused += sum(1 for entry in entries if entry.problems)
            told += tell(row, entries, room=MOST_PROBLEMS - told)
            ImportJob.objects.filter(pk=job).update(rows_total=total, claimed_until=now() + CLAIM)
    row.state, row.rows_total, row.rows_refused = ImportState.CHECKED, total, refused
    row.claimed_until = None
    row.save(update_fields=["state", "rows_total", "rows_refused", "claimed_until"])
    return row


@transaction.atomic
def tell(job: ImportJob, entries: Iterable[Entry], *, room: int) -> int:
    """Keep the problems of the entries as long as there is room; return how many were kept."""
    problems = [problem for entry in entries for problem in entry.problems][: max(room, 0)]
    for problem in problems:
        problem.job = job
    ImportProblem.objects.bulk_create(problems)
    return len(problems)
