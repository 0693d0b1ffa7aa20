"""Asking for approval: from a no that an approval would turn into a yes to the request that asks for it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xunzhang.lib.errors import Refusal
from xunzhang.policy import actions as policy
from xunzhang.policy.codec import decode, encode
from xunzhang.policy.models import ApprovalRequest
from xunzhang.policy.refusing import ApprovalNeeded
from xunzhang.policy.requests import about
from xunzhang.web.forms import attempt
from xunzhang.web.request import Request
from xunzhang.web.saying import Saying
from xunzhang.web.views import writes
from xunzhang.web.work.reaching import somebody

_SIGNER = signing.Signer(salt="xunzhang.ask")
_NOT_ENTERED = "csrfmiddlewaretoken"


class AskForm(forms.Form):
    """Why it should be approved."""

    comment = forms.CharField(
        label=gettext_lazy("Why it should be approved"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


def way_to_ask(
    refusal: Refusal, request: Request, *, settled: Mapping[str, str] | None = None
) -> dict[str, Any] | None:
    """Return what stands below a refusal that an approval would lift: the request that waits, or `need` to ask.

    What was entered goes with it, so that the act is finished with that; `settled` are fields that are
    sent otherwise than they were typed, such as a chosen file.
    """
    if not isinstance(refusal, ApprovalNeeded) or refusal.by is None:
        return None
    waiting = refusal.values.get("request")
    if waiting is not None:
        return {"label": _("See the request"), "url": reverse("work:request", args=[waiting])}
    sent = entered(request, settled or {}) if request.method == "POST" else None
    return {"need": need_of(refusal.action, about(refusal.keys), sent)}


def need_of(action: str, keys: Mapping[str, Any], sent: Any) -> str:
    """Return an ask as a page carries it: signed, so that it comes back as it went."""
    return _SIGNER.sign(encode({"action": action, "keys": dict(keys), "entered": sent}))


def entered(request: Request, settled: Mapping[str, str]) -> dict[str, Any]:
    """Return what was sent to a page, so that it can be sent again."""
    fields = [
        [name, value]
        for name, values in request.POST.lists()
        if name != _NOT_ENTERED and name not in settled
        for value in values
    ]
    return {"path": request.get_full_path(), "fields": [*fields, *map(list, settled.items())]}


@writes()
def ask(request: Request) -> HttpResponse:
    """Ask for what a page has refused; asking twice finds the request that waits."""
    need = request.POST.get("need", "")
    action, keys, sent = _read(need)
    form = AskForm(request.POST)
    if row := attempt(form, lambda: _ask(action, keys, sent, form, request)):
        messages.success(
            request, _("The request is on its way; you are told as soon as it is decided.")
        )
        return redirect("work:request", row.pk)
    saying = Saying(request.at)
    context = {
        "form": form,
        "need": need,
        "action": saying.action(action),
        "facts": saying.facts(action, keys),
    }
    return render(request, "work/ask_approval.html", context, status=422)


def _ask(
    action: str, keys: dict[str, Any], sent: Any, form: AskForm, request: Request
) -> ApprovalRequest:
    return policy.ask_approval(
        action=action,
        keys=keys,
        by=somebody(request).pk,
        at=request.at,
        comment=form.cleaned_data["comment"],
        entered=sent,
    )


def _read(need: str) -> tuple[str, dict[str, Any], Any]:
    try:
        found = decode(_SIGNER.unsign(need))
    except signing.BadSignature:
        raise BadRequest from None
    return found["action"], found["keys"], found["entered"]
