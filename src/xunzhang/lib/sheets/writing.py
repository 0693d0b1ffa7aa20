"""Write tables that a spreadsheet program opens without ever taking somebody's text for a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import TextIOWrapper
from typing import BinaryIO, Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xunzhang.lib.clock import company_zone
from xunzhang.lib.sheets.rows import LONGEST_CELL, as_text

Cell = str | int | float | Decimal | date | datetime | bool | None
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_xlsx(
    file: BinaryIO, *, sheet: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:
    """Write one sheet, row by row, in constant memory; text stays text, whatever it begins with."""
    with Workbook(file, {"constant_memory": True, "remove_timezone": True}) as book:
        table = book.add_worksheet(sheet[:31])
        table.freeze_panes(1, 0)
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        bold = book.add_format({"bold": True})
        for column, heading in enumerate(headings):
            table.write_string(0, column, heading, bold)
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write_cell(table, line, column, value, day=day, moment=moment)


def _write_cell(
    table: Worksheet, line: int, column: int, value: Cell, *, day: Format, moment: Format
) -> None:
    match value:
        case None | "":
            return
        case bool():
            table.write_boolean(line, column, value)
        case int() | float() | Decimal():
            table.write_number(line, column, value)
        case datetime():
            table.write_datetime(line, column, _company(value), moment)
        case date():
            table.write_datetime(line, column, value, day)
        case _:
            table.write_string(line, column, value[:LONGEST_CELL])


def _company(moment: datetime) -> datetime:
    """A moment as the company's clocks show it; a spreadsheet knows no zones."""
    return moment.astimezone(company_zone()) if moment.tzinfo is not None else moment


def write_csv(
    file: BinaryIO,
    *,
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    encoding: Literal["utf-8-sig", "gb18030"] = "utf-8-sig",
) -> None:
    """Write a CSV that Chinese Excel opens rightly; text that looks like a formula gets an apostrophe before it."""
    text = TextIOWrapper(file, encoding=encoding, newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([_harmless(heading) for heading in headings])
    writer.writerows([_harmless(value) for value in row] for row in rows)
    text.detach()


def _harmless(value: Cell) -> str:
    written = as_text(_company(value) if isinstance(value, datetime) else value)
    if isinstance(value, str) and written.startswith(_DANGEROUS):
        return "'" + written
    return written
