"""I am away: somebody stands in, from then until then."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xunzhang.organisation import actions
from xunzhang.organisation.models import Delegation, Person
from xunzhang.web.forms import attempt
from xunzhang.web.organisation import rows
from xunzhang.web.organisation.forms import AwayForm
from xunzhang.web.request import Request
from xunzhang.web.views import writes


@writes()
def away(request: Request) -> HttpResponse:
    """Say who stands in for oneself."""
    if request.person is None:
        raise PermissionDenied
    person = request.person
    form = AwayForm(request.POST or None, away=person, initial={"starts_at": request.at})
    if request.method == "POST" and (
        row := attempt(form, lambda: _delegate(person, form, request))
    ):
        messages.success(request, _("%(name)s stands in for you.") % {"name": row.to_person.name})
        return redirect("organisation:away")
    context = {
        "form": form,
        "person": person,
        "delegations": rows.delegations_of(person, at=request.at),
    }
    return render(request, "organisation/away.html", context, status=422 if form.errors else 200)


@writes()
def end(request: Request, number: int) -> HttpResponse:
    """One's own delegation ends now."""
    if (
        request.person is None
        or not rows.delegations_of(request.person, at=request.at)
        .filter(pk=number, from_person=request.person)
        .exists()
    ):
        raise PermissionDenied
    if request.method == "POST":
        actions.end_delegation(delegation=number, by=request.person.pk, at=request.at)
        messages.success(request, _("You act for yourself again."))
    return redirect("organisation:away")


def _delegate(person: Person, form: AwayForm, request: Request) -> Delegation:
    data = form.cleaned_data
    return actions.delegate(
        from_person=person.pk,
        to_person=data["to_person"].pk,
        starts_at=data["starts_at"],
        ends_at=data["ends_at"],
        reason=data["reason"],
        by=person.pk,
        at=request.at,
    )
