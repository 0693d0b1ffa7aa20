"""Spreadsheets in and out: xlsx, xls and CSV, as rows of text with their numbers."""

from xunzhang.lib.sheets.headers import Table, read_table
from xunzhang.lib.sheets.reading import Row, SheetError, read_rows
from xunzhang.lib.sheets.spooling import forget_rows
from xunzhang.lib.sheets.writing import write_csv, write_xlsx

__all__ = [
    "Row",
    "SheetError",
    "Table",
    "forget_rows",
    "read_rows",
    "read_table",
    "write_csv",
    "write_xlsx",
]
