"""Note something: a visit, a call, what one learned; three fields at most, and the first is the one that matters."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xunzhang.customers import actions
from xunzhang.customers.models import Customer
from xunzhang.customers.queries.history import contacts_of
from xunzhang.law.text import say
from xunzhang.law.vocabulary import Key, Kind
from xunzhang.policy.book import current_law
from xunzhang.web.cases.inputs import WHEN_LEFT_EMPTY
from xunzhang.web.customers import ledger
from xunzhang.web.customers.reached import customer_of, reader
from xunzhang.web.forms import DayInput, MomentInput, attempt
from xunzhang.web.htmx import page
from xunzhang.web.request import Request
from xunzhang.web.saying import language
from xunzhang.web.views import writes
from xunzhang.web.words import listed

# The events that people note by hand, with the fields that they are asked, the one that matters first
NOTED: dict[str, tuple[str, ...]] = {
    "customer.visited": ("summary", "purpose"),
    "customer.contacted": ("summary", "channel", "contact"),
    "customer.notified": ("subject", "channel"),
    "change.learned": ("subject", "changed_on", "major"),
    "satisfaction.asked": ("satisfied", "content", "score"),
    "customer.lost": ("cause",),
    "customer.won_back": ("measure",),
}
FIRST = "customer.visited"
LONG = ("summary", "content", "cause", "measure")
MOST_FIELDS = 3
BESIDE = ("token", "occurred_at")
SIMPLE: dict[str, type[forms.Field]] = {
    "text": forms.CharField,
    "long": forms.CharField,
    "phone": forms.CharField,
    "boolean": forms.BooleanField,
    "integer": forms.IntegerField,
    "decimal": forms.DecimalField,
    "money": forms.DecimalField,
    "date": forms.DateField,
    "datetime": forms.DateTimeField,
    "choice": forms.ChoiceField,
}


class NoteForm(forms.Form):
    """The fields of one kind of event, made from the vocabulary."""

    token = forms.CharField(widget=forms.HiddenInput, initial=lambda: uuid4().hex, max_length=64)
    occurred_at = forms.DateTimeField(
        label=gettext_lazy("It happened at"),
        required=False,
        widget=MomentInput,
        help_text=WHEN_LEFT_EMPTY,
    )

    def __init__(self, *args: Any, kind: Kind, customer: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [each.name for each in contacts_of(customer)]
        for place, key in enumerate(asked_keys(kind)):
            self.fields[key.name] = field_for(key, first=place == 0, contacts=people)

    @property
    def shown(self) -> list[forms.BoundField]:
        """Return the fields that are filled in."""
        return [self[name] for name in self.fields if name not in BESIDE]

    def values(self) -> dict[str, Any]:
        """Return what was filled in."""
        return {name: value for name, value in self.cleaned_data.items() if name not in BESIDE}


def asked_keys(kind: Kind) -> list[Key]:
    """Return the keys that people fill in: the ones named above, or the first simple ones of a company's own event."""
    if kind.type in NOTED:
        return [kind.keys[name] for name in NOTED[kind.type] if name in kind.keys]
    return [key for key in kind.keys.values() if key.type in SIMPLE][:MOST_FIELDS]


def field_for(key: Key, *, first: bool, contacts: list[str]) -> forms.Field:
    """Return the form field of a key; the first one is required, yes and no are never."""
    label = say(key.label, language()) or key.name
    required = first and key.type != "boolean"
    if key.choices:
        listed = [(str(each), str(each)) for each in key.choices]
        return forms.ChoiceField(label=label, required=required, choices=[("", "—"), *listed])
    if key.name == "contact" and contacts:
        names = [(name, name) for name in contacts]
        return forms.ChoiceField(label=label, required=False, choices=[("", "—"), *names])
    field = SIMPLE.get(key.type, forms.CharField)(label=label, required=required)
    if key.type == "date":
        field.widget = DayInput()
    elif key.type == "datetime":
        field.widget = MomentInput()
    elif key.name in LONG or key.type == "long":
        field.widget = forms.Textarea(attrs={"rows": 3})
    if first:
        field.widget.attrs["autofocus"] = True
    return field


def offered(at: datetime) -> dict[str, Kind]:
    """Return the kinds of event that can be noted by hand: the usual ones, then those that a policy asks for."""
    known = current_law().vocabulary.events
    noted = {name: known[name] for name in NOTED if name in known}
    return {**noted, **ledger.kinds_asked_for(at)}


@writes()
def note(request: Request, number: int) -> HttpResponse:
    """Note what happened at a customer; it is kept with the present moment."""
    row = customer_of(request, number)
    kinds = offered(request.at)
    name = request.POST.get("type") or request.GET.get("type") or FIRST
    if name not in kinds:
        raise Http404
    form = NoteForm(request.POST or None, kind=kinds[name], customer=row)
    if request.method == "POST" and attempt(form, lambda: _note(row, kinds[name], form, request)):
        messages.success(request, said_afterwards(row, kinds[name], request))
        return redirect("customers:customer", number)
    context = {
        "customer": row,
        "form": form,
        "type": name,
        "kinds": [(each, say(kind.name, language()), each == name) for each, kind in kinds.items()],
    }
    status = 422 if form.errors else 200
    return page(request, "customers/note.html", context, part="inside", status=status)


def _note(row: Customer, kind: Kind, form: NoteForm, request: Request) -> bool:
    actions.record_event(
        customer=row.pk,
        kind=kind,
        values=form.values(),
        occurred_at=form.cleaned_data["occurred_at"],
        token=form.cleaned_data["token"],
        by=reader(request).pk,
        at=request.at,
    )
    return True


def said_afterwards(row: Customer, kind: Kind, request: Request) -> str:
    """Say that it is noted, and which duties that fulfilled."""
    done = ledger.closed_since(row, reader(request), request.at)
    said = _("Noted: %(kind)s.") % {"kind": say(kind.name, language())}
    if done:
        said += " " + _("Done with it: %(duties)s.") % {"duties": listed(done)}
    return said
