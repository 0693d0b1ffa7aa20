"""A filed form: as a page, as a printed sheet, to be signed, and its copies."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xunzhang.cases import actions
from xunzhang.cases.queries.filings import FiledForm, filed_form
from xunzhang.web.cases.filing import because_of
from xunzhang.web.cases.moving import word
from xunzhang.web.cases.reaching import filing_or_404, somebody
from xunzhang.web.cases.words import Names
from xunzhang.web.request import Request
from xunzhang.web.views import reads, writes


@reads()
def filed(request: Request, number: str) -> HttpResponse:
    """Show a filed form; the same sheet is printed."""
    row = filing_or_404(request, number)
    found = filed_form(row, at=request.at)
    if found is None:
        raise Http404
    return render(request, "cases/filed.html", _context(found, request))


@writes()
def sign(request: Request, number: str) -> HttpResponse:
    """Sign a filed form."""
    row = filing_or_404(request, number)
    if request.method == "POST":
        actions.sign_form(filing=number, by=somebody(request).pk, at=request.at)
        messages.success(request, _("Signed."))
    return redirect("cases:filed", row.number)


@writes()
def deliver(request: Request, number: str) -> HttpResponse:
    """Note that a copy was handed over."""
    row = filing_or_404(request, number)
    if request.method == "POST":
        actions.deliver_copy(
            filing=number, to=word(request, "to"), by=somebody(request).pk, at=request.at
        )
        messages.success(request, _("The copy is noted as handed over."))
    return redirect("cases:filed", row.number)


def _context(found: FiledForm, request: Request) -> dict[str, Any]:
    names = Names(request.at)
    places = [
        {
            "who": names.of(one.signed_by) if one.signed_by else names.all(one.who),
            "signed": one.signed_by is not None,
        }
        for one in found.signatures
    ]
    mine = any(one.signed_by is None and str(request.by) in one.who for one in found.signatures)
    return {
        "filed": found,
        "row": found.row,
        "form": found.form,
        "title": found.title,
        "because": because_of(found.form),
        "places": places,
        "mine": mine,
        "copies": copies_of(found.form.copies),
        "named_copies": found.form.copies if isinstance(found.form.copies, tuple) else (),
    }


def copies_of(copies: int | tuple[str, ...]) -> str:
    """Return how many copies there are, or for whom."""
    if isinstance(copies, tuple):
        return "、".join(copies)
    return _("%(count)s copies") % {"count": copies} if copies > 1 else ""
