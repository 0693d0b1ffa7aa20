"""A row of a spreadsheet as text, and the error that says where a file cannot be read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from xunzhang.lib.errors import Invalid

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_ROWS = 300_000
MOST_COLUMNS = 300
LONGEST_CELL = 32_767


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the number that a spreadsheet program shows beside it, and its cells as text."""

    number: int
    cells: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Say whether nothing is written in it."""
        return not any(self.cells)


class SheetError(Invalid):
    """A file that cannot be read as a spreadsheet; `values` hold the sheet, row and column where that is known."""

    def __init__(
        self,
        message: "StrOrPromise",
        *,
        sheet: str = "",
        row: int | None = None,
        column: int | None = None,
    ) -> None:
        place: dict[str, str | int] = {"sheet": sheet}
        if row is not None:
            place["row"] = row
        if column is not None:
            place["column"] = column
        super().__init__(
            {"file": [message]}, code="sheet-unreadable", message=message, values=place
        )


def checked(row: Row, *, sheet: str) -> Row:
    """Return the row if it keeps to the limits of a table that people could have made."""
    if row.number > MOST_ROWS:
        raise SheetError(
            _("The table has more than %(rows)d rows; split it into several files.")
            % {"rows": MOST_ROWS},
            sheet=sheet,
            row=row.number,
        )
    if len(row.cells) > MOST_COLUMNS:
        raise SheetError(
            _("Row %(row)d has more than %(columns)d columns; delete those that are not needed.")
            % {"row": row.number, "columns": MOST_COLUMNS},
            sheet=sheet,
            row=row.number,
        )
    if max(map(len, row.cells), default=0) > LONGEST_CELL:
        raise SheetError(
            _("A cell in row %(row)d is longer than %(long)d characters; shorten it.")
            % {"row": row.number, "long": LONGEST_CELL},
            sheet=sheet,
            row=row.number,
            column=next(n for n, cell in enumerate(row.cells, 1) if len(cell) > LONGEST_CELL),
        )
    return row


def as_text(value: object) -> str:
    """Return a cell's value as a person would have typed it: 13800138000, 2026-01-02 14:05."""
    if isinstance(value, str):
        return value.replace("\x00", "").strip()
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    return "" if value is None else str(value)


def _moment(value: datetime) -> str:
    return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"


def _length(value: timedelta) -> str:
    minutes = int(value.total_seconds()) // 60
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


# The first kind that fits counts: a datetime is a date too
_WRITERS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: str(value).upper()),
    (float, lambda value: str(int(value)) if value.is_integer() else repr(value)),
    (datetime, _moment),
    (date, date.isoformat),
    (time, lambda value: f"{value:%H:%M}"),
    (timedelta, _length),
)
