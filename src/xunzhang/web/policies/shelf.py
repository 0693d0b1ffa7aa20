"""What governs now, and the shelf of shipped packs."""

from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import render

from xunzhang.web.policies import said
from xunzhang.web.policies.adopting import may_adopt, missing_roles
from xunzhang.web.policies.standing import adopted_codes, standings
from xunzhang.web.request import Request
from xunzhang.web.views import reads


@reads()
def governing(request: Request) -> HttpResponse:
    """List the editions, those in force first."""
    context = {"editions": standings(request.at.date()), "may_adopt": may_adopt(request)}
    return render(request, "policies/list.html", context)


@reads()
def gallery(request: Request) -> HttpResponse:
    """Show the shipped packs by industry."""
    packs = sorted(said.shelf(), key=lambda pack: (pack.industry, pack.code))
    industries = [
        (name, list(group)) for name, group in groupby(packs, key=lambda pack: pack.industry)
    ]
    return render(
        request, "policies/gallery.html", {"industries": industries, "adopted": adopted_codes()}
    )


@reads()
def pack(request: Request, code: str) -> HttpResponse:
    """Show what one pack brings, what it leaves open, and whom it needs."""
    edition = said.pack_edition(code)
    if edition is None:
        raise Http404
    context = {
        "pack": said.pack_of(edition),
        "edition": edition,
        "chapters": said.chapters(edition),
        "missing_roles": missing_roles(edition),
        "adopted": code in adopted_codes(),
        "may_adopt": may_adopt(request),
    }
    return render(request, "policies/pack.html", context)
