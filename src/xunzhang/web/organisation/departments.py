"""The tree of departments."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xunzhang.organisation import actions
from xunzhang.organisation.models import Department
from xunzhang.web.forms import attempt, number_of
from xunzhang.web.organisation import rows, tree
from xunzhang.web.organisation.forms import DepartmentForm
from xunzhang.web.request import Request
from xunzhang.web.views import reads, writes


@reads()
def departments(request: Request) -> HttpResponse:
    """Show the tree."""
    return render(
        request,
        "organisation/departments.html",
        {"branches": tree.grow(rows.departments_with_sizes())},
    )


@writes(audience="staff")
def add(request: Request) -> HttpResponse:
    """Open a department."""
    form = DepartmentForm(request.POST or None, initial={"parent": request.GET.get("parent")})
    if request.method == "POST" and attempt(form, lambda: _open(form, request)) is not None:
        messages.success(request, _("Saved."))
        return redirect("organisation:departments")
    return render(
        request,
        "organisation/department_form.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@writes(audience="staff")
def change(request: Request, number: int) -> HttpResponse:
    """Give a department another name, place or head."""
    row = rows.department_or_404(number)
    kept = {
        "name": row.name,
        "parent": row.parent_id,
        "head": row.head_id,
        "region": row.region,
        "revision": row.revision,
    }
    form = DepartmentForm(request.POST or None, initial=kept)
    if request.method == "POST" and attempt(form, lambda: _change(row, form, request)) is not None:
        messages.success(request, _("Saved."))
        return redirect("organisation:departments")
    context = {"form": form, "department": row}
    return render(
        request, "organisation/department_form.html", context, status=422 if form.errors else 200
    )


def _open(form: DepartmentForm, request: Request) -> Department:
    data = form.cleaned_data
    return actions.add_department(
        name=data["name"],
        parent=number_of(data["parent"]),
        head=number_of(data["head"]),
        region=data["region"],
        by=request.by,
        at=request.at,
    )


@transaction.atomic
def _change(row: Department, form: DepartmentForm, request: Request) -> Department:
    data = form.cleaned_data
    revision = data["revision"] or 0
    if data["name"] != row.name:
        revision = actions.rename_department(
            department=row.pk, revision=revision, name=data["name"], by=request.by, at=request.at
        ).revision
    return actions.change_department(
        department=row.pk,
        revision=revision,
        parent=number_of(data["parent"]),
        head=number_of(data["head"]),
        region=data["region"],
        by=request.by,
        at=request.at,
    )
