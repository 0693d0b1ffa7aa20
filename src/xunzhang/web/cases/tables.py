"""A table inside a form: rows that are added and removed with scripts or without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from typing_extensions import override

from xunzhang.cases.values import label_of
from xunzhang.law.text import Field
from xunzhang.web.cases.fields import always_required, field_of
from xunzhang.web.cases.inputs import Reader

MOST_ROWS = 200
ADD, REMOVE = "add-row", "remove-row"
EMPTY: tuple[Any, ...] = (None, "", [], False)


class TableInput(forms.Widget):
    """Draws each row with one control for each column. A cell is called NAME-ROW-COLUMN."""

    template_name = "cases/table_input.html"

    def __init__(self, columns: Mapping[str, forms.Field], marks: Mapping[str, bool]) -> None:
        super().__init__()
        self.columns = columns
        self.marks = marks

    @override
    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> list[dict[str, Any]]:
        """Return the rows as they were sent, those that were added empty among them."""
        return [self._sent(data, files, name, place) for place in places([*data, *files], name)]

    def _sent(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str, place: int
    ) -> dict[str, Any]:
        return {
            column: field.widget.value_from_datadict(data, files, f"{name}-{place}-{column}")
            for column, field in self.columns.items()
        }

    @override
    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return what the template shows: the heads, the rows, and a row to copy."""
        context = super().get_context(name, value, attrs)
        rows = list(value or []) or [{}]
        context["table"] = {
            "name": name,
            "heads": [(field.label, self.marks[key]) for key, field in self.columns.items()],
            "rows": [self._row(name, place, row) for place, row in enumerate(rows)],
            "blank": self._row(name, "__row__", {}),
            "add": f"{ADD}:{name}",
            "remove": f"{REMOVE}:{name}",
        }
        return context

    def _row(self, name: str, place: int | str, row: Mapping[str, Any]) -> dict[str, Any]:
        cells = []
        for column, field in self.columns.items():
            cell = f"{name}-{place}-{column}"
            value = field.prepare_value(row.get(column))
            control = field.widget.render(cell, value, {"id": f"id_{cell}"})
            cells.append({"id": f"id_{cell}", "label": field.label, "control": control})
        return {"place": place, "cells": cells}

    @override
    def id_for_label(self, id_: str) -> str:
        """The label names the whole table."""
        return ""


class RowsField(forms.Field):
    """Rows with one field for each column; empty rows count for nothing. `marks` says which are required."""

    widget: TableInput

    def __init__(self, columns: Mapping[str, forms.Field], marks: Mapping[str, bool]) -> None:
        self.columns = dict(columns)
        super().__init__(widget=TableInput(self.columns, marks), required=False)

    @override
    def clean(self, value: Any) -> list[dict[str, Any]]:
        """Return the rows with typed values; an error names its row and column."""
        if len(value) > MOST_ROWS:
            raise ValidationError(
                _("A table may have at most %(most)s rows.") % {"most": MOST_ROWS}
            )
        wrong: list[str] = []
        rows = [self._row(place, row, wrong) for place, row in enumerate(value, start=1)]
        if wrong:
            raise ValidationError(wrong)
        return [row for row in rows if row]

    def _row(self, place: int, row: Mapping[str, Any], wrong: list[str]) -> dict[str, Any]:
        found = {}
        for name, field in self.columns.items():
            try:
                cell = field.clean(row.get(name))
            except ValidationError as error:
                told = {"row": place, "column": field.label, "wrong": "；".join(error.messages)}
                wrong.append(_("Row %(row)s, %(column)s: %(wrong)s") % told)
                continue
            if cell not in EMPTY:
                found[name] = cell
        return found

    def filled(self, rows: list[dict[str, Any]]) -> list[int]:
        """Return the places of the rows in which something was entered."""
        return [place for place, row in enumerate(rows) if self._row(place, row, [])]

    def cells(self, rows: list[dict[str, Any]], type_: type[forms.Field]) -> Iterator[Cell]:
        """Yield what stands in the columns of a type of field, with its row and column."""
        columns = [name for name, field in self.columns.items() if isinstance(field, type_)]
        for place, row in enumerate(rows):
            for column in columns:
                if column in row:
                    yield Cell(place, column, row[column])


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one column of one row that was filled in."""

    row: int
    column: str
    value: Any


class TableField(RowsField):
    """The rows of a table of a policy's form."""

    def __init__(self, field: Field, reader: Reader) -> None:
        shown = {one.name: one for one in field.columns if one.computed is None}
        super().__init__(
            {name: field_of(one, reader) for name, one in shown.items()},
            {name: always_required(one) for name, one in shown.items()},
        )
        self.label = label_of(field)


def places(sent: Iterable[str], name: str) -> list[int]:
    """Return the numbers of the rows that were sent for a table, in order; `sent` are the names of all controls."""
    pattern = re.compile(rf"{re.escape(name)}-(\d{{1,4}})-")
    found = {int(match[1]) for key in sent if (match := pattern.match(key))}
    return sorted(found)[: MOST_ROWS + 1]


def reshaped(data: Any, button: str) -> Any:
    """Return what was sent, with a row more or less as a button without scripts has asked; None for no such button."""
    act, _colon, rest = button.partition(":")
    if act == ADD:
        fresh = data.copy()
        taken = places(data, rest)
        fresh[f"{rest}-{(taken[-1] + 1) if taken else 0}-"] = ""
        return fresh
    if act == REMOVE:
        name, _colon, place = rest.rpartition(":")
        fresh = data.copy()
        for key in [key for key in data if key.startswith(f"{name}-{place}-")]:
            del fresh[key]
        return fresh
    return None
