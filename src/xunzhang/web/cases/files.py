"""Files beside a case."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xunzhang.cases import actions
from xunzhang.lib.errors import Invalid
from xunzhang.web.cases.case import show
from xunzhang.web.cases.reaching import case_or_404, file_or_404
from xunzhang.web.request import Request
from xunzhang.web.views import reads, writes


@reads()
def download(request: Request, key: UUID) -> HttpResponseBase:
    """Hand out a file, never shown inside the page."""
    attachment = file_or_404(request, str(key))
    return FileResponse(attachment.file.open(), as_attachment=True, filename=attachment.name)


@writes()
def add(request: Request, number: str) -> HttpResponse:
    """Put a file beside the case."""
    row = case_or_404(request, number)
    file = request.FILES.get("file")
    if request.method != "POST" or file is None:
        return redirect("cases:case", number)
    try:
        actions.attach(file=file, case=number, by=request.by, at=request.at)
    except Invalid as refusal:
        return show(request, row, refusal=refusal)
    messages.success(request, _("The file is kept beside the case."))
    return redirect("cases:case", number)
