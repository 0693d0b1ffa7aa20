"""What governs now, and the shelf of shipped packs."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xunzhang.law import shelf
from xunzhang.law.calendar import company_time
from xunzhang.law.needs import missing_departments, vacant_roles
from xunzhang.law.published import empty_form
from xunzhang.law.text import Edition, say
from xunzhang.law.words import speaker_of
from xunzhang.organisation import queries
from xunzhang.policy.queries.editions import drafts
from xunzhang.web.htmx import page
from xunzhang.web.policies import said
from xunzhang.web.policies.chosen import ASKED, address
from xunzhang.web.policies.rights import may_adopt
from xunzhang.web.policies.standing import adopted_codes, standings
from xunzhang.web.request import Request
from xunzhang.web.views import reads

_LONGEST_SEARCH = 60


@dataclass(frozen=True)
class Cover:
    """A pack as the gallery lists it."""

    code: str
    title: str
    industry: str
    issuer: str
    adopted: bool


@reads()
def governing(request: Request) -> HttpResponse:
    """List the editions, those in force first, and what is on its way."""
    waiting = [
        {
            "code": row.policy,
            "name": say(row.title, said.language()),
            "version": row.version,
            "href": address("adopt-settings", [row.policy]),
        }
        for row in (drafts() if may_adopt(request) else ())
    ]
    context = {
        "editions": standings(company_time(request.at).date()),
        "waiting": waiting,
        "may_adopt": may_adopt(request),
    }
    return render(request, "policies/list.html", context)


@reads()
def gallery(request: Request) -> HttpResponse:
    """Show the shipped packs by industry, those in which the words searched for stand."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:_LONGEST_SEARCH]
    chosen = request.GET.get("industry", "").replace("\0", "")
    found = shelf.heads(words)
    industries = sorted({one.industry for one in shelf.heads()})
    shown = [one for one in found if not chosen or one.industry == chosen]
    context = {
        "packs": _covers(shown, adopted_codes()),
        "industries": industries,
        "industry": chosen,
        "words": words,
        "asked": ASKED,
        "may_adopt": may_adopt(request),
    }
    return page(request, "policies/gallery.html", context, part="packs")


def _covers(found: Iterable[shelf.Head], adopted: set[str]) -> list[Cover]:
    ordered = sorted(found, key=lambda one: (one.industry, one.code))
    return [
        Cover(
            one.code,
            say(one.title, said.language()),
            one.industry or _("general"),
            one.issuer,
            one.code in adopted,
        )
        for one in ordered
    ]


@reads()
def card(request: Request, code: str) -> HttpResponse:
    """Show a pack's figures and its first lines; the gallery asks for it when the pack comes into view."""
    return render(request, "policies/pack_card.html", {"pack": said.pack_of(_pack_or_404(code))})


@reads()
def pack(request: Request, code: str) -> HttpResponse:
    """Show what one pack does, what it leaves open, and whom it needs."""
    edition = _pack_or_404(code)
    directory = queries.directory(request.at)
    holders = [
        (role, [directory.staff[id].name for id in directory.holders(role)])
        for role in edition.roles
    ]
    context = {
        "pack": said.pack_of(edition),
        "edition": edition,
        "chapters": said.chapters(edition),
        "processes": said.processes(edition),
        "open": said.decided(edition),
        "holders": holders,
        "vacant": vacant_roles(edition, directory),
        "missing": missing_departments(edition, directory),
        "adopted": code in adopted_codes(),
        "may_adopt": may_adopt(request),
        "adopt": address("adopt-settings", [code]),
    }
    return render(request, "policies/pack.html", context)


@reads()
def form(request: Request, code: str, name: str) -> HttpResponse:
    """Show one of a pack's forms, empty."""
    edition = _pack_or_404(code)
    found = edition.forms.get(name)
    if found is None:
        raise Http404
    by = speaker_of(edition, said.language())
    context = {
        "title": say(found.title, said.language()),
        "document": empty_form(found, by, level=1),
        "whole": False,
        "back": reverse("policies:pack", args=[code]),
    }
    return render(request, "policies/print.html", context)


def _pack_or_404(code: str) -> Edition:
    edition = shelf.pack(code)
    if edition is None:
        raise Http404
    return edition
