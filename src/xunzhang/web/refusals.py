"""A refusal in HTML: a page, or a banner for htmx, with its articles, what was counted, and the way out."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xunzhang.lib.errors import Conflict, Invalid, NeedsApproval, Refusal
from xunzhang.policy import actions as policy
from xunzhang.policy.refusing import ApprovalNeeded
from xunzhang.web.request import Request
from xunzhang.web.work.asking import way_to_ask

FORBIDDEN, CONFLICT, UNPROCESSABLE = 403, 409, 422


def page(request: Request, refusal: Refusal) -> HttpResponse:
    """Return the refusal as a whole page, or as a banner that htmx puts above the content."""
    template = "parts/refusal.html" if request.htmx else "errors/refusal.html"
    response = render(request, template, told(request, refusal), status=status_of(refusal))
    if request.htmx:
        response["HX-Retarget"] = "#messages"
        response["HX-Reswap"] = "innerHTML"
    return response


def on_page(
    request: Request, refusal: Refusal, *, settled: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return the refusal for `parts/refusal.html` on the page where it arose; the ledger is told as well."""
    note(request, refusal)
    return told(request, refusal, settled=settled)


def note(request: Request, refusal: Refusal) -> None:
    """Let the ledger tell what an article has refused; a page that is only looked at leaves no trace."""
    if request.method == "POST":
        policy.note_refusal(refusal=refusal, by=request.by, at=request.at)


def keys_of(refusal: Refusal) -> Mapping[str, Any]:
    """Return what an ask for approval is about, as it will be compared when the act is tried again."""
    return refusal.keys if isinstance(refusal, ApprovalNeeded) else {}


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


def told(
    request: Request, refusal: Refusal, *, settled: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return what the templates show.

    `way_out` among the values is the button to ask for it: {"label", "url"}; a need for approval brings its own.
    """
    values = dict(refusal.values)
    return {
        "refusal": refusal,
        "title": title_of(refusal),
        "way_out": values.pop("way_out", None) or way_to_ask(refusal, request, settled=settled),
        "facts": _facts(values.pop("facts", {})),
        "fields": refusal.fields if isinstance(refusal, Invalid) else {},
        "back": request.META.get("HTTP_REFERER", "") if request.method == "POST" else "",
    }


def _facts(facts: Any) -> list[tuple[str, Any]]:
    return list(facts.items()) if isinstance(facts, Mapping) else []
