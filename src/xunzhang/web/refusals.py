"""A refusal in HTML: a page, or a banner for htmx, with its articles, what was counted, and the way out."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xunzhang.lib.errors import Conflict, Invalid, NeedsApproval, Refusal
from xunzhang.web.request import Request
from xunzhang.web.work.asking import way_to_ask

FORBIDDEN, CONFLICT, UNPROCESSABLE = 403, 409, 422


def page(request: Request, refusal: Refusal) -> HttpResponse:
    """Return the refusal as a whole page, or as a banner that htmx puts above the content."""
    template = "parts/refusal.html" if request.htmx else "errors/refusal.html"
    response = render(request, template, _told(request, refusal), status=status_of(refusal))
    if request.htmx:
        response["HX-Retarget"] = "#messages"
        response["HX-Reswap"] = "innerHTML"
    return response


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal."""
    match refusal:
        case Conflict():
            return CONFLICT
        case Invalid():
            return UNPROCESSABLE
        case _:
            return FORBIDDEN


def title_of(refusal: Refusal) -> str:
    """Return what kind of no it is."""
    match refusal:
        case NeedsApproval():
            return _("This needs an approval first")
        case Conflict():
            return _("Somebody else was faster")
        case Invalid():
            return _("This cannot be kept as it was entered")
        case Refusal() if refusal.citations:
            return _("The policy does not allow this")
        case _:
            return _("This cannot be done")


def _told(request: Request, refusal: Refusal) -> dict[str, Any]:
    """Return what the templates show; `way_out` among the values is the button to ask for it: {"label", "url"}."""
    values = dict(refusal.values)
    return {
        "refusal": refusal,
        "title": title_of(refusal),
        "way_out": values.pop("way_out", None) or way_to_ask(refusal),
        "facts": _facts(values.pop("facts", {})),
        "fields": refusal.fields if isinstance(refusal, Invalid) else {},
        "back": request.META.get("HTTP_REFERER", "") if request.method == "POST" else "",
    }


def _facts(facts: Any) -> list[tuple[str, Any]]:
    return list(facts.items()) if isinstance(facts, Mapping) else []
