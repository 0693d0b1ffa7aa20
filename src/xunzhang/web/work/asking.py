"""Asking for approval: from a no that an approval would turn into a yes to the request that asks for it."""

from typing import Any
from urllib.parse import urlencode

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
from xunzhang.policy.refusing import ApprovalNeeded
from xunzhang.policy.requests import about
from xunzhang.web.forms import attempt
from xunzhang.web.request import Request
from xunzhang.web.saying import Saying
from xunzhang.web.views import writes
from xunzhang.web.work.reaching import somebody

_SIGNER = signing.Signer(salt="xunzhang.ask")


class AskForm(forms.Form):
    """Why it should be approved."""

    comment = forms.CharField(
        label=gettext_lazy("Why it should be approved"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


def way_to_ask(refusal: Refusal) -> dict[str, Any] | None:
    """Return the button below a refusal that an approval would lift; it leads to the request that waits already."""
    if not isinstance(refusal, ApprovalNeeded) or refusal.by is None:
        return None
    waiting = refusal.values.get("request")
    if waiting is not None:
        return {"label": _("See the request"), "url": reverse("work:request", args=[waiting])}
    need = _SIGNER.sign(encode({"action": refusal.action, "keys": about(refusal.keys)}))
    return {
        "label": _("Ask for approval"),
        "url": f"{reverse('work:ask')}?{urlencode({'need': need})}",
    }


@writes()
def ask(request: Request) -> HttpResponse:
    """Say what will be asked and of whom it is; POST asks. Asking twice finds the request that waits."""
    need = request.POST.get("need") or request.GET.get("need", "")
    action, keys = _read(need)
    form = AskForm(request.POST or None)
    if request.method == "POST" and (
        row := attempt(form, lambda: _ask(action, keys, form, request))
    ):
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
    return render(request, "work/ask_approval.html", context, status=422 if form.errors else 200)


def _ask(action: str, keys: dict[str, Any], form: AskForm, request: Request) -> Any:
    comment = form.cleaned_data["comment"]
    return policy.ask_approval(
        action=action, keys=keys, by=somebody(request).pk, at=request.at, comment=comment
    )


def _read(need: str) -> tuple[str, dict[str, Any]]:
    try:
        found = decode(_SIGNER.unsign(need))
    except signing.BadSignature:
        raise BadRequest from None
    return found["action"], found["keys"]
