"""People join, change and leave."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xunzhang.organisation import actions
from xunzhang.organisation.models import Person
from xunzhang.web.forms import attempt, number_of
from xunzhang.web.organisation import rows
from xunzhang.web.organisation.forms import LeaveForm, PersonForm
from xunzhang.web.request import Request
from xunzhang.web.views import writes

_TOLD = ("code", "name", "region", "phone", "email", "outside", "joined_on")
UNPROCESSABLE = 422


@writes(audience="staff")
def add(request: Request) -> HttpResponse:
    """Somebody joins."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and (person := attempt(form, lambda: _join(form, request))):
        messages.success(request, _("%(name)s works here from now on.") % {"name": person.name})
        return redirect("organisation:person", person.pk)
    return render(request, "organisation/person_form.html", {"form": form}, status=_status(form))


@writes(audience="staff")
def change(request: Request, number: int) -> HttpResponse:
    """What is known of somebody changes, or somebody moves."""
    person = rows.person_or_404(number)
    form = PersonForm(request.POST or None, initial=_initial(person))
    if (
        request.method == "POST"
        and attempt(form, lambda: _change(person, form, request.at, request.by)) is not None
    ):
        messages.success(request, _("Saved."))
        return redirect("organisation:person", number)
    return render(
        request,
        "organisation/person_form.html",
        {"form": form, "person": person},
        status=_status(form),
    )


@writes(audience="staff")
def leave(request: Request, number: int) -> HttpResponse:
    """Somebody leaves, and somebody takes over."""
    person = rows.person_or_404(number)
    form = LeaveForm(request.POST or None, leaving=person, initial={"revision": person.revision})
    if (
        request.method == "POST"
        and attempt(form, lambda: _leave(person, form, request)) is not None
    ):
        messages.success(
            request, _("%(name)s has left; the account is closed.") % {"name": person.name}
        )
        return redirect("organisation:person", number)
    context = {
        "form": form,
        "person": person,
        "reports": person.reports.filter(left_at__isnull=True),
    }
    return render(request, "organisation/leave.html", context, status=_status(form))


def _join(form: PersonForm, request: Request) -> Person:
    data = form.cleaned_data
    return actions.add_person(
        **{name: data[name] for name in _TOLD},
        department=number_of(data["department"]),
        manager=number_of(data["manager"]),
        roles=sorted(form.wanted_roles()),
        by=request.by,
        at=request.at,
    )


@transaction.atomic
def _change(person: Person, form: PersonForm, at: datetime, by: int | None) -> Person:
    """Change, move, grant and revoke: all of it or nothing."""
    data = form.cleaned_data
    changes = {name: data[name] for name in _TOLD}
    row = actions.change_person(
        person=person.pk, revision=data["revision"] or 0, changes=changes, by=by, at=at
    )
    department, manager = number_of(data["department"]), number_of(data["manager"])
    if (department, manager) != (row.department_id, row.manager_id):
        row = actions.move_person(
            person=row.pk,
            revision=row.revision,
            department=department,
            manager=manager,
            by=by,
            at=at,
        )
    held, wanted = set(rows.held_roles(person)), form.wanted_roles()
    for role in sorted(wanted - held):
        actions.grant_role(person=row.pk, role=role, by=by, at=at)
    for role in sorted(held - wanted):
        actions.revoke_role(person=row.pk, role=role, by=by, at=at)
    return row


def _leave(person: Person, form: LeaveForm, request: Request) -> Person:
    data = form.cleaned_data
    return actions.leave(
        person=person.pk,
        revision=data["revision"],
        successor=number_of(data["successor"]),
        by=request.by,
        at=request.at,
    )


def _initial(person: Person) -> dict[str, Any]:
    names = (*_TOLD, "department", "manager", "revision")
    return {**{name: getattr(person, name) for name in names}, "roles": rows.held_roles(person)}


def _status(form: Any) -> int:
    return UNPROCESSABLE if form.errors else 200
