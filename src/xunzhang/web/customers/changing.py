"""Changing what is known of a customer; where somebody else was faster, both sides are shown."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xunzhang.customers import actions
from xunzhang.customers.models import Customer
from xunzhang.customers.queries.history import changes_of
from xunzhang.lib.errors import StaleRevision
from xunzhang.web.customers.facts import masked
from xunzhang.web.customers.forms import ChangeForm, CustomerForm
from xunzhang.web.customers.history import say_value
from xunzhang.web.customers.reached import customer_of, reader
from xunzhang.web.forms import attempt
from xunzhang.web.request import Request
from xunzhang.web.views import writes

CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Difference:
    """One field as it stands now and as this person wrote it; `who` wrote what stands."""

    title: Any
    stands: str
    who: str
    when: Any
    typed: str


@writes()
def change(request: Request, number: int) -> HttpResponse:
    """Edit a customer."""
    row = customer_of(request, number)
    form = form_over(row, request.POST or None)
    try:
        if request.method == "POST" and (
            attempt(form, lambda: _change(row, form, request)) is not None
        ):
            messages.success(request, _("Saved."))
            return redirect("customers:customer", number)
    except StaleRevision:
        return _conflict(request, row, form)
    context = {"form": form, "customer": row, "opened_with": form.opened_with}
    return render(request, "customers/change.html", context, status=422 if form.errors else 200)


def form_over(row: Customer, typed: Any) -> ChangeForm:
    """Return the form over what stands; personal data stay masked in it."""
    hidden = masked(row)
    open_values = {
        name: getattr(row, name)
        for name in CustomerForm.base_fields
        if name not in hidden or not hidden[name]
    }
    form = ChangeForm(typed, initial={**open_values, "revision": row.revision})
    form.withhold(hidden)
    return form


def _change(row: Customer, form: ChangeForm, request: Request) -> Customer:
    return actions.change_customer(
        customer=row.pk,
        revision=form.cleaned_data["revision"],
        changes=form.changes(),
        why=form.cleaned_data["why"],
        by=reader(request).pk,
        at=request.at,
    )


def _conflict(request: Request, row: Customer, form: ChangeForm) -> HttpResponse:
    """Show both sides, and the form again with one's own changes over what stands now."""
    mine = form.changes()
    again = form_over(row, None)
    again.initial.update(mine)
    context = {
        "form": again,
        "opened_with": form_over(row, None).opened_with,
        "customer": row,
        "differences": differences(row, mine, form),
    }
    return render(request, "customers/change.html", context, status=CONFLICT)


def differences(row: Customer, mine: dict[str, Any], form: ChangeForm) -> list[Difference]:
    """Return every field that either side changed since the form was opened."""
    now, found = form_over(row, None).initial, []
    for name in CustomerForm.base_fields:
        theirs = form.fields[name].has_changed(form.stood(name), now.get(name, ""))
        if not theirs and name not in mine:
            continue
        last = changes_of(row).filter(key=name).first() if theirs else None
        found.append(
            Difference(
                form.fields[name].label,
                say_value(name, getattr(row, name)) if theirs else "",
                str(last.by or _("the system")) if last else "",
                last.at if last else None,
                say_value(name, mine[name]) if name in mine else "",
            )
        )
    return found
