"""An import begins: the file is kept, its headings are read, its columns are chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from xunzhang.customers.choices import ImportState
from xunzhang.customers.importing.mapping import KNOWN_HEADINGS, SYNONYMS, mapping_for, remember
from xunzhang.customers.models import ImportJob
from xunzhang.lib.errors import Conflict, Invalid
from xunzhang.lib.sheets import SheetError, Table, forget_rows, read_table
from xunzhang.policy import actions as policy

CLAIM = timedelta(minutes=1)
LEFT = (ImportState.UPLOADED, ImportState.CHECKED)
BEGUN = (ImportState.QUEUED, ImportState.RUNNING, ImportState.DONE)


@transaction.atomic
def upload(*, file: BinaryIO, file_name: str, by: int, at: datetime) -> ImportJob:
    """The file waits to be imported, with the columns as they were the last time or as its headings say.

    What the person has uploaded before and left is read anew from its file, should it be taken up again.
    """
    policy.require(action="customer.import", by=by, at=at, keys={"file": file_name})
    job = ImportJob(file_name=file_name[:200], by_id=by, created_at=at)
    job.file.save(file_name[-80:], File(file), save=False)
    try:
        headings = table_of(job).headings
    except Invalid:
        forget_rows_of(job)
        job.file.delete(save=False)
        raise
    for left in ImportJob.objects.filter(by=by, state__in=LEFT):
        forget_rows_of(left)
    job.header, job.mapping = list(headings), mapping_for(headings)
    job.save()
    return job


@transaction.atomic
def choose_columns(*, job: int, mapping: Mapping[str, str], by: int, at: datetime) -> ImportJob:
    """The columns mean what was chosen, this time and the next; what was tried before must be tried again."""
    row = ImportJob.objects.select_for_update(of=("self",)).get(pk=job, by=by)
    if row.rows_seen or row.state in BEGUN:
        raise Conflict("import-begun", _("This import has begun; its columns stay as they are."))
    columns = {str(column): field for column, field in mapping.items() if field}
    refuse_bad_columns(columns, len(row.header))
    row.mapping, row.state = columns, ImportState.UPLOADED
    row.save(update_fields=["mapping", "state"])
    remember(row.header, columns, at=at)
    return row


def refuse_bad_columns(mapping: Mapping[str, str], width: int) -> None:
    """Refuse a choice without a name, with a field twice, unknown or beyond the last column."""
    fields = list(mapping.values())
    known = all(field in SYNONYMS or field.startswith("keys.") for field in fields)
    inside = all(column.isdigit() and int(column) < width for column in mapping)
    if "name" not in fields:
        raise Invalid({"mapping": [_("Choose the column that holds the customer's name.")]})
    if not known or not inside or len(set(fields)) < len(fields):
        raise Invalid(
            {"mapping": [_("Each column has one meaning, and no two columns have the same.")]}
        )


def table_of(job: ImportJob) -> Table:
    """Return the table of the job's file, from its first row; where no heading is known, the first row has them."""
    file = Path(job.file.path)
    try:
        return read_table(file, known=KNOWN_HEADINGS)
    except SheetError:
        return read_table(file)


def forget_rows_of(job: ImportJob) -> None:
    """Delete what was kept beside the job's file to read it again; the file itself stays."""
    forget_rows(Path(job.file.path))


@transaction.atomic
def claimed(job: int, at: datetime) -> ImportJob:
    """Return the job as ours for a minute, unless it is done or somebody else is at it."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=at)
    unfinished = ImportJob.objects.filter(free, pk=job).exclude(state=ImportState.DONE)
    if not unfinished.update(claimed_until=at + CLAIM):
        raise Conflict("import-claimed", _("This import is done or another worker is at it."))
    return ImportJob.objects.get(pk=job)
