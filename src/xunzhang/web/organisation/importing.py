"""People from a spreadsheet: what would happen is shown first, and only what was shown is kept."""

from hashlib import sha256
from io import BytesIO

from django.contrib import messages
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xunzhang.lib.errors import Conflict
from xunzhang.lib.sheets import SheetError
from xunzhang.organisation.importing import Plan, import_people, plan_import
from xunzhang.web.organisation.forms import SheetForm
from xunzhang.web.request import Request
from xunzhang.web.views import writes

_MOST_BYTES = 20 * 1024 * 1024


@writes(audience="staff")
def upload(request: Request) -> HttpResponse:
    """Read a spreadsheet and show what importing it would do."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(
            request, "organisation/import.html", {"form": form}, status=422 if form.errors else 200
        )
    file = form.cleaned_data["file"]
    if file.size > _MOST_BYTES:
        form.add_error("file", _("This file is larger than 20 MB; split it."))
        return render(request, "organisation/import.html", {"form": form}, status=422)
    try:
        plan = plan_import(file)
    except SheetError as wrong:
        form.add_error("file", str(wrong))
        return render(request, "organisation/import.html", {"form": form}, status=422)
    file.seek(0)
    content = file.read()
    _put(request, content)
    return _show(request, plan, sha256(content).hexdigest())


@writes(audience="staff")
def keep(request: Request) -> HttpResponse:
    """Keep the people of the spreadsheet that was shown: all of them or none."""
    if request.method != "POST":
        return redirect("organisation:import")
    name = _name(request)
    if not default_storage.exists(name):
        raise Conflict("upload-gone", _("The spreadsheet is no longer here; choose it once more."))
    with default_storage.open(name) as stored:
        content = stored.read()
    digest = sha256(content).hexdigest()
    if digest != request.POST.get("digest"):
        raise Conflict(
            "upload-changed",
            _("Another spreadsheet was read in the meantime; choose yours once more."),
        )
    plan = plan_import(BytesIO(content))
    if plan.problems:
        return _show(request, plan, digest)
    people = import_people(plan, by=request.by, at=request.at)
    default_storage.delete(name)
    messages.success(request, _("%(count)d people were imported.") % {"count": len(people)})
    return redirect("organisation:people")


def _show(request: Request, plan: Plan, digest: str) -> HttpResponse:
    return render(request, "organisation/import_plan.html", {"plan": plan, "digest": digest})


def _put(request: Request, content: bytes) -> None:
    default_storage.delete(_name(request))
    default_storage.save(_name(request), ContentFile(content))


def _name(request: Request) -> str:
    return f"imports/people-{request.user.pk}"
