"""The people through whom a customer is reached: added, changed, removed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xunzhang.customers import actions
from xunzhang.customers.models import Contact, Customer
from xunzhang.customers.queries.history import contacts_of
from xunzhang.web.customers.facts import masked_contact
from xunzhang.web.customers.forms import ChangeContactForm, ContactForm
from xunzhang.web.customers.reached import customer_of, reader
from xunzhang.web.forms import attempt
from xunzhang.web.request import Request
from xunzhang.web.views import writes

HERE = "?show=contacts"


@writes()
def add(request: Request, number: int) -> HttpResponse:
    """Note one more contact."""
    row = customer_of(request, number)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and (kept := attempt(form, lambda: _add(row, form, request))):
        messages.success(request, _("%(name)s is a contact now.") % {"name": kept.name})
        return _back(row)
    return _shown(request, row, form)


@writes()
def change(request: Request, number: int, contact: int) -> HttpResponse:
    """Change what is known of a contact."""
    row = customer_of(request, number)
    who = contact_of(row, contact)
    form = form_over(who, request.POST or None)
    if request.method == "POST" and (
        attempt(form, lambda: _change(who, form, request)) is not None
    ):
        messages.success(request, _("Saved."))
        return _back(row)
    return _shown(request, row, form, contact=who, opened_with=form.opened_with)


@writes()
def remove(request: Request, number: int, contact: int) -> HttpResponse:
    """A contact is no longer there; what happened with them stays."""
    row = customer_of(request, number)
    who = contact_of(row, contact)
    if request.method == "POST":
        revision = request.POST.get("revision", "")
        read = int(revision) if revision.isascii() and revision.isdecimal() else who.revision
        actions.remove_contact(contact=who.pk, revision=read, by=reader(request).pk, at=request.at)
        messages.success(request, _("%(name)s is no longer a contact.") % {"name": who.name})
    return _back(row)


def contact_of(row: Customer, number: int) -> Contact:
    """Return the contact of this customer, or 404."""
    found = contacts_of(row).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def form_over(who: Contact, typed: Any) -> ChangeContactForm:
    """Return the form over what stands; personal data stay masked in it."""
    hidden = masked_contact(who)
    open_values = {
        name: getattr(who, name) for name in ContactForm.base_fields if not hidden.get(name)
    }
    form = ChangeContactForm(typed, initial={**open_values, "revision": who.revision})
    form.withhold(hidden)
    return form


def _add(row: Customer, form: ContactForm, request: Request) -> Contact:
    return actions.add_contact(
        customer=row.pk, values=form.cleaned_data, by=reader(request).pk, at=request.at
    )


def _change(who: Contact, form: ChangeContactForm, request: Request) -> Contact:
    return actions.change_contact(
        contact=who.pk,
        revision=form.cleaned_data["revision"],
        changes=form.changes(),
        by=reader(request).pk,
        at=request.at,
    )


def _back(row: Customer) -> HttpResponse:
    answer = redirect("customers:customer", row.pk)
    answer["Location"] += HERE
    return answer


def _shown(request: Request, row: Customer, form: ContactForm, **more: Any) -> HttpResponse:
    context = {"form": form, "customer": row, **more}
    return render(request, "customers/contact.html", context, status=422 if form.errors else 200)
