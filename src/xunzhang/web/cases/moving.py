"""A case goes on: to the next stage, into another process, into other hands, or something happened in it."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xunzhang.cases import actions
from xunzhang.cases.actions.reporting import keys_of, reportable
from xunzhang.cases.models import Case
from xunzhang.law.conditions import ALWAYS
from xunzhang.law.problems import Mark
from xunzhang.law.text import Field, Form
from xunzhang.lib.errors import Invalid, Refused
from xunzhang.web.cases.case import show
from xunzhang.web.cases.filing import status_of
from xunzhang.web.cases.reaching import case_or_404
from xunzhang.web.cases.rendering import LawForm, law_form
from xunzhang.web.cases.words import said
from xunzhang.web.forms import attempt
from xunzhang.web.request import Request
from xunzhang.web.views import writes

_LONGEST = 100
NOWHERE = Mark(1, 1)


@writes()
def advance(request: Request, number: str) -> HttpResponse:
    """Let the case enter a stage; where the policy refuses, say on the case's page what is missing."""
    row = case_or_404(request, number)
    if request.method != "POST":
        return redirect("cases:case", number)
    try:
        actions.advance(
            case=number,
            to=word(request, "to"),
            revision=revision_of(request),
            by=request.by,
            at=request.at,
        )
    except Refused as refusal:
        return show(request, row, refusal=refusal, status=403)
    messages.success(request, _("The case has gone on."))
    return redirect("cases:case", number)


@writes()
def move(request: Request, number: str) -> HttpResponse:
    """Let the case go on in another process of its kind."""
    row = case_or_404(request, number)
    if request.method != "POST":
        return redirect("cases:case", number)
    try:
        actions.move_to_process(
            case=number,
            process=word(request, "process"),
            revision=revision_of(request),
            by=request.by,
            at=request.at,
        )
    except Refused as refusal:
        return show(request, row, refusal=refusal, status=403)
    messages.success(request, _("The case goes on in the other process."))
    return redirect("cases:case", number)


@writes()
def hand(request: Request, number: str) -> HttpResponse:
    """Give the case to another handler."""
    row = case_or_404(request, number)
    if request.method != "POST":
        return redirect("cases:case", number)
    person = word(request, "person")
    try:
        actions.hand_to(
            case=number,
            person=int(person) if person.isdecimal() and len(person) < 12 else 0,
            reason=word(request, "reason"),
            revision=revision_of(request),
            by=request.by,
            at=request.at,
        )
    except Invalid as refusal:
        return show(request, row, refusal=refusal, status=422)
    messages.success(request, _("The case is in other hands."))
    return redirect("cases:case", number)


@writes()
def report(request: Request, number: str, type: str) -> HttpResponse:
    """Record something that happened in the case and that no form of the policy records."""
    row = case_or_404(request, number)
    kind = reportable(number, at=request.at).get(type)
    if kind is None:
        raise Http404
    fields = tuple(
        Field(key, ALWAYS if place == 0 else None, None, f"case.{name}", None, None, (), NOWHERE)
        for place, (name, key) in enumerate(keys_of(kind).items())
    )
    title = kind.name or {"zh": type}
    found = Form(type, title, "case", type, fields, (), 1, "", "", "", NOWHERE)
    form = law_form(request, found, case=number)
    act = partial(_report, request, number, type, form)
    if request.method == "POST" and attempt(form, act) is not None:
        messages.success(request, _("“%(event)s” has been recorded.") % {"event": said(title)})
        return redirect("cases:case", number)
    context = {"case": row, "form": form, "report": True}
    return render(request, "cases/fill.html", context, status=status_of(form, None))


def _report(request: Request, number: str, type: str, form: LawForm) -> Case:
    return actions.report(
        case=number, type=type, values=form.entered(), by=request.by, at=request.at
    )


def word(request: Request, name: str) -> str:
    """Return a short word that was sent."""
    return request.POST.get(name, "").replace("\0", "").strip()[:_LONGEST]


def revision_of(request: Request) -> int | None:
    """Return the revision of the case that the page showed."""
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else None
