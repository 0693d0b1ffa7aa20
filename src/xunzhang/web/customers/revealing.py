"""Personal data in full: who asks says what for, and that is recorded."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from xunzhang.customers import masking
from xunzhang.customers.models import Customer
from xunzhang.web.customers.reached import customer_of, reader
from xunzhang.web.forms import attempt
from xunzhang.web.htmx import page
from xunzhang.web.request import Request
from xunzhang.web.views import writes

TITLES = {
    "phone": _("Phone"),
    "mobile": _("Mobile"),
    "uscc": _("Unified social credit code"),
    "birthday": _("Birthday"),
    "address": _("Address"),
    "email": _("E-mail"),
    "wechat": _("WeChat"),
}
CALLABLE = ("phone", "mobile")
REASONS = (_("To call the customer back"), _("To arrange a visit"), _("To check the record"))


class RevealForm(forms.Form):
    """What is to be seen, and what for."""

    field = forms.ChoiceField(choices=list(TITLES.items()), widget=forms.HiddenInput)
    contact = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    reason = forms.CharField(
        label=_("What it is needed for"),
        max_length=300,
        widget=forms.TextInput(attrs={"list": "reasons", "autocomplete": "off"}),
        help_text=_("Who saw it, when and what for stays in the ledger."),
    )


@writes()
def reveal(request: Request, number: int) -> HttpResponse:
    """Show one personal value in full, after the reason was given."""
    row = customer_of(request, number)
    asked = {name: request.GET.get(name, "") for name in ("field", "contact")}
    form = RevealForm(request.POST or None, initial=asked)
    shown = None
    if request.method == "POST":
        shown = attempt(form, lambda: _shown(form, row, request))
    field = str(form["field"].value() or "")
    context = {
        "customer": row,
        "form": form,
        "shown": shown,
        "title": TITLES.get(field, ""),
        "calls": shown and field in CALLABLE,
        "reasons": REASONS,
        "allowed": masking.may_reveal(reader(request), row),
    }
    status = 422 if form.errors else 200
    return page(request, "customers/reveal.html", context, part="inside", status=status)


def _shown(form: RevealForm, row: Customer, request: Request) -> str:
    data = form.cleaned_data
    return masking.reveal(
        customer=row.pk,
        field=data["field"],
        contact=data["contact"],
        reason=data["reason"],
        by=reader(request).pk,
        at=request.at,
    )
