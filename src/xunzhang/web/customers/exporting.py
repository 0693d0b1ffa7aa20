"""The list as a file: masked, or in full for those who may and say what for."""

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from xunzhang.customers import exporting
from xunzhang.customers.access import may
from xunzhang.customers.queries.listing import count_of
from xunzhang.web.customers.asked import Asked
from xunzhang.web.customers.files import attachment
from xunzhang.web.customers.reached import reader
from xunzhang.web.forms import attempt
from xunzhang.web.request import Request
from xunzhang.web.views import writes

FORMS = {"xlsx": _("Excel (.xlsx)"), "csv": _("CSV (UTF-8, opens in Excel)")}


class ExportForm(forms.Form):
    """Which kind of file, and whether personal data stand in it in full."""

    form = forms.ChoiceField(label=_("Kind of file"), choices=list(FORMS.items()))
    in_full = forms.BooleanField(label=_("With personal data in full"), required=False)
    reason = forms.CharField(
        label=_("What it is needed for"),
        max_length=300,
        required=False,
        help_text=_("Needed for personal data in full; it stays in the ledger."),
    )


@writes()
def export(request: Request) -> HttpResponseBase:
    """Offer the file, then make it."""
    person = reader(request)
    asked = Asked.read(request.GET, person)
    form = ExportForm(request.POST or None)
    if request.method == "POST" and (file := attempt(form, lambda: _made(form, asked, request))):
        return file
    context = {
        "form": form,
        "count": count_of(person, asked.filter),
        "query": request.GET.urlencode(),
        "may_reveal": may(person, "customers.reveal"),
    }
    return render(request, "customers/export.html", context, status=422 if form.errors else 200)


def _made(form: ExportForm, asked: Asked, request: Request) -> HttpResponseBase:
    data = form.cleaned_data
    name = f"customers-{request.at:%Y%m%d-%H%M}.{data['form']}"
    return attachment(
        name,
        lambda file: exporting.export(
            asked=asked.filter,
            into=file,
            by=reader(request).pk,
            at=request.at,
            form=data["form"],
            in_full=data["in_full"],
            reason=data["reason"],
        ),
    )
