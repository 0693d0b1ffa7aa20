"""The rows that were refused, as a file: the original columns, and the reasons behind them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from xunzhang.customers.choices import ImportState
from xunzhang.customers.importing.jobs import forget_rows_of, table_of
from xunzhang.customers.models import ImportJob
from xunzhang.lib.sheets import write_xlsx


def problems_file(*, job: int, into: BinaryIO) -> None:
    """Write the refused rows as xlsx; corrected, the file can be imported as it is."""
    row = ImportJob.objects.get(pk=job)
    headings = [*row.header, _("Reason")]
    try:
        write_xlsx(into, sheet=_("Refused rows"), headings=headings, rows=refused_rows(row))
    finally:
        if row.state == ImportState.DONE:
            forget_rows_of(row)


def refused_rows(job: ImportJob) -> Iterator[list[str]]:
    """Yield each refused row as it was, with its reasons in one cell."""
    problems = job.problems.order_by("row", "id").iterator()
    problem = next(problems, None)
    width = len(job.header)
    for row in table_of(job).rows:
        reasons = []
        while problem is not None and problem.row == row.number:
            reasons.append(f"{problem.column}: {problem.message}")
            problem = next(problems, None)
        if reasons:
            cells = [*row.cells, *[""] * width][:width]
            yield [*cells, "；".join(reasons)]
        if problem is None:
            return
