"""Filling in a form of a case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xunzhang.cases import actions, law
from xunzhang.cases.models import Attachment, Case, FormFiling
from xunzhang.law.outcome import Because
from xunzhang.law.text import Form
from xunzhang.lib.errors import Invalid, NeedsApproval, Refusal, Refused, StaleRevision
from xunzhang.policy.refusing import ApprovalNeeded
from xunzhang.web import refusals
from xunzhang.web.cases.reaching import case_or_404
from xunzhang.web.cases.rendering import LawForm, law_form, new_token, with_other_rows
from xunzhang.web.cases.words import chip
from xunzhang.web.forms import attempt
from xunzhang.web.refusals import keys_of
from xunzhang.web.request import Request
from xunzhang.web.views import writes


@writes()
def fill(request: Request, number: str, code: str) -> HttpResponse:
    """Fill in a form of a case, and go back to the case."""
    row = case_or_404(request, number)
    found = law.form_named(code, at=request.at, case=number)
    if found is None:
        raise Http404
    form = law_form(request, found, case=number)
    refusal = refused = None
    if request.method == "POST":
        other = with_other_rows(request, found)
        try:
            filed = None if other else attempt(form, lambda: _file(request, form, row))
        except (Refused, NeedsApproval, StaleRevision) as no:
            refusal, filed = no, None
            refused = refusals.on_page(request, no, settled=form.settled(keys_of(no)))
        if filed is not None:
            messages.success(request, _("“%(form)s” has been filed.") % {"form": form.title})
            return redirect("cases:case", number)
        form = other or form
    row.refresh_from_db(fields=["revision"])
    context = {
        "case": row,
        "form": form,
        "because": because_of(found),
        "refused": refused,
        "token": request.POST.get("token") or new_token(),
    }
    return render(request, "cases/fill.html", context, status=status_of(form, refusal))


def status_of(form: LawForm, refusal: Refusal | None) -> int:
    """Return the HTTP status of a form that is shown again."""
    if refusal is not None:
        return refusals.status_of(refusal)
    return 422 if form.errors else 200


def because_of(form: Form) -> dict[str, Any] | None:
    """Return the article in which the document asks for a form."""
    if not form.article:
        return None
    return chip(Because(form.policy, form.version, form.article, form.code))


@contextmanager
def kept_files(request: Request, form: LawForm) -> Iterator[dict[str, Any]]:
    """Give what was entered, with the chosen files kept; if the form is refused the files are gone again.

    Where it only waits for an approval the files wait with it, until it is clear that nobody asks.
    """
    kept: list[Attachment] = []
    values = form.entered()
    try:
        _attach(request, form, values, kept)
        with transaction.atomic():
            yield values
            actions.hold_files(files=form.files_of(values))
    except ApprovalNeeded:
        raise
    except Exception:
        for attachment in kept:
            actions.let_go(attachment=attachment)
        raise


def _attach(
    request: Request, form: LawForm, values: dict[str, Any], kept: list[Attachment]
) -> None:
    for spot, file in form.uploads().items():
        try:
            attachment = actions.attach(file=file, by=request.by, at=request.at, loose=True)
        except Invalid as wrong:
            raise Invalid({spot.field: wrong.fields["file"]}) from None
        kept.append(attachment)
        spot.put(values, str(attachment.key))


def _file(request: Request, form: LawForm, row: Case) -> FormFiling:
    revision = request.POST.get("revision", "")
    with kept_files(request, form) as values:
        return actions.file_form(
            case=row.number,
            form=form.law_form.code,
            values=values,
            revision=int(revision) if revision.isdecimal() and len(revision) < 10 else None,
            by=request.by,
            at=request.at,
            token=request.POST.get("token"),
        )
