"""A form of a policy as a Django form: every type of field, defaults, and what the law says at the fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.forms import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from xunzhang.cases import law
from xunzhang.cases.values import label_of, language
from xunzhang.law.cases import CaseState
from xunzhang.law.conditions import Test
from xunzhang.law.scope import Scope
from xunzhang.law.text import Field, Form, say
from xunzhang.law.vocabulary import BadValue, coerce
from xunzhang.law.who import people
from xunzhang.web.cases.fields import always_required, field_of
from xunzhang.web.cases.inputs import Reader
from xunzhang.web.cases.tables import TableField, reshaped
from xunzhang.web.request import Request

PREFIX = "v"
WIDE = frozenset({"long", "table", "choices", "file"})


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
    ) -> None:
        super().__init__(data, files, prefix=PREFIX, initial=initial)
        self.law_form = form
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

    def entered(self) -> dict[str, Any]:
        """Return what was entered, files apart."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if not isinstance(self.fields[name], forms.FileField)
        }

    def uploads(self) -> dict[str, Any]:
        """Return the files that were chosen, by field."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if isinstance(self.fields[name], forms.FileField) and value
        }


def _made(field: Field, reader: Reader) -> forms.Field:
    return TableField(field, reader) if field.key.type == "table" else field_of(field, reader)


def depends(form: Form, field: Field) -> str:
    """Return on which fields it depends whether this one is required; "" where on none."""
    if field.required is None or always_required(field):
        return ""
    labels = {one.name: label_of(one) for one in form.fields}
    asked = [one.path.first for one in field.required.tests() if isinstance(one, Test)]
    named = "、".join(dict.fromkeys(labels[name] for name in asked if name in labels))
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
    initial = {field.name: known(field, scope, state) for field in form.fields}
    return LawForm(form, reader, initial=initial)


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
    return LawForm(form, reader, initial=initial)


def known(field: Field, scope: Scope, state: CaseState) -> Any:
    """Return what stands in a fresh field: its default, the present moment, or nothing."""
    default = field.default
    if default is None:
        now = field.key.type == "datetime" and always_required(field)
        return scope.now if now else None
    if not isinstance(default, str):
        named = people(default, scope)
        return list(named) if field.key.type == "staffs" else next(iter(named), None)
    root, _dot, key = default.partition(".")
    if root == "case" and key:
        return state.get(key)
    if root == "customer" and key:
        facts: Mapping[str, Any] = scope.world.customer(scope.customer or "") or {}
        return facts.get(key)
    try:
        return coerce(field.key, default)
    except BadValue:
        return None


def new_token() -> str:
    """Return a word that one click of one page carries, so that a second click files nothing twice."""
    return uuid4().hex
