"""What is wrong with the rows of a file: each by itself, against each other, against the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.customers.choices import ImportState, Kind
from xunzhang.customers.importing.jobs import CLAIM, claimed, table_of
from xunzhang.customers.importing.reading import Entry, problem_in, reader_of
from xunzhang.customers.importing.seen import Seen
from xunzhang.customers.models import Customer, ImportJob, ImportProblem
from xunzhang.lib.bulk import listed
from xunzhang.lib.sheets import Row

CHUNK, LEAST, MOST = 1_000, 200, 4_000
PACE = 0.6
MOST_PROBLEMS = 20_000
UNIQUE = ("name", "code", "uscc", "phone")


class Portions:
    """The rows in the portions that are kept together: as large as can be kept in PACE seconds."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self.rows = rows
        self.size = CHUNK

    def __iter__(self) -> Iterator[list[Row]]:
        """Yield the portions."""
        while portion := list(islice(self.rows, self.size)):
            yield portion

    def took(self, rows: int, seconds: float) -> None:
        """Learn how long so many rows took; a single measure halves or doubles the size at most."""
        fitting = int(rows * PACE / seconds)
        nearest = min(max(fitting, self.size // 2), self.size * 2)
        self.size = min(max(nearest, LEAST), MOST)


class Checker:
    """Finds rows that come twice: among those `seen` before and among the customers."""

    def __init__(
        self, headings: Sequence[str], mapping: Mapping[str, str], seen: Seen | dict[int, int]
    ) -> None:
        self.headings = {
            name: headings[int(column)] for column, name in mapping.items() if name in UNIQUE
        }
        self.seen = seen

    def check(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Note at each entry what came before it in the file or among the customers; return the entries."""
        for name, heading in self.headings.items():
            values = [identity(entry, name) for entry in entries]
            present = taken(name, values)
            for entry, value in zip(entries, values, strict=True):
                if value:
                    self.compare(entry, name, heading, value, present)
        return entries

    def compare(
        self, entry: Entry, name: str, heading: str, value: str, present: Mapping[str, int]
    ) -> None:
        """Note where a value that stands for one customer stands a second time."""
        earlier = self.seen.setdefault(hash((name, value)), entry.number)
        if earlier == entry.number and value not in present:
            return
        shown = str(entry.values[name])
        if earlier != entry.number:
            message = _("Row %(row)d of this file has the same; keep one of the two.") % {
                "row": earlier
            }
            entry.problems.append(
                problem_in(entry.number, heading, shown, "twice-in-file", message)
            )
        else:
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


def taken(name: str, values: Iterable[str]) -> dict[str, int]:
    """Return which of the values customers have already, with the customer's id.

    What was merged into another customer counts no more, but keeps its number.
    """
    column = "name_key" if name == "name" else name
    wanted = {value for value in values if value}
    if not wanted:
        return {}
    rows = Customer.objects.filter(**{f"{column}__in": listed(str, wanted)})
    return {
        value: pk
        for value, pk, merged_into in rows.values_list(column, "pk", "merged_into")
        if name == "code" or merged_into is None
    }


def check(*, job: int, now: Callable[[], datetime]) -> ImportJob:
    """Try the whole file and keep nothing of it but its problems; the first MOST_PROBLEMS are told.

    `now` tells the time at each step, so that others see that somebody is at it.
    """
    row = claimed(job, now())
    total = refused = told = 0
    row.problems.all().delete()
    table = table_of(row)
    reader = reader_of(table.headings, row.mapping)
    with closing(Seen()) as seen:
        checker = Checker(table.headings, row.mapping, seen)
        for portion in Portions(table.rows):
            entries = checker.check([reader.entry(each) for each in portion])
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
