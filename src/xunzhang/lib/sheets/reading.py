"""Read the first sheet of xlsx and xls, or a CSV in UTF-8, UTF-16 or GB18030, row by row."""

import codecs
import csv
import zipfile
from collections.abc import Iterator
from io import TextIOWrapper
from itertools import islice
from typing import BinaryIO

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from xunzhang.lib.sheets.rows import Row, SheetError, as_text, checked

__all__ = ["Row", "SheetError", "read_rows"]

CHUNK = 1 << 16
MOST_UNPACKED = 400 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"


def read_rows(file: BinaryIO) -> Iterator[Row]:
    """Yield every row in order, empty ones too; SheetError where the file is not a table.

    A CSV is read as a stream. The kind of file is seen from its first bytes, not from its name.
    """
    if is_workbook(file):
        sheet, rows = rows_of_workbook(file)
        return (checked(row, sheet=sheet) for row in rows)
    return _from_csv(file)


def is_workbook(file: BinaryIO) -> bool:
    """Say whether the file is an xlsx or xls file."""
    return _peek(file).startswith((_ZIP, _OLE))


def open_sheet(file: BinaryIO) -> CalamineSheet:
    """Return the first visible sheet of an xlsx or xls file."""
    _refuse_bombs(file)
    try:
        book = CalamineWorkbook.from_filelike(file)
        return book.get_sheet_by_index(0)
    except PasswordError:
        raise SheetError(_("The file is locked with a password; save it without one.")) from None
    except (CalamineError, OSError, IndexError, ValueError):
        raise SheetError(
            _("The file is damaged or is not a spreadsheet; save it again as .xlsx.")
        ) from None


def rows_of_workbook(file: BinaryIO) -> tuple[str, Iterator[Row]]:
    """Return the name of the first sheet and its rows, as long and wide as they are."""
    sheet = open_sheet(file)
    first = sheet.start[0] if sheet.start else 0
    rows = enumerate(islice(sheet.iter_rows(), first, None), start=first + 1)
    return sheet.name, (Row(number, tuple(map(as_text, values))) for number, values in rows)


def _from_csv(file: BinaryIO) -> Iterator[Row]:
    encoding = _encoding(file)
    file.seek(0)
    text = TextIOWrapper(file, encoding=encoding, newline="")
    try:
        delimiter = _delimiter(text.readline())
        text.seek(0)
        reader = csv.reader(text, delimiter=delimiter)
        yield from _numbered(reader)
    finally:
        text.detach()


def _numbered(reader: Iterator[list[str]]) -> Iterator[Row]:
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise SheetError(
                _("Row %(row)d cannot be read; look for a quotation mark that is not closed.")
                % {"row": number},
                row=number,
            ) from None
        yield checked(Row(number, tuple(map(as_text, cells))), sheet="CSV")


def _delimiter(line: str) -> str:
    return max((",", "\t", ";"), key=line.count)


def _encoding(file: BinaryIO) -> str:
    start = _peek(file)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _whole(file, "utf-16")
    for encoding in ("utf-8-sig", "gb18030"):
        if _fault(file, encoding) is None:
            return encoding
    line = _fault(file, "gb18030")
    raise SheetError(
        _(
            "Line %(line)d is neither UTF-8 nor GB18030 text; save the file as CSV UTF-8 or as .xlsx."
        )
        % {"line": line},
        row=line,
    )


def _whole(file: BinaryIO, encoding: str) -> str:
    line = _fault(file, encoding)
    if line is not None:
        raise SheetError(
            _("Line %(line)d cannot be read; save the file as .xlsx.") % {"line": line}, row=line
        )
    return encoding


def _fault(file: BinaryIO, encoding: str) -> int | None:
    """Return the first line that is not text in this encoding, or None when all are."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    while chunk := file.read(CHUNK):
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError as error:
            return line + chunk[: error.start].count(b"\n")
        if "\x00" in text:
            return line + text[: text.index("\x00")].count("\n")
        line += text.count("\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return None


def _peek(file: BinaryIO) -> bytes:
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    return start


def _refuse_bombs(file: BinaryIO) -> None:
    """Refuse an archive that would unpack to more than a table can be."""
    if _peek(file).startswith(_OLE):
        return
    try:
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        raise SheetError(_("The file is damaged; save it again as .xlsx.")) from None
    file.seek(0)
    if unpacked > MOST_UNPACKED:
        raise SheetError(
            _("The file unpacks to more than a table can be; save the table alone as CSV.")
        )
