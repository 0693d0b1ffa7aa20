"""The forms of the policies in force: to look at, to print empty, and to file where no case is needed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xunzhang.cases import actions, law
from xunzhang.cases.access import filings_visible_to
from xunzhang.cases.models import FormFiling
from xunzhang.cases.queries.filings import latest_filings, lines_of
from xunzhang.customers.access import customer_to_see
from xunzhang.law.book import Frame
from xunzhang.law.text import Form
from xunzhang.lib.errors import NeedsApproval, Refused
from xunzhang.web import refusals
from xunzhang.web.cases.about import SubjectForm
from xunzhang.web.cases.filing import because_of, kept_files, status_of
from xunzhang.web.cases.paper import copies_of
from xunzhang.web.cases.reaching import somebody
from xunzhang.web.cases.rendering import LawForm, law_form, new_token, with_other_rows
from xunzhang.web.cases.words import said
from xunzhang.web.forms import attempt
from xunzhang.web.refusals import keys_of
from xunzhang.web.request import Request
from xunzhang.web.views import reads, writes


@reads()
def forms(request: Request) -> HttpResponse:
    """List the forms in force, and what was filed lately without a case."""
    person = somebody(request)
    frame = law.reading(request.at).frame(request.at)
    recent = latest_filings(filings_visible_to(person).filter(case__isnull=True), most=20)
    context = {
        "forms": [_listed(frame, one) for one in frame.forms.values()],
        "recent": [{"row": one, "title": _title_of(one)} for one in recent],
    }
    return render(request, "cases/forms.html", context)


@reads()
def empty(request: Request, code: str) -> HttpResponse:
    """Show an empty form as a sheet to be printed and filled in by hand."""
    somebody(request)
    form = _form_or_404(request, code)
    context = {
        "form": form,
        "title": said(form.title),
        "because": because_of(form),
        "lines": lines_of(form, {}, at=request.at),
        "signatures": range(len(form.sign)),
        "copies": copies_of(form.copies),
    }
    return render(request, "cases/empty_form.html", context)


@writes()
def file(request: Request, code: str) -> HttpResponse:
    """File a form that belongs to no case."""
    person = somebody(request)
    found = _form_or_404(request, code)
    if found.about == "case":
        raise Http404
    subject = SubjectForm(found, person, request)
    form = law_form(request, found, customer=subject.customer)
    refusal = refused = None
    if request.method == "POST":
        other = with_other_rows(request, found)
        try:
            filed = None if other else _filed(request, form, subject)
        except (Refused, NeedsApproval) as no:
            refusal, filed = no, None
            refused = refusals.on_page(request, no, settled=form.settled(keys_of(no)))
        if filed is not None:
            messages.success(request, _("“%(form)s” has been filed.") % {"form": form.title})
            return redirect("cases:filed", filed.number)
        form = other or form
    context = {
        "form": form,
        "subject": subject,
        "because": because_of(found),
        "refused": refused,
        "token": request.POST.get("token") or new_token(),
    }
    status = 422 if subject.errors else status_of(form, refusal)
    return render(request, "cases/fill.html", context, status=status)


def _filed(request: Request, form: LawForm, subject: SubjectForm) -> FormFiling | None:
    form.is_valid()
    return attempt(form, lambda: _file(request, form, subject)) if subject.is_valid() else None


def _file(request: Request, form: LawForm, subject: SubjectForm) -> FormFiling:
    about = subject.subject()
    if "customer" in about:
        customer_to_see(somebody(request), about["customer"])
    with kept_files(request, form) as values:
        return actions.file_form(
            form=form.law_form.code,
            values=values,
            by=request.by,
            at=request.at,
            token=request.POST.get("token"),
            **about,
        )


def _form_or_404(request: Request, code: str) -> Form:
    form = law.form_named(code, at=request.at)
    if form is None:
        raise Http404
    return form


def _listed(frame: Frame, form: Form) -> dict[str, Any]:
    in_process = [
        process
        for process in frame.processes.values()
        if any(one.code == form.code for stage in process.stages for one in stage.forms)
    ]
    return {
        "code": form.code,
        "title": said(form.title),
        "because": because_of(form),
        "processes": [said(one.title) for one in in_process],
        "free": form.about != "case" and not in_process,
    }


def _title_of(row: FormFiling) -> str:
    form = law.form_of_edition(row.edition, row.form)
    return said(form.title) if form is not None else row.form
