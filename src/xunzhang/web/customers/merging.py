"""Two records of one customer: found, laid side by side, made one, and parted again."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xunzhang.customers import actions
from xunzhang.customers.access import visible_to
from xunzhang.customers.actions.merging import FILLED, MergePreview
from xunzhang.customers.models import Customer, CustomerMerge
from xunzhang.customers.queries.duplicates import duplicates
from xunzhang.customers.queries.filters import CustomerFilter
from xunzhang.customers.queries.listing import listing
from xunzhang.web.customers.history import say_name, say_value
from xunzhang.web.customers.reached import customer_of, reader
from xunzhang.web.forms import attempt
from xunzhang.web.htmx import page
from xunzhang.web.request import Request
from xunzhang.web.views import reads, writes

FEW = 12


class MergeForm(forms.Form):
    """By what one knows."""

    why = forms.CharField(label=gettext_lazy("By what you know that they are one"), max_length=300)


@dataclass(frozen=True, slots=True)
class Side:
    """One field on both sides; `kept` says what stands afterwards: ours, or filled from theirs."""

    title: str
    ours: str
    theirs: str
    filled: bool
    differs: bool


@reads()
def choose(request: Request, number: int) -> HttpResponse:
    """Choose the other record: the likely ones first, any other by a few letters."""
    row, person = customer_of(request, number), reader(request)
    words = request.GET.get("q", "").replace("\0", "").strip()[:60]
    if words:
        found = listing(person, CustomerFilter(text=words), size=FEW).page.rows
    else:
        alike = duplicates(name=row.name, phone=row.phone, uscc=row.uscc, without=[row.pk])
        numbers = [each.customer.pk for each in alike]
        found = list(visible_to(person).filter(pk__in=numbers).select_related("owner")[:FEW])
    context = {
        "customer": row,
        "others": [each for each in found if each.pk != row.pk],
        "words": words,
    }
    return page(request, "customers/merge_choose.html", context, part="rows")


@writes()
def merge(request: Request, number: int, other: int) -> HttpResponse:
    """Show what merging would do; then the record of the address is the one that is kept."""
    row, gone = customer_of(request, number), customer_of(request, other)
    form = MergeForm(request.POST or None)
    if request.method == "POST" and (
        attempt(form, lambda: _merge(row, gone, form, request)) is not None
    ):
        messages.success(
            request,
            _("%(gone)s is one with %(kept)s now; this can be undone below the changes.")
            % {"gone": gone.code, "kept": row.name},
        )
        return redirect("customers:customer", row.pk)
    with transaction.atomic():
        plan = actions.preview_merge(kept=row.pk, lost=gone.pk, by=reader(request).pk)
    context = {
        "customer": row,
        "gone": gone,
        "form": form,
        "sides": sides(plan),
        "contacts": plan.contacts,
    }
    status = 422 if form.errors else 200
    return page(request, "customers/merge.html", context, part="inside", status=status)


@writes()
def undo(request: Request, number: int, merged: int) -> HttpResponse:
    """Part the two again."""
    row = customer_of(request, number)
    done = get_object_or_404(CustomerMerge, pk=merged, kept=row)
    if request.method == "POST":
        parted = actions.undo_merge(merge=done.pk, by=reader(request).pk, at=request.at)
        messages.success(
            request, _("%(name)s is a record of its own again.") % {"name": parted.name}
        )
    return redirect("customers:customer", number)


def sides(plan: MergePreview) -> list[Side]:
    """Return every field in which one of the two says something."""
    people = {
        each.owner.pk: each.owner.name for each in (plan.kept, plan.lost) if each.owner is not None
    }

    def said(row: Customer, name: str) -> str:
        return say_value(name, _plain(getattr(row, name)), people)

    return [
        Side(
            say_name(name),
            said(plan.kept, name),
            said(plan.lost, name),
            name in plan.filled,
            name in plan.differing,
        )
        for name in ("name", "code", "owner_id", *FILLED)
        if getattr(plan.kept, name) or getattr(plan.lost, name)
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _merge(row: Customer, gone: Customer, form: MergeForm, request: Request) -> CustomerMerge:
    return actions.merge_customers(
        kept=row.pk,
        lost=gone.pk,
        why=form.cleaned_data["why"],
        by=reader(request).pk,
        at=request.at,
    )
