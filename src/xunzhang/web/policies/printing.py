"""Policies on paper: the page to print, PDF where the system can make it, the text as it was adopted."""

from datetime import date
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from xunzhang.law import shelf
from xunzhang.law.calendar import company_time
from xunzhang.law.published import document, page
from xunzhang.law.text import Edition
from xunzhang.policy.queries.editions import edition_to_read, text_of
from xunzhang.web.policies import said
from xunzhang.web.policies.standing import standing_of
from xunzhang.web.request import Request
from xunzhang.web.views import reads

STYLE = Path(__file__).parents[1] / "static" / "xunzhang" / "css" / "published.css"


@reads()
def printed(request: Request, code: str, version: str) -> HttpResponse:
    """The document as a company would publish it."""
    edition, until = _edition_or_404(request, code, version)
    context = _context(edition, until)
    context["back"] = reverse("policies:edition", args=[code, version])
    context["pdf"] = reverse("policies:pdf", args=[code, version]) if weasyprint() else ""
    return render(request, "policies/print.html", context)


@reads()
def printed_pack(request: Request, code: str) -> HttpResponse:
    """A pack as a company would publish it."""
    edition = shelf.pack(code)
    if edition is None:
        raise Http404
    context = _context(edition, None)
    context["back"] = reverse("policies:pack", args=[code])
    context["pdf"] = reverse("policies:pack-pdf", args=[code]) if weasyprint() else ""
    return render(request, "policies/print.html", context)


@reads()
def pdf(request: Request, code: str, version: str) -> HttpResponse:
    """The same as PDF; where the system cannot make one, the page to print."""
    edition, _until = _edition_or_404(request, code, version)
    if weasyprint() is None:
        return redirect("policies:print", code, version)
    return _as_file(edition)


@reads()
def pdf_pack(request: Request, code: str) -> HttpResponse:  # noqa: ARG001
    """A pack as PDF; where the system cannot make one, the page to print."""
    edition = shelf.pack(code)
    if edition is None:
        raise Http404
    if weasyprint() is None:
        return redirect("policies:pack-print", code)
    return _as_file(edition)


@reads()
def text(request: Request, code: str, version: str) -> HttpResponse:  # noqa: ARG001
    """The text of an edition as it was adopted, for `xunzhang diff` and for the next version."""
    source = text_of(code, version)
    if source is None:
        raise Http404
    response = HttpResponse(source, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}.yaml"'
    return response


def _context(edition: Edition, until: date | None) -> dict[str, Any]:
    return {
        "title": said.title(edition),
        "document": document(edition, said.language(), until=until),
        "whole": True,
    }


def _edition_or_404(request: Request, code: str, version: str) -> tuple[Edition, date | None]:
    row = standing_of(code, version, company_time(request.at).date())
    edition = edition_to_read(code, version)
    if row is None or edition is None:
        raise Http404
    return edition, row.until


def _as_file(edition: Edition) -> HttpResponse:
    response = HttpResponse(
        _made(page(edition, said.language(), style=STYLE.read_text(encoding="utf-8"))),
        content_type="application/pdf",
    )
    name = f"{edition.policy}-{edition.version}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@lru_cache(maxsize=1)
def weasyprint() -> Any:
    """The library that makes PDF; None where it or the Pango of the system is not installed."""
    try:
        return import_module("weasyprint")
    except (ImportError, OSError):
        return None


@lru_cache(maxsize=8)
def _made(html: str) -> bytes:
    made: bytes = weasyprint().HTML(string=html, url_fetcher=_nothing).write_pdf()
    return made


def _nothing(address: str) -> dict[str, object]:
    """A document names no other file, and none is fetched."""
    raise ValueError(address)
