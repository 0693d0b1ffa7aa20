"""Tables of any length in little memory: a process of its own reads the workbook and writes its rows to a file.

What reads xlsx and xls holds the whole sheet; that memory goes with the process. A CSV is a stream already.

    python -m xunzhang.lib.sheets.spooling WORKBOOK ROWS
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from glob import escape
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from xunzhang.lib.sheets.reading import is_workbook, read_rows, rows_of_workbook
from xunzhang.lib.sheets.rows import MOST_ROWS, Row, SheetError, checked

LARGE = 256 * 1024
REFUSED = 3


def rows_in_file(file: Path) -> Iterator[Row]:
    """Yield every row of a file, as `read_rows` does; a large workbook is read once and kept beside it as rows."""
    with file.open("rb") as opened:
        if file.stat().st_size < LARGE or not is_workbook(opened):
            yield from read_rows(opened)
            return
    rows = file.with_name(f"{file.name}.rows")
    if not rows.exists():
        spool(file, rows)
    with rows.open("rb") as lines:
        yield from spooled(lines)


def forget_rows(file: Path) -> None:
    """Delete the rows kept beside a file, also those that a reader who died had begun to write."""
    for kept in file.parent.glob(f"{escape(file.name)}.rows*"):
        kept.unlink(missing_ok=True)


def spool(file: Path, rows: Path) -> None:
    """Write the rows of a workbook to a file; SheetError where it is not a table."""
    began = rows.with_name(f"{rows.name}.{os.getpid()}")
    command = [sys.executable, "-m", __name__, str(file), str(began)]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own module
        if done.returncode == REFUSED:
            with file.open("rb") as opened:
                next(read_rows(opened), None)
        if done.returncode:
            raise SheetError(
                _("The file is damaged or is not a spreadsheet; save it again as .xlsx.")
            )
        began.replace(rows)
    finally:
        began.unlink(missing_ok=True)


def spooled(lines: BinaryIO) -> Iterator[Row]:
    """Yield the rows that were written."""
    sheet = json.loads(next(lines))
    for line in lines:
        number, cells = json.loads(line)
        yield checked(Row(number, tuple(cells)), sheet=sheet)


def main(workbook: str, rows: str) -> int:
    """Write the sheet's name and each row as a line; the reader stops at the first row too many."""
    with Path(workbook).open("rb") as file, Path(rows).open("w", encoding="utf-8") as into:
        try:
            sheet, found = rows_of_workbook(file)
        except SheetError:
            return REFUSED
        into.write(f"{json.dumps(sheet)}\n")
        for row in found:
            into.write(f"{json.dumps([row.number, row.cells], ensure_ascii=False)}\n")
            if row.number > MOST_ROWS:
                break
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
