"""The first address, all pages at once, search, and the pages that say what went wrong."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from xunzhang.web import finding, navigation
from xunzhang.web.request import Request
from xunzhang.web.views import reads

_LONGEST_SEARCH = 100


@reads()
def home(request: Request) -> HttpResponseBase:
    """Lead to the first entry of this person's navigation."""
    shown = navigation.entries(request)
    return redirect(shown[0].href) if shown else menu(request)


@reads()
def menu(request: Request) -> HttpResponse:
    """Show every page there is to go to: the phone's "more"."""
    return render(request, "shell/menu.html")


@reads()
def search(request: Request) -> HttpResponse:
    """Show what each family finds for the words."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:_LONGEST_SEARCH]
    return render(
        request,
        "shell/search.html",
        {"searched": words, "found": finding.find(request, words) if words else []},
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django hands it over)
    """400: the address or the form was damaged on its way."""
    return _error(
        request,
        400,
        _("This request could not be read"),
        _("The address or the form was damaged on its way. Open the page anew and try once more."),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """403: the page is not for this person."""
    return _error(
        request,
        403,
        _("This page is not open to you"),
        _(
            "Your roles do not include it. If your work needs it, ask your superior or the administrator."
        ),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404: nothing there, or nothing that this person may see."""
    return _error(
        request,
        404,
        _("There is nothing at this address"),
        _(
            "It may have been removed, the link may be incomplete, or you may not be allowed to see it."
        ),
    )


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403: the form was open for too long, or did not come from here."""
    return _error(
        request,
        403,
        _("This form has expired"),
        _(
            "You signed in or out after it was opened, or your browser keeps no cookies."
            " Open the page anew and send it again."
        ),
    )


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (the request may be what broke)
    """500: our mistake; rendered without touching the request or the database."""
    words = _(
        "The mistake is ours, and it has been recorded. Nothing was half saved. Try again in a moment."
    )
    return HttpResponse(
        render_to_string("errors/outside.html", {"title": _("Something broke"), "words": words}),
        status=500,
    )


def _error(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    known: Any = getattr(request, "user", None)
    template = (
        "errors/page.html"
        if known is not None and known.is_authenticated
        else "errors/outside.html"
    )
    return render(
        request, template, {"status": status, "title": title, "words": words}, status=status
    )
