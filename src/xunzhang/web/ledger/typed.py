"""The form of an event: its fields are the keys that the vocabulary declares, each entered as its type asks."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _

from xunzhang.law.problems import Mark
from xunzhang.law.text import Field
from xunzhang.law.vocabulary import EVERYWHERE, Key, Kind
from xunzhang.lib.errors import Invalid
from xunzhang.web.cases.fields import field_of
from xunzhang.web.cases.inputs import Reader

# Kept by the product itself, or entered where files and signatures are
_NOT_TYPED = frozenset({"file", "signature", "table"})
_NOT_ASKED = frozenset({"type", "at", "by", "form", "items", "batch"})
_NOWHERE = Mark(1, 1)


class EventForm(forms.Form):
    """About whom it is, and what there is to say of it. `token` makes a second click harmless."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, kind: Kind, reader: Reader, **kwargs: Any) -> None:
        given = kwargs.pop("initial", {})
        kwargs["initial"] = {"token": uuid4().hex, **given}
        super().__init__(*args, **kwargs)
        of_case = bool(given.get("case") or self.data.get("case"))
        self.keys = asked_keys(kind, of_case=of_case)
        for key in self.keys:
            self.fields[key.name] = field_of(_as_field(key), reader)

    @property
    def shown(self) -> list[forms.BoundField]:
        """Return the fields that are filled in."""
        return [self[name] for name in self.fields if name != "token"]

    def values(self) -> dict[str, Any]:
        """Return what was filled in; what was left empty is not said."""
        found = {key.name: self.cleaned_data.get(key.name) for key in self.keys}
        return {name: value for name, value in found.items() if value not in (None, "", [])}

    def need_something(self) -> None:
        """Refuse an event that says nothing at all though it could."""
        if self.keys and not self.values():
            raise Invalid({"": [_("Say at least what it is about.")]})


def asked_keys(kind: Kind, *, of_case: bool) -> list[Key]:
    """Return the keys that people fill in: whom it is about first, then the event's own."""
    own: Mapping[str, Key] = {
        name: key for name, key in kind.keys.items()
        if name not in _NOT_ASKED and key.type not in _NOT_TYPED
    }  # fmt: skip
    named = ("customer", "case") if of_case else ("customer",)
    about = {name: EVERYWHERE[name] for name in named if name not in own}
    return [*about.values(), *own.values()]


def _as_field(key: Key) -> Field:
    return Field(key, None, None, None, None, None, (), _NOWHERE)
