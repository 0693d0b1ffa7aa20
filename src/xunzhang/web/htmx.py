"""One template, whole or in part: what htmx asks for is a named part of the page's own template."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from xunzhang.web.request import Request


def page(
    request: Request, template: str, context: dict[str, Any], *, part: str, status: int = 200
) -> HttpResponse:
    """Answer with the whole page, or with its `part` when htmx asks for it; caches keep the two apart."""
    in_part = request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request
    name = f"{template}#{part}" if in_part else template
    response = render(request, name, context, status=status)
    response["Vary"] = ", ".join(filter(None, [response.get("Vary"), "HX-Request"]))
    return response
