"""What is done to a customer with one press: filed, given, released, claimed, put away, brought back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from xunzhang.customers import actions
from xunzhang.customers.models import Customer
from xunzhang.organisation import queries
from xunzhang.organisation.models import Person
from xunzhang.web.customers.reached import customer_of, reader
from xunzhang.web.forms import attempt
from xunzhang.web.htmx import page
from xunzhang.web.request import Request
from xunzhang.web.views import writes

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class PlainForm(forms.Form):
    """Nothing has to be said."""


class WhyForm(forms.Form):
    """A reason, where one wants to give it."""

    why = forms.CharField(label=gettext_lazy("Reason"), max_length=300, required=False)


class ReasonForm(forms.Form):
    """A reason that must be given."""

    why = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class AssignForm(WhyForm):
    """To whom, and why."""

    to = forms.ModelChoiceField(
        label=gettext_lazy("New owner"), queryset=Person.objects.none(), empty_label="—"
    )
    field_order = ("to", "why")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = queries.people_present().order_by("name")  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb with its words: `fits` says whether it makes sense for a customer as it stands."""

    name: str
    title: "StrOrPromise"
    explained: "StrOrPromise"
    done: "StrOrPromise"
    icon: str
    act: Callable[..., Any]
    fits: Callable[[Customer], bool]
    form: type[forms.Form] = PlainForm
    tone: str = "primary"


DEEDS = {
    deed.name: deed
    for deed in (
        Deed(
            "file",
            gettext_lazy("File the customer"),
            gettext_lazy(
                "The customer is filed as of now; articles that ask for a filing count from this moment."
            ),
            gettext_lazy("%(name)s is filed."),
            "stamp",
            actions.file_customer,
            lambda row: row.filed_at is None and row.archived_at is None and not row.in_pool,
        ),
        Deed(
            "claim",
            gettext_lazy("Claim from the pool"),
            gettext_lazy(
                "The customer is yours from now on, with everything that the policy asks of its owner."
            ),
            gettext_lazy("%(name)s is yours now."),
            "hand",
            actions.claim_from_pool,
            lambda row: row.in_pool and row.archived_at is None,
        ),
        Deed(
            "assign",
            gettext_lazy("Give to somebody"),
            gettext_lazy(
                "Open duties stay with the customer and go to the new owner as the policy says."
            ),
            gettext_lazy("%(name)s has another owner."),
            "user-round-check",
            actions.assign_owner,
            lambda row: row.archived_at is None,
            AssignForm,
        ),
        Deed(
            "release",
            gettext_lazy("Release to the pool"),
            gettext_lazy("Nobody owns the customer any more; whoever claims it first gets it."),
            gettext_lazy("%(name)s lies in the pool."),
            "inbox",
            actions.release_to_pool,
            lambda row: not row.in_pool and row.archived_at is None,
            WhyForm,
        ),
        Deed(
            "archive",
            gettext_lazy("Archive"),
            gettext_lazy(
                "The customer leaves the lists but is never deleted; it can be brought back."
            ),
            gettext_lazy("%(name)s is archived."),
            "archive",
            actions.archive,
            lambda row: row.archived_at is None,
            ReasonForm,
            "danger",
        ),
        Deed(
            "restore",
            gettext_lazy("Bring back"),
            gettext_lazy("The customer is in the lists again, as it was."),
            gettext_lazy("%(name)s is in the lists again."),
            "archive-restore",
            actions.bring_back,
            lambda row: row.archived_at is not None,
        ),
    )
}


def fitting(row: Customer) -> list[Deed]:
    """Return what can be done to the customer as it stands; the policy still has its say."""
    return [deed for deed in DEEDS.values() if deed.fits(row)]


@writes()
def do(request: Request, number: int, name: str) -> HttpResponse:
    """Explain a deed and ask for what it needs; then do it."""
    if name not in DEEDS:
        raise Http404
    deed, row = DEEDS[name], customer_of(request, number)
    form = deed.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempt(form, lambda: _do(deed, row, form, request)):
        messages.success(request, str(deed.done) % {"name": row.name})
        return redirect("customers:customer", number)
    context = {"deed": deed, "customer": row, "form": form}
    status = 422 if form.errors else 200
    return page(request, "customers/deed.html", context, part="inside", status=status)


def _do(deed: Deed, row: Customer, form: forms.Form, request: Request) -> Any:
    said = dict(form.cleaned_data)
    if "to" in said:
        said["to"] = said["to"].pk
    return deed.act(customer=row.pk, by=reader(request).pk, at=request.at, **said)
