"""A form of a policy as a Django form: every type of field, defaults, and what the law says at the fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.forms import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from typing_extensions import override

from xunzhang.cases import law
from xunzhang.cases.actions.items import held_items
from xunzhang.cases.typed import checklists_on
from xunzhang.cases.values import label_of, language
from xunzhang.law.cases import CaseState
from xunzhang.law.conditions import Test
from xunzhang.law.engine.forms import default_of
from xunzhang.law.engine.run import Run
from xunzhang.law.scope import Scope
from xunzhang.law.text import Field, Form, say
from xunzhang.web.cases.checklist import ChecklistForm
from xunzhang.web.cases.fields import STAMPER, always_required, field_of
from xunzhang.web.cases.inputs import Reader
from xunzhang.web.cases.tables import RowsField, TableField, places, reshaped
from xunzhang.web.request import Request
from xunzhang.web.words import listed

PREFIX = "v"
_SETTLED = frozenset({"file", "signature"})
"""What is sent again as it was kept."""
WIDE = frozenset({"long", "table", "choices", "file"})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a file stands among the values of a form: in a field, or in a column of a row."""

    field: str
    row: int = 0
    column: str = ""

    def put(self, values: dict[str, Any], key: str) -> None:
        """The file is named by its key."""
        if self.column:
            values[self.field][self.row][self.column] = key
        else:
            values[self.field] = key

    def clear(self, values: dict[str, Any]) -> None:
        """The file is not kept yet."""
        if self.column:
            del values[self.field][self.row][self.column]
        else:
            del values[self.field]


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as the page draws it: entered (`bound`), or computed by the policy."""

    label: str
    bound: BoundField | None
    wide: str
    required: bool
    table: bool


class LawForm(forms.Form):
    """What somebody enters into a form of a policy. It checks types; what is required the law says."""

    def __init__(
        self,
        form: Form,
        reader: Reader,
        data: Any = None,
        files: Any = None,
        *,
        initial: dict[str, Any] | None = None,
        held: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, prefix=PREFIX, initial=initial)
        self.law_form = form
        rules = checklists_on(form.event, at=reader.at)
        self.checklist = ChecklistForm(rules, reader.at, data, held=held) if rules else None
        for field in form.fields:
            if field.computed is None:
                made = _made(field, reader)
                made.help_text = made.help_text or depends(form, field)
                self.fields[field.name] = made

    @property
    def title(self) -> str:
        """Its title in the reader's language."""
        return say(self.law_form.title, language())

    @cached_property
    def shown(self) -> list[Shown]:
        """Its fields in order."""
        return list(self._shown())

    def _shown(self) -> Iterator[Shown]:
        for field in self.law_form.fields:
            bound = self[field.name] if field.name in self.fields else None
            wide = "wide" if field.key.type in WIDE else ""
            yield Shown(
                label_of(field), bound, wide, always_required(field), field.key.type == "table"
            )

    @override
    def is_valid(self) -> bool:
        """Say whether the fields and the checklists can be read."""
        listed = self.checklist is None or self.checklist.is_valid()
        return super().is_valid() and listed

    def entered(self) -> dict[str, Any]:
        """Return what was entered, files apart that are sent only now; `items` are what the checklists hold."""
        items = self.checklist.items() if self.checklist is not None else {}
        return {
            **({"items": items} if items else {}),
            **self._fields_entered(),
        }

    def _fields_entered(self) -> dict[str, Any]:
        found = {
            name: list(map(dict, value)) if isinstance(self.fields[name], RowsField) else value
            for name, value in self.cleaned_data.items()
        }
        for spot, value in self._files(found):
            if not isinstance(value, str):
                spot.clear(found)
        return found

    def uploads(self) -> dict[Spot, Any]:
        """Return the files that were chosen, by the place in which each stands."""
        return {
            spot: value
            for spot, value in self._files(self.cleaned_data)
            if value and not isinstance(value, str)
        }

    def files_of(self, values: Mapping[str, Any]) -> list[str]:
        """Return the keys of the files that such values name."""
        return [value for _spot, value in self._files(values) if value]

    def _files(self, values: Mapping[str, Any]) -> list[tuple[Spot, Any]]:
        found: list[tuple[Spot, Any]] = []
        for name, field in self.fields.items():
            if name not in values:
                continue
            if isinstance(field, forms.FileField):
                found.append((Spot(name), values[name]))
            elif isinstance(field, RowsField):
                cells = field.cells(values[name], forms.FileField)
                found += [(Spot(name, one.row, one.column), one.value) for one in cells]
        return found

    def settled(self, keys: Mapping[str, Any]) -> dict[str, str]:
        """Return how files and signatures of an ask are sent again: as they were kept, not as they were entered."""
        return dict(self._settled(keys))

    def _settled(self, keys: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for field in self.law_form.fields:
            value = keys.get(field.name)
            if field.key.type == "table" and any(one.key.type in _SETTLED for one in field.columns):
                yield from self._settled_rows(field, value or ())
            elif field.key.type in _SETTLED and value:
                yield f"{PREFIX}-{field.name}", _sent_again(field, value)

    def _settled_rows(
        self, field: Field, rows: Sequence[Mapping[str, Any]]
    ) -> Iterator[tuple[str, str]]:
        table, name = self.fields[field.name], f"{PREFIX}-{field.name}"
        if not isinstance(table, RowsField):
            return
        sent = places([*self.data, *self.files], name)
        filled = table.filled(table.widget.value_from_datadict(self.data, self.files, name))
        for place, row in zip(filled, rows, strict=False):
            for column in field.columns:
                if column.key.type in _SETTLED and row.get(column.name):
                    cell = f"{name}-{sent[place]}-{column.name}"
                    yield cell, _sent_again(column, row[column.name])


def _sent_again(field: Field, value: Any) -> str:
    return STAMPER.sign(str(value)) if field.key.type == "signature" else str(value)


def _made(field: Field, reader: Reader) -> forms.Field:
    return TableField(field, reader) if field.key.type == "table" else field_of(field, reader)


def depends(form: Form, field: Field) -> str:
    """Return on which fields it depends whether this one is required; "" where on none."""
    if field.required is None or always_required(field):
        return ""
    labels = {one.name: label_of(one) for one in form.fields}
    asked = [one.path.first for one in field.required.tests() if isinstance(one, Test)]
    named = listed(dict.fromkeys(labels[name] for name in asked if name in labels))
    return _("Whether it is required depends on: %(fields)s.") % {"fields": named} if named else ""


def law_form(
    request: Request, form: Form, *, case: str | None = None, customer: str | None = None
) -> LawForm:
    """Return the form as it was sent, or fresh with what is known beforehand."""
    run = law.reading(request.at)
    reader = Reader(request.person, run.history.directory(), request.at)
    if request.method == "POST":
        return LawForm(form, reader, request.POST, request.FILES)
    state = (run.history.case(case) if case is not None else None) or CaseState(case or "")
    customer = customer or state.values.get("customer")
    scope = Scope(
        run.history,
        request.at,
        law.calendar_of(run, state),
        kind="event",
        thing=state.keys(),
        customer=customer,
        by=str(request.by) if request.by else None,
        case=case,
    )
    carried = begun_with(run, state)
    initial = {
        field.name: state.get(field.name)
        if field.default is None and field.name in carried
        else known(field, scope)
        for field in form.fields
    }
    return LawForm(form, reader, initial=initial, held=held_on(form.event, case, at=request.at))


def with_other_rows(request: Request, form: Form) -> LawForm | None:
    """Return the form with a table's row more or less, where that is what a button without scripts has asked."""
    data = reshaped(request.POST, request.POST.get("rows", ""))
    if data is None:
        return None
    reader = Reader(request.person, law.reading(request.at).history.directory(), request.at)
    bare = LawForm(form, reader)
    initial = {
        name: field.widget.value_from_datadict(data, request.FILES, f"{PREFIX}-{name}")
        for name, field in bare.fields.items()
    }
    shown = LawForm(form, reader, initial=initial)
    if shown.checklist is not None:
        shown.checklist = ChecklistForm(shown.checklist.rules, request.at, data)
    return shown


def begun_with(run: Run, state: CaseState) -> frozenset[str]:
    """Return the keys that the event which began a case has told: what it is about, and every form repeats."""
    process = run.cases.process_of(state)
    types = [
        type_ for start in (process.starts if process is not None else ()) for type_ in start.when
    ]
    told = [
        kind.keys
        for type_ in types
        if not run.book.forms_of_event.get(type_)
        and (kind := run.book.vocabulary.events.get(type_)) is not None
    ]
    return frozenset(name for keys in told for name in keys)


def held_on(type_: str, case: str | None, *, at: datetime) -> dict[str, Any]:
    """Return what the checklists on such an event found in a case when it was looked at last."""
    rules = checklists_on(type_, at=at) if case is not None else ()
    return {
        name: held for rule in rules for name, held in held_items(rule, str(case), at=at).items()
    }


def known(field: Field, scope: Scope) -> Any:
    """Return what stands in a fresh field: its default, the present moment, or nothing."""
    if field.default is not None:
        return default_of(field, scope)
    now = field.key.type == "datetime" and always_required(field)
    return scope.now if now else None


def new_token() -> str:
    """Return a word that one click of one page carries, so that a second click files nothing twice."""
    return uuid4().hex
