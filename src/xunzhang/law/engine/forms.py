"""Forms: what a filing lacks, and whose signatures it still needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from xunzhang.law.arithmetic import Expression, compute, rows_of
from xunzhang.law.cases import CaseState
from xunzhang.law.facts import Event, Staff, Value
from xunzhang.law.scope import Scope
from xunzhang.law.text import DEFAULT_ROOTS, Field, Form
from xunzhang.law.vocabulary import BadValue, coerce
from xunzhang.law.who import By, people

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run

EMPTY: tuple[Value, ...] = (None, "", [])
SUBJECT = {
    "customer": "customer",
    "staff": "staff",
    "department": "department",
    "case": "case",
    "none": "staff",
}


class Forms:
    """Answers for the forms of all editions within one run."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def lacking(
        self, form: Form, values: Mapping[str, Value], scope: Scope
    ) -> Iterator[tuple[str, str]]:
        """Each (field or TABLE.COLUMN, what is wrong: required | choice | pattern) of a filing."""
        for field in form.fields:
            value = values.get(field.name)
            if not is_empty(value):
                yield from self._wrong(field, value, field.name, scope)
            elif self._asked(field, scope):
                yield field.name, "required"

    @staticmethod
    def _asked(field: Field, scope: Scope) -> bool:
        """Whether a field must be filled in."""
        return field.computed is None and field.required is not None and field.required.holds(scope)

    def _wrong(
        self, field: Field, value: Value, name: str, scope: Scope
    ) -> Iterator[tuple[str, str]]:
        if field.key.type == "table":
            for row in rows_of(value):
                yield from self._row(field, row, name, scope)
            return
        try:
            coerce(field.key, value)
        except BadValue:
            yield name, "choice"
            return
        if field.pattern is not None and not re.fullmatch(field.pattern, str(value)):
            yield name, "pattern"

    def _row(
        self, field: Field, row: Mapping[str, Value], name: str, scope: Scope
    ) -> Iterator[tuple[str, str]]:
        """A row's columns; their conditions speak of the row, then of the form."""
        whole = scope.thing
        scope.thing = {**whole, **row}
        asked = {column.name for column in field.columns if self._asked(column, scope)}
        scope.thing = whole
        for column in field.columns:
            value = row.get(column.name)
            if not is_empty(value):
                yield from self._wrong(column, value, f"{name}.{column.name}", scope)
            elif column.name in asked:
                yield f"{name}.{column.name}", "required"

    def complete(self, form: Form, event: Event) -> bool:
        """Whether an event that files a form has all that it requires."""
        scope = self.run.scope(event)
        return not any(what == "required" for _, what in self.lacking(form, event.keys, scope))

    def defaults(self, form: Form, values: Mapping[str, Value], scope: Scope) -> dict[str, Value]:
        """The values that fields left out take; each sees those before it."""
        entered = scope.thing
        found: dict[str, Value] = {}
        for field in form.fields:
            scope.thing = {**entered, **found}
            if field.name in values:
                rows = _filled_rows(field, values[field.name], scope)
                if rows is not None:
                    found[field.name] = rows
                continue
            value = default_of(field, scope) if field.default is not None else None
            if value is not None:
                found[field.name] = value
        scope.thing = entered
        return found

    def computed(self, form: Form, values: Mapping[str, Value]) -> dict[str, Value]:
        """The values of its read-only fields, and its tables with their read-only columns; one may use another.

        What was given for one that cannot be computed counts for nothing.
        """
        fields = {field.name: field.computed for field in form.fields if field.computed is not None}
        found = self._tables(form, values)
        known = {name: value for name, value in values.items() if name not in fields}
        for _ in fields:
            for name, expression in fields.items():
                value = compute(expression, {**known, **found})
                if value is not None:
                    found[name] = value
        given = {name for name in fields if name not in found and values.get(name) is not None}
        return {**found, **dict.fromkeys(given)}

    @staticmethod
    def _tables(form: Form, values: Mapping[str, Value]) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for field in form.fields:
            columns = [
                (one.name, one.computed) for one in field.columns if one.computed is not None
            ]
            rows = rows_of(values.get(field.name)) if columns else []
            if rows:
                found[field.name] = [_with_columns(row, columns) for row in rows]
        return found

    def rows(self, form: Form, event: Event) -> Iterator[tuple[str, Mapping[str, Value]]]:
        """The (event type, keys) of each row that is recorded as an event of its own."""
        for field in form.fields:
            if field.rows is None:
                continue
            for row in rows_of(event.get(field.name)):
                about = {
                    key: event.get(key)
                    for key in ("by", "customer", "case")
                    if event.get(key) is not None
                }
                yield field.rows, {**about, **row}

    # -- signatures ------------------------------------------------------------------------------------

    def unsigned(self, form: Form, filing: Event) -> list[int]:
        """The places (from 0) of the signatures that a filing still lacks."""
        if not form.sign:
            return []
        signed = self.signers(form, filing)
        scope = self.run.scope(filing)
        return [
            place
            for place, who in enumerate(form.sign)
            if not (isinstance(who, By) and filing.by is not None)
            and not signed.intersection(people(who, scope))
        ]

    def signers(self, form: Form, filing: Event) -> set[str]:
        """Who has signed a filing: who filed it, and each `form.signed` after it."""
        found = {filing.by} if filing.by is not None else set()
        key = "case" if filing.case is not None else SUBJECT[form.about]
        value = (
            filing.case if key == "case" else filing.by if form.about == "none" else filing.get(key)
        )
        for event in self.run.history.earlier(
            "form.signed", ("form", key), (form.code, value), None
        ):
            if event.seq < filing.seq:
                break
            if event.by is not None:
                found.add(event.by)
        return found

    def filing_signed(self, event: Event) -> tuple[Form, Event] | None:
        """The form and its latest filing that counts, to which a `form.signed` belongs."""
        code = event.get("form")
        for forms in self.run.book.forms_of_event.values():
            for form in forms:
                if form.code != code:
                    continue
                key = "case" if event.case is not None else SUBJECT[form.about]
                value = event.get(key)
                name = "by" if form.about == "none" and key == "staff" else key
                for filing in self.run.history.earlier(
                    form.event, ("form", name), (code, value), event.seq
                ):
                    if self.run.counts_as_filed(filing):
                        return form, filing
        return None


def is_empty(value: Value) -> bool:
    """Whether nothing was filled in; blanks are nothing."""
    return value in EMPTY or (isinstance(value, str) and not value.strip())


def _filled_rows(field: Field, given: Value, scope: Scope) -> list[Mapping[str, Value]] | None:
    """The rows of a table with the defaults of columns left out; None where no column has one."""
    columns = [column for column in field.columns if column.default is not None]
    if not columns:
        return None
    whole = scope.thing
    found: list[Mapping[str, Value]] = []
    for row in rows_of(given):
        filled = dict(row)
        for column in columns:
            if column.name not in filled:
                scope.thing = {**whole, **filled}
                value = default_of(column, scope)
                if value is not None:
                    filled[column.name] = value
        found.append(filled)
    scope.thing = whole
    return found


def _with_columns(
    row: Mapping[str, Value], columns: Sequence[tuple[str, Expression]]
) -> dict[str, Value]:
    found = {name: compute(expression, row) for name, expression in columns}
    return {**row, **{name: value for name, value in found.items() if value is not None}}


def default_of(field: Field, scope: Scope) -> Value:
    """What stands in a field that is left out: a value, people, or a key of the customer, case, filer or owner."""
    default = field.default
    if not isinstance(default, str):
        persons = people(default, scope) if default is not None else ()
        return list(persons) if field.key.type == "staffs" else next(iter(persons), None)
    root, dot, key = default.partition(".")
    if dot and root in DEFAULT_ROOTS:
        facts = _facts(root, scope)
        return facts.get(key) if facts else None
    return coerce(field.key, default)


def _facts(root: str, scope: Scope) -> Mapping[str, Value] | Staff | CaseState | None:
    if root == "customer":
        return scope.facts_of(scope.customer) if scope.customer is not None else None
    if root == "case":
        return scope.world.case(scope.case) if scope.case is not None else None
    person = scope.by if root == "by" else scope.owner()
    return scope.world.directory().staff.get(person) if person is not None else None
