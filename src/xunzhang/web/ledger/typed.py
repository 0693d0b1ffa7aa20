"""The form of an event: its fields are the keys that the vocabulary declares, each entered as its type asks."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from xunzhang.cases.typed import form_of
from xunzhang.cases.values import cleaned
from xunzhang.law.text import Form
from xunzhang.law.vocabulary import EVERYWHERE, Key, Kind
from xunzhang.lib.errors import Invalid
from xunzhang.policy.queries.doing import OCCURRED_AT
from xunzhang.web.cases.inputs import WHEN_LEFT_EMPTY, Reader
from xunzhang.web.cases.rendering import LawForm, held_on
from xunzhang.web.request import Request

# Said by the page itself, or asked for in places of their own
_NOT_ASKED = frozenset({"type", "at", "by", "form", "items", "batch"})


def asked(kind: Kind, *, of_case: bool) -> Form:
    """Return what people fill in: whom it is about first, then the event's own keys, then when it was."""
    own: Mapping[str, Key] = {
        name: key for name, key in kind.keys.items() if name not in _NOT_ASKED
    }
    named = ("customer", "case") if of_case else ("customer",)
    about = [EVERYWHERE[name] for name in named if name not in own]
    own = {**own, OCCURRED_AT.name: OCCURRED_AT}
    return form_of(kind, [*about, *own.values()])


def asked_of_act(kind: Kind) -> Form:
    """Return what people fill in before they do something: whom it is about first, then the action's own keys."""
    own = {name: key for name, key in kind.keys.items() if name not in _NOT_ASKED}
    about = [EVERYWHERE[name] for name in ("customer", "case") if name not in own]
    return form_of(kind, [*about, *own.values()])


def act_form(request: Request, form: Form, reader: Reader) -> LawForm:
    """Return the form as it was sent, or fresh with what the address knows."""
    if request.method == "POST":
        return LawForm(form, reader, request.POST, request.FILES)
    return LawForm(form, reader, initial=_known(request, form))


def _known(request: Request, form: Form) -> dict[str, str]:
    return {
        field.name: request.GET[field.name] for field in form.fields if field.name in request.GET
    }


def event_form(request: Request, form: Form, reader: Reader) -> LawForm:
    """Return the form as it was sent, or fresh with what the address knows."""
    if request.method == "POST":
        made = LawForm(form, reader, request.POST, request.FILES)
    else:
        known = _known(request, form)
        held = held_on(form.event, known.get("case"), at=request.at)
        made = LawForm(form, reader, initial=known, held=held)
    made.fields[OCCURRED_AT.name].help_text = WHEN_LEFT_EMPTY
    return made


def told(form: LawForm, values: Mapping[str, Any], request: Request) -> dict[str, Any]:
    """Return what is told or done, with its types; Invalid where nothing at all is said though something could be."""
    keys = cleaned(form.law_form, values, at=request.at)
    if form.law_form.fields[1:] and not keys.keys() - {OCCURRED_AT.name}:
        raise Invalid({"": [_("Say at least what it is about.")]})
    return keys
