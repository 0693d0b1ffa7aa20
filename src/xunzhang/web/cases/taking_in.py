"""A new case: which way it begins, and its first form with the customer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import override

from xunzhang.cases import actions
from xunzhang.cases.intake import Intake, intake_named, intakes
from xunzhang.cases.models import Case
from xunzhang.cases.typed import form_of
from xunzhang.customers.access import customer_to_see
from xunzhang.customers.actions import create_customer
from xunzhang.customers.actions.creating import DuplicateSuspected
from xunzhang.customers.choices import Kind
from xunzhang.law.outcome import Because
from xunzhang.law.text import Form
from xunzhang.law.vocabulary import EVERYWHERE
from xunzhang.lib.errors import Invalid, NeedsApproval, Refused
from xunzhang.organisation.queries import directory
from xunzhang.policy.queries.doing import OCCURRED_AT
from xunzhang.policy.refusing import ApprovalNeeded
from xunzhang.web import refusals
from xunzhang.web.cases.filing import kept_files
from xunzhang.web.cases.inputs import (
    WHEN_LEFT_EMPTY,
    CustomerField,
    Reader,
    found_customers,
    offered,
)
from xunzhang.web.cases.reaching import somebody
from xunzhang.web.cases.rendering import LawForm, Shown, law_form, new_token, with_other_rows
from xunzhang.web.cases.words import chip, kind_said, said
from xunzhang.web.forms import attempt
from xunzhang.web.refusals import keys_of
from xunzhang.web.request import Request
from xunzhang.web.views import reads, writes
from xunzhang.web.words import listed


class AboutForm(forms.Form):
    """Whom the case is about: a customer who is there, or a new one."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200, required=False)
    new_name = forms.CharField(
        label=gettext_lazy("Name of the new customer"), max_length=200, required=False
    )
    new_phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    new_kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=Kind, required=False, initial=Kind.PERSON
    )

    def __init__(
        self, reader: Reader, intake: Intake, data: Any, *, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, prefix="about", initial=initial)
        self.fields["customer"] = CustomerField(reader)
        self.fields["customer"].label = gettext_lazy("Customer")
        self.fields["customer"].required = False
        self.needs_customer = intake.form is not None and intake.form.about == "customer"
        self.asks_customer = self.needs_customer or intake.form is None
        self.needs_title = intake.form is None and intake.event is None

    @property
    def shown_customer(self) -> Shown:
        """The customer as the page draws him: marked as required where the form is about one."""
        label = str(self["customer"].label)
        return Shown(label, self["customer"], "wide", self.needs_customer, table=False)

    @override
    def clean(self) -> dict[str, Any]:
        """Require the customer, known or new, where the form is about one."""
        data: dict[str, Any] = super().clean() or {}
        named = data.get("customer") or data.get("new_name")
        if self.needs_customer and not named and "customer" not in self.errors:
            self.add_error("customer", _("Choose the customer, or enter a new one."))
        if self.needs_title and not data.get("title"):
            self.add_error("title", _("Say in a few words what it is about."))
        return data


@reads()
def choose(request: Request) -> HttpResponse:
    """Offer the ways in which a case can begin; with one alone, go there."""
    somebody(request)
    ways = intakes(request.at)
    if len(ways) == 1:
        return redirect("cases:take-in", ways[0].code)
    offered_ways = [
        {
            "code": one.code,
            "kind": kind_said(one.kind),
            "title": said(one.title),
            "event": said(one.event.name) if one.event is not None else "",
            "because": _because(one),
        }
        for one in ways
    ]
    return render(request, "cases/choose.html", {"ways": offered_ways})


@writes()
def take_in(request: Request, code: str) -> HttpResponse:
    """Enter a new case."""
    person = somebody(request)
    intake = intake_named(code, request.at)
    if intake is None:
        raise Http404
    reader = Reader(person, directory(request.at), request.at)
    fields = _fields(intake)
    form = _form(request, intake, fields)
    about = AboutForm(reader, intake, request.POST or None, initial=_known(request))
    refused = None
    if request.method == "POST":
        other = with_other_rows(request, fields) if fields is not None else None
        form = other or form
        try:
            case = None if other is not None else _taken(request, intake, form, about)
        except (Refused, NeedsApproval) as no:
            settled = form.settled(keys_of(no)) if form is not None else {}
            refused, case = refusals.on_page(request, no, settled=settled), None
        if case is not None:
            messages.success(request, _("%(number)s has been taken in.") % {"number": case.number})
            return redirect("cases:case", case.number)
    wrong = about.errors or (form is not None and form.errors)
    context = {
        "intake": intake,
        "refused": refused,
        "event": said(intake.event.name) if intake.event is not None else "",
        "kind": kind_said(intake.kind),
        "title": said(intake.title),
        "because": _because(intake),
        "about": about,
        "form": form,
        "token": request.POST.get("token") or new_token(),
    }
    status = refusals.FORBIDDEN if refused else 422 if wrong else 200
    return render(request, "cases/take_in.html", context, status=status)


@reads()
def customers(request: Request) -> HttpResponse:
    """Offer customers for what was typed so far, as options of the field."""
    field = request.GET.get("field", "")
    words = request.GET.get(field, "").replace("\0", "").strip()[:100]
    found = found_customers(somebody(request), words, most=8) if words else []
    return render(request, "cases/offered.html", {"offered": [offered(one) for one in found]})


def _fields(intake: Intake) -> Form | None:
    """Return what is filled in: the form, or the keys of the event; the customer is asked for beside them."""
    if intake.event is None:
        return intake.form
    settled = {*EVERYWHERE, *intake.starting()}
    keys = [one for one in intake.event.keys.values() if one.name not in settled]
    return form_of(intake.event, [*keys, OCCURRED_AT])


def _form(request: Request, intake: Intake, fields: Form | None) -> LawForm | None:
    if fields is None:
        return None
    form = law_form(request, fields)
    if intake.event is not None:
        form.fields[OCCURRED_AT.name].help_text = WHEN_LEFT_EMPTY
    return form


def _known(request: Request) -> dict[str, Any]:
    """Return what the address says beforehand: the customer from whose page one comes."""
    customer = request.GET.get("customer", "")
    if not (customer.isascii() and customer.isdecimal() and len(customer) <= 12):
        return {}
    try:
        row = customer_to_see(somebody(request), int(customer))
    except Refused:
        return {}
    return {"customer": offered(row)}


def _taken(request: Request, intake: Intake, form: LawForm | None, about: AboutForm) -> Case | None:
    """Return the case that was taken in, or None: then the forms tell what is wrong."""
    told = form.is_valid() if form is not None else True
    if not (about.is_valid() and told):
        return None
    if form is None:
        return attempt(about, lambda: _begin(request, intake, about))
    return attempt(form, lambda: _take_in(request, intake, form, about))


def _take_in(request: Request, intake: Intake, form: LawForm, about: AboutForm) -> Case:
    """Take the case in; a customer who is new stays where an approval must be waited for."""
    try:
        return _take_in_with(request, intake, form, about, _customer)
    except ApprovalNeeded:
        customer = _customer(request, about)
        return _take_in_with(request, intake, form, about, lambda *_: customer)


@transaction.atomic
def _begin(request: Request, intake: Intake, about: AboutForm) -> Case:
    return actions.begin(
        process=intake.code,
        title=about.cleaned_data["title"],
        customer=_customer(request, about),
        by=request.by,
        at=request.at,
        token=request.POST.get("token"),
    )


def _take_in_with(
    request: Request,
    intake: Intake,
    form: LawForm,
    about: AboutForm,
    customer_of: Callable[[Request, AboutForm], int | None],
) -> Case:
    with kept_files(request, form) as values:
        if intake.event is not None:
            return actions.take_in_by_event(
                type=intake.code,
                occurred_at=values.pop(OCCURRED_AT.name, None),
                values=values,
                customer=customer_of(request, about),
                by=somebody(request).pk,
                at=request.at,
                token=request.POST.get("token"),
            )
        return actions.take_in(
            form=intake.code,
            values=values,
            customer=customer_of(request, about),
            by=request.by,
            at=request.at,
            token=request.POST.get("token"),
        )


def _customer(request: Request, about: AboutForm) -> int | None:
    """Return the customer who was chosen, or who is new; one who may be there already is asked about."""
    data = about.cleaned_data
    if data.get("customer"):
        return int(data["customer"])
    if not data.get("new_name"):
        return None
    values = {
        "name": data["new_name"],
        "phone": data["new_phone"],
        "kind": data["new_kind"] or Kind.PERSON,
    }
    token = f"{request.POST.get('token', '')[:60]}c"
    try:
        return create_customer(
            values=values, owner=request.by, by=request.by, at=request.at, token=token
        ).pk
    except DuplicateSuspected as suspected:
        named = listed(str(one["name"]) for one in suspected.values["duplicates"])
        line = _("This customer may be there already: %(names)s. Choose it above.")
        about.add_error("new_name", line % {"names": named})
        raise Invalid({"": [line % {"names": named}]}) from None


def _because(intake: Intake) -> dict[str, Any] | None:
    source = intake.form or intake.processes[0]
    if not intake.article:
        return None
    return chip(Because(source.policy, source.version, intake.article, source.code))
