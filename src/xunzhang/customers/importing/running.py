"""The run: thousands of rows a transaction, together with how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from time import perf_counter
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from xunzhang.customers.choices import ImportState
from xunzhang.customers.importing.ahead import understanding
from xunzhang.customers.importing.checking import Checker, Portions, tell
from xunzhang.customers.importing.jobs import CLAIM, claimed, forget_rows_of, table_of
from xunzhang.customers.importing.reading import Entry, reader_of
from xunzhang.customers.importing.storing import collecting_between, reserved_ids, room_to_write
from xunzhang.customers.models import Contact, Customer, ImportJob, SearchEntry
from xunzhang.customers.numbering import draw
from xunzhang.lib.bulk import insert
from xunzhang.lib.errors import Conflict
from xunzhang.policy import actions as policy


def blank_row(model: type[Model]) -> dict[str, Any]:
    """Return every column of a table but its key, as a new row has it when nothing is said."""
    new = model()
    return {
        field.attname: getattr(new, field.attname)
        for field in model._meta.concrete_fields  # noqa: SLF001 (Django's name for it)
        if field.attname != "id"
    }


BLANK = {"id": 0, **blank_row(Customer)}
ENTRIES_AT_ONCE = 150
BLANK_CONTACT = blank_row(Contact)


def run(*, job: int, now: Callable[[], datetime]) -> ImportJob:
    """Take in the rows without problems, from the last row kept on; problems are told row by row.

    One process at a time runs a job; one that died frees it after a minute. `now` tells the time at each step.
    """
    row = claimed(job, now())
    ImportJob.objects.filter(pk=job).update(state=ImportState.RUNNING)
    if not row.rows_seen:
        row.rows_refused = 0
        row.problems.all().delete()
    table = table_of(row)
    reader = reader_of(table.headings, row.mapping)
    left = row.rows_total - row.rows_seen
    portions = Portions(islice(table.rows, row.rows_seen, None))
    with (
        room_to_write(),
        collecting_between() as collect,
        understanding(reader, rows=left) as ahead,
    ):
        for entries in ahead.entries(portions):
            began = perf_counter()
            keep_portion(row, Checker(table.headings, row.mapping, {}), entries, at=now())
            collect()
            portions.took(len(entries), perf_counter() - began)
    return finished(row, at=now())


@transaction.atomic
def keep_portion(
    job: ImportJob, checker: Checker, entries: Sequence[Entry], *, at: datetime
) -> None:
    """Keep the portion's customers, contacts, index, events and progress: all or nothing.

    Rows of earlier portions are customers by now, and a second row like one of them is found as such.
    """
    checker.check(entries)
    good = [entry for entry in entries if not entry.problems]
    customers = made(good, job, at)
    insert(Customer, customers)
    insert(Contact, contacts_beside(customers, good))
    insert(SearchEntry, found_by(customers, good), at_once=ENTRIES_AT_ONCE)
    policy.record_many([event_for(customer, job, at) for customer in customers])
    tell(job, entries, room=len(entries) * 10)
    seen = job.rows_seen
    job.rows_seen += len(entries)
    job.rows_created += len(good)
    job.rows_refused += len(entries) - len(good)
    job.claimed_until = at + CLAIM
    mine = ImportJob.objects.filter(pk=job.pk, rows_seen=seen)
    if not mine.update(
        rows_seen=job.rows_seen,
        rows_created=job.rows_created,
        rows_refused=job.rows_refused,
        claimed_until=job.claimed_until,
    ):
        raise Conflict("import-claimed", _("This import is done or another worker is at it."))


def made(entries: Sequence[Entry], job: ImportJob, at: datetime) -> list[dict[str, Any]]:
    """Return the rows of the entries' customers, each with its new id."""
    codes = iter(draw(sum(1 for entry in entries if not entry.values.get("code"))))
    ids = reserved_ids(Customer.objects.all(), len(entries))
    rows = []
    for number, entry in zip(ids, entries, strict=True):
        values = {name: value for name, value in entry.values.items() if value is not None}
        row = {
            **BLANK,
            "created_at": at,
            "created_by_id": job.by_id,
            **values,
            "id": number,
            "keys": entry.keys,
        }
        row["code"] = row["code"] or next(codes)
        row["owner_since"] = row["created_at"] if row["owner_id"] else None
        row["name_key"], row["sound_key"] = entry.name_key, entry.sound_key
        rows.append(row)
    return rows


def contacts_beside(
    customers: Sequence[Mapping[str, Any]], entries: Sequence[Entry]
) -> list[dict[str, Any]]:
    """Return the rows of the contacts that stand beside their customers."""
    return [
        {**BLANK_CONTACT, **entry.contact, "customer_id": customer["id"]}
        for customer, entry in zip(customers, entries, strict=True)
        if entry.contact.get("name")
    ]


def found_by(
    customers: Sequence[Mapping[str, Any]], entries: Sequence[Entry]
) -> list[dict[str, Any]]:
    """Return the rows by which the search finds the customers."""
    return [
        {
            "customer_id": customer["id"],
            "text": words.text,
            "initials": words.initials,
            "pinyin": words.pinyin,
            "tokens": words.tokens,
        }
        for customer, entry in zip(customers, entries, strict=True)
        if (words := entry.words) is not None
    ]


def event_for(customer: Mapping[str, Any], job: ImportJob, at: datetime) -> dict[str, Any]:
    """Return the event of an imported customer, as `policy.record_many` takes it."""
    keys = {
        "customer": customer["id"],
        "name": customer["name"],
        "kind": customer["kind"],
        "owner": customer["owner_id"],
        "batch": f"import-{job.pk}",
    }
    return {"type": "customer.created", "by": job.by_id, "at": at, "keys": keys}


@transaction.atomic
def finished(job: ImportJob, *, at: datetime) -> ImportJob:
    """The import is done; `customers.imported`."""
    job.state, job.finished_at, job.claimed_until = ImportState.DONE, at, None
    job.rows_total = job.rows_seen
    job.save(update_fields=["state", "finished_at", "claimed_until", "rows_total"])
    keys = {"batch": f"import-{job.pk}", "created": job.rows_created, "refused": job.rows_refused}
    policy.record(type="customer.imported", by=job.by_id, at=at, keys=keys)
    forget_rows_of(job)
    return job
