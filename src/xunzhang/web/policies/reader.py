"""The reader: the document on the left, the rules of the chosen article on the right."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from xunzhang.law.text import Edition, say
from xunzhang.policy.queries.editions import edition_to_read, touched
from xunzhang.web.htmx import page
from xunzhang.web.policies import said
from xunzhang.web.policies.adopting import may_adopt
from xunzhang.web.policies.standing import Standing, standing_of
from xunzhang.web.request import Request
from xunzhang.web.views import reads


@reads()
def edition(request: Request, code: str, version: str) -> HttpResponse:
    """Read a policy; ?article=NO chooses the article whose rules are shown."""
    row, found = _edition(request, code, version)
    chosen = found.article(request.GET.get("article", "")) or next(
        (one for one in found.articles if one.rules), found.articles[0] if found.articles else None
    )
    context = {
        "row": row,
        "title": say(found.title, said.language()),
        "chapters": said.chapters(found),
        "chosen": said.article_text(chosen) if chosen is not None else None,
        "cards": said.cards(found, chosen) if chosen is not None else [],
        "touched": {one.rule.uid: one for one in touched(found, chosen, request.at)}
        if chosen is not None
        else {},
        "with_rules": sum(1 for one in found.articles if one.rules),
        "articles": len(found.articles),
        "may_adopt": may_adopt(request),
    }
    return page(request, "policies/reader.html", context, part="rules")


@reads()
def printed(request: Request, code: str, version: str) -> HttpResponse:
    """The document as a company would publish it."""
    row, found = _edition(request, code, version)
    context = {
        "row": row,
        "title": say(found.title, said.language()),
        "edition": found,
        "chapters": said.chapters(found),
    }
    return render(request, "policies/print.html", context)


def _edition(request: Request, code: str, version: str) -> tuple[Standing, Edition]:
    row, found = standing_of(code, version, request.at.date()), edition_to_read(code, version)
    if row is None or found is None:
        raise Http404
    return row, found
