"""The reader: the document on the left, the rules of the chosen article on the right."""

from django.http import Http404, HttpResponse

from xunzhang.law.calendar import company_time
from xunzhang.law.needs import missing_departments, vacant_roles
from xunzhang.law.text import Edition
from xunzhang.organisation import queries
from xunzhang.policy.queries.editions import edition_to_read, latest_of, touched
from xunzhang.web.htmx import page
from xunzhang.web.policies import said
from xunzhang.web.policies.chosen import address
from xunzhang.web.policies.rights import may_adopt
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
    latest, directory = latest_of(code), queries.directory(request.at)
    newest = latest is not None and latest.version == version
    context = {
        "row": row,
        "title": said.title(found),
        "chapters": said.chapters(found),
        "chosen": said.article_text(chosen) if chosen is not None else None,
        "cards": said.cards(found, chosen) if chosen is not None else [],
        "touched": {one.rule.uid: one for one in touched(found, chosen, request.at)}
        if chosen is not None
        else {},
        "with_rules": sum(1 for one in found.articles if one.rules),
        "articles": len(found.articles),
        "decided": said.decided(found),
        "decide": address("adopt-settings", [code]) if newest else "",
        "vacant": vacant_roles(found, directory),
        "missing": missing_departments(found, directory),
        "people": address("adopt-people", [code]) if newest else "",
        "may_adopt": may_adopt(request),
    }
    return page(request, "policies/reader.html", context, part="rules")


def _edition(request: Request, code: str, version: str) -> tuple[Standing, Edition]:
    row = standing_of(code, version, company_time(request.at).date())
    found = edition_to_read(code, version)
    if row is None or found is None:
        raise Http404
    return row, found
