"""What is done with a duty besides fulfilling it: claimed, handed over, excused."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xunzhang.lib.errors import Conflict
from xunzhang.organisation import queries as organisation
from xunzhang.organisation.models import Person
from xunzhang.policy import actions as policy
from xunzhang.policy.access import duty_to_see
from xunzhang.web.forms import attempt
from xunzhang.web.htmx import page
from xunzhang.web.request import Request
from xunzhang.web.saying import Saying
from xunzhang.web.views import writes
from xunzhang.web.work.reaching import seen, somebody


class ReasonForm(forms.Form):
    """Why; it is kept with the duty."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class HandOverForm(ReasonForm):
    """To whom, and why."""

    to = forms.ModelChoiceField(
        label=gettext_lazy("Who takes it"), queryset=Person.objects.none(), empty_label="—"
    )
    field_order = ("to", "reason")

    def __init__(self, *args: Any, owing: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = organisation.people_present(outside=False).exclude(
            pk__in=[one for one in owing if one.isdecimal()]
        )
        self.fields["to"].queryset = others.order_by("name")  # type: ignore[attr-defined]


@writes()
def claim(request: Request, number: int) -> HttpResponse:
    """One of several who owe a duty says that he does it; saying it twice changes nothing."""
    row = seen(request, duty_to_see, number)
    if request.method == "POST":
        if row.claimed_by != str(request.by):
            policy.claim(duty=number, by=somebody(request).pk, at=request.at)
        messages.success(request, _("You do it; the others see your name beside it."))
    return redirect("work:duty", number)


@writes()
def hand_over(request: Request, number: int) -> HttpResponse:
    """Somebody else owes the duty from now on."""
    row = seen(request, duty_to_see, number)
    form = HandOverForm(request.POST or None, owing=row.who)
    if request.method == "POST" and attempt(form, lambda: _hand_over(number, form, request)):
        messages.success(
            request, _("%(name)s owes it now.") % {"name": form.cleaned_data["to"].name}
        )
        return redirect("work:duties")
    return _ask(request, number, form, {
        "title": _("Hand over"), "verb": _("Hand it over"), "icon": "arrow-right-left", "tone": "primary",
        "words": _("The due time stays. Both of you, and the ledger, keep the reason."),
    })  # fmt: skip


@writes()
def excuse(request: Request, number: int) -> HttpResponse:
    """The duty need not be done."""
    seen(request, duty_to_see, number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and attempt(form, lambda: _excuse(number, form, request)):
        messages.success(request, _("The duty need not be done; the reason is kept with it."))
        return redirect("work:duty", number)
    return _ask(request, number, form, {
        "title": _("Excuse"), "verb": _("Excuse from it"), "icon": "circle-slash", "tone": "danger",
        "words": _("The duty is closed without being done, and no breach follows. Everybody who sees it sees why."),
    })  # fmt: skip


def _hand_over(number: int, form: HandOverForm, request: Request) -> Any:
    said = form.cleaned_data
    return policy.hand_over(
        duty=number, to=said["to"].pk, by=somebody(request).pk, at=request.at, reason=said["reason"]
    )


def _excuse(number: int, form: ReasonForm, request: Request) -> Any:
    reason = form.cleaned_data["reason"]
    return policy.excuse(duty=number, by=somebody(request).pk, at=request.at, reason=reason)


def _ask(request: Request, number: int, form: forms.Form, asked: dict[str, str]) -> HttpResponse:
    row = seen(request, duty_to_see, number)
    if not row.live:
        raise Conflict("duty-closed", _("This duty is no longer open."))
    context = {"duty": Saying(request.at).duty(row), "form": form, **asked}
    status = 422 if form.errors else 200
    return page(request, "work/ask.html", context, part="inside", status=status)
