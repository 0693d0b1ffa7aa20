"""Deciding about a sanction: one page for each verb, with what must be said."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from xunzhang.policy.access import sanction_to_see
from xunzhang.web.forms import attempt
from xunzhang.web.htmx import page
from xunzhang.web.ledger.shown import proposed
from xunzhang.web.ledger.verbs import VERBS, DecisionForm, Verb
from xunzhang.web.request import Request
from xunzhang.web.saying import Saying
from xunzhang.web.views import writes
from xunzhang.web.work.reaching import seen, somebody


@writes()
def decide(request: Request, number: int, verb: str) -> HttpResponse:
    """Say what a verb means here and ask for what it needs; POST does it."""
    if verb not in VERBS:
        raise Http404
    deed, row = VERBS[verb], seen(request, sanction_to_see, number)
    form = deed.form(request.POST if request.method == "POST" else None, row=row)
    if request.method == "POST" and attempt(form, lambda: _do(deed, number, form, request)):
        messages.success(request, str(deed.done))
        return redirect("ledger:sanction", number)
    context = {"verb": deed, "sanction": proposed([row], Saying(request.at))[0], "form": form}
    status = 422 if form.errors else 200
    return page(request, "ledger/decide.html", context, part="inside", status=status)


def _do(deed: Verb, number: int, form: DecisionForm, request: Request) -> Any:
    return deed.act(sanction=number, by=somebody(request).pk, at=request.at, **form.cleaned_data)
