"""Find where a table begins: titles above it are passed over, and headings of two rows are read as one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from xunzhang.lib.sheets.reading import Row, SheetError, read_rows
from xunzhang.lib.sheets.spooling import rows_in_file
from xunzhang.lib.text import tidy

HEADING_WITHIN = 20
MOST_HEADING_ROWS = 3


@dataclass(frozen=True)
class Table:
    """The headings, by column, and the rows below them that are not empty."""

    headings: tuple[str, ...]
    rows: Iterator[Row]


def read_table(file: BinaryIO | Path, *, known: Collection[str] = ()) -> Table:
    """Return the table in the file; one that is given by its path may be of any length.

    `known` headings tell the heading rows from the titles above them.

    A heading over several columns, as merged cells make it, is passed to the one below: 联系人 over 姓名 and 电话
    gives 姓名 and 电话 where those are known, 联系人姓名 and 联系人电话 otherwise.
    """
    rows = rows_in_file(file) if isinstance(file, Path) else read_rows(file)
    top = list(islice(rows, HEADING_WITHIN + MOST_HEADING_ROWS))
    if all(row.empty for row in top):
        raise SheetError(_("The table is empty; the first rows must hold the headings."), row=1)
    start, depth = _best(top, known)
    headings = _joined(top[start : start + depth], known)
    below = chain(top[start + depth :], rows)
    return Table(headings, (row for row in below if not row.empty))


def _best(top: list[Row], known: Collection[str]) -> tuple[int, int]:
    """Return at which of the top rows the headings start and how many rows they take."""
    candidates = [
        (start, depth)
        for start in range(min(len(top), HEADING_WITHIN))
        for depth in range(1, MOST_HEADING_ROWS + 1)
    ]
    if not known:
        return next(
            (index for index, row in enumerate(top) if _filled(row) > 1 or len(row.cells) == 1), 0
        ), 1

    def worth(candidate: tuple[int, int]) -> tuple[int, int, int]:
        start, depth = candidate
        found = set(_joined(top[start : start + depth], known)) & set(known)
        return len(found), -depth, -start

    best = max(candidates, key=worth)
    if worth(best)[0] == 0:
        raise SheetError(
            _("None of the first rows holds the headings; write at least one of: %(known)s.")
            % {"known": "、".join(list(known)[:8])},
            row=1,
        )
    return best


def _filled(row: Row) -> int:
    return sum(1 for cell in row.cells if cell)


def _joined(rows: list[Row], known: Collection[str]) -> tuple[str, ...]:
    width = max(len(row.cells) for row in rows)
    above = [_spread(row.cells, width) for row in rows[:-1]]
    lowest = [tidy(cell) for cell in rows[-1].cells] + [""] * (width - len(rows[-1].cells))
    return tuple(
        _heading([*(line[column] for line in above), lowest[column]], known)
        for column in range(width)
    )


def _spread(cells: tuple[str, ...], width: int) -> list[str]:
    """Return the cells with each heading carried to the right over the empty cells that it was merged with."""
    line: list[str] = []
    for cell in [*cells, *[""] * (width - len(cells))]:
        line.append(tidy(cell) or (line[-1] if line else ""))
    return line


def _heading(parts: list[str], known: Collection[str]) -> str:
    parts = [part.rstrip("*＊:：").strip() for part in parts if part]
    together = "".join(dict.fromkeys(parts))
    if together in known or not parts:
        return together
    return parts[-1] if parts[-1] in known else together
