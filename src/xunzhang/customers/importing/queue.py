"""Small files are worked on at once, large ones wait for the worker, and a page only looks how far it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from xunzhang.customers.choices import ImportState
from xunzhang.customers.importing.checking import check
from xunzhang.customers.importing.jobs import forget_rows_of, table_of
from xunzhang.customers.importing.reading import problem_in
from xunzhang.customers.importing.running import run
from xunzhang.customers.models import ImportJob
from xunzhang.lib.errors import Conflict, Refusal
from xunzhang.lib.sheets import Row

AT_ONCE = 2_000
WORKED_ON = (ImportState.TO_CHECK, ImportState.QUEUED, ImportState.RUNNING)
Now = Callable[[], datetime]


def ask_for_check(*, job: int, now: Now) -> ImportJob:
    """The file is tried: at once when it is small, by the worker otherwise."""
    waiting(job, ImportState.TO_CHECK, before=(ImportState.UPLOADED, ImportState.CHECKED))
    return check(job=job, now=now) if small(job) else ImportJob.objects.get(pk=job)


def ask_for_run(*, job: int, now: Now) -> ImportJob:
    """The good rows are taken in: at once when the file is small, by the worker otherwise."""
    waiting(job, ImportState.QUEUED, before=(ImportState.CHECKED, ImportState.STOPPED))
    return run(job=job, now=now) if small(job) else ImportJob.objects.get(pk=job)


def run_queued(now: Now) -> int:
    """Work off what waits, the oldest first, also what a dead worker left; return how many were finished."""
    finished = 0
    tried: set[int] = set()
    while (job := next_waiting(now(), without=tried)) is not None:
        tried.add(job.pk)
        finished += worked_off(job, now)
    return finished


def next_waiting(at: datetime, *, without: set[int]) -> ImportJob | None:
    """Return the oldest job that nobody is at."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=at)
    rows = ImportJob.objects.filter(free, state__in=WORKED_ON).exclude(pk__in=without)
    return rows.order_by("created_at", "pk").first()


def worked_off(job: ImportJob, now: Now) -> bool:
    """Try or run one job; what cannot go on stops and says why. False when another worker was faster."""
    work = check if job.state == ImportState.TO_CHECK else run
    try:
        work(job=job.pk, now=now)
    except Conflict:
        return False
    except Refusal as refusal:
        stop(job, str(refusal))
    return True


@transaction.atomic
def stop(job: ImportJob, why: str) -> None:
    """The job waits for a person, with the reason."""
    problem = problem_in(0, "", "", "stopped", why)
    problem.job = job
    problem.save()
    ImportJob.objects.filter(pk=job.pk).update(state=ImportState.STOPPED, claimed_until=None)
    forget_rows_of(job)


@transaction.atomic
def waiting(job: int, state: ImportState, *, before: Sequence[ImportState]) -> None:
    """The job waits for the worker; a second press finds it waiting already."""
    if not ImportJob.objects.filter(pk=job, state__in=before).update(state=state):
        raise Conflict("import-begun", _("This import has gone on in the meantime; look again."))


def small(job: int) -> bool:
    """Say whether a person can wait for the whole file."""
    return len(first_rows(job=job, count=AT_ONCE + 1)) <= AT_ONCE


def first_rows(*, job: int, count: int) -> list[Row]:
    """Return the first rows below the headings."""
    return list(islice(table_of(ImportJob.objects.get(pk=job)).rows, count))
