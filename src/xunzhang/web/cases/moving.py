"""A case goes on: to the next stage, into another process, into other hands, or something happened in it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xunzhang.cases import actions
from xunzhang.cases.actions.reporting import keys_of, reportable
from xunzhang.cases.models import Case
from xunzhang.cases.typed import form_of
from xunzhang.law.text import Form
from xunzhang.law.vocabulary import Kind
from xunzhang.lib.errors import Invalid, NeedsApproval, Refused
from xunzhang.policy.queries.doing import OCCURRED_AT
from xunzhang.web import refusals
from xunzhang.web.cases.case import show
from xunzhang.web.cases.filing import kept_files, status_of
from xunzhang.web.cases.inputs import WHEN_LEFT_EMPTY
from xunzhang.web.cases.reaching import case_or_404
from xunzhang.web.cases.rendering import LawForm, law_form, new_token, with_other_rows
from xunzhang.web.cases.words import said
from xunzhang.web.forms import attempt
from xunzhang.web.refusals import keys_of as asked_of
from xunzhang.web.request import Request
from xunzhang.web.views import writes

_LONGEST = 100


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
    except (Refused, NeedsApproval) as refusal:
        return show(request, row, refusal=refusal)
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
        return show(request, row, refusal=refusal)
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
        return show(request, row, refusal=refusal)
    messages.success(request, _("The case is in other hands."))
    return redirect("cases:case", number)


@writes()
def report(request: Request, number: str, type: str) -> HttpResponse:
    """Record something that happened in the case and that no form of the policy records."""
    row = case_or_404(request, number)
    kind = reportable(number, at=request.at).get(type)
    if kind is None:
        raise Http404
    found = _form_of(kind)
    form, refusal, refused = law_form(request, found, case=number), None, None
    form.fields[OCCURRED_AT.name].help_text = WHEN_LEFT_EMPTY
    if request.method == "POST":
        other = with_other_rows(request, found)
        try:
            if (
                other is None
                and attempt(form, partial(_report, request, number, type, form)) is not None
            ):
                done = _("“%(event)s” has been recorded.") % {"event": said(found.title)}
                messages.success(request, done)
                return redirect("cases:case", number)
        except (Refused, NeedsApproval) as no:
            refusal = no
            refused = refusals.on_page(request, no, settled=form.settled(asked_of(no)))
        form = other or form
    context = {
        "case": row,
        "form": form,
        "report": True,
        "refused": refused,
        "token": request.POST.get("token") or new_token(),
    }
    return render(request, "cases/fill.html", context, status=status_of(form, refusal))


def _form_of(kind: Kind) -> Form:
    """Return the form of an event of a case; what the case knows already stands in it."""
    keys = list(keys_of(kind).values())
    form = form_of(kind, [*keys, OCCURRED_AT], required=frozenset(one.name for one in keys[:1]))
    known = tuple(replace(one, default=f"case.{one.name}") for one in form.fields[:-1])
    return replace(form, fields=(*known, form.fields[-1]))


def _report(request: Request, number: str, type: str, form: LawForm) -> Case:
    with kept_files(request, form) as values:
        return actions.report(
            case=number,
            type=type,
            occurred_at=values.pop(OCCURRED_AT.name, None),
            values=values,
            by=request.by,
            at=request.at,
            token=request.POST.get("token", "")[:_LONGEST],
        )


def word(request: Request, name: str) -> str:
    """Return a short word that was sent."""
    return request.POST.get(name, "").replace("\0", "").strip()[:_LONGEST]


def revision_of(request: Request) -> int | None:
    """Return the revision of the case that the page showed."""
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else None
