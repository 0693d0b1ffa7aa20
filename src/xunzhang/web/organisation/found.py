"""People in the search on top."""

from collections.abc import Sequence

from django.urls import reverse

from xunzhang.organisation import queries
from xunzhang.web.finding import Hit
from xunzhang.web.request import Request


def found_people(request: Request, words: str, limit: int) -> Sequence[Hit]:  # noqa: ARG001 (everybody may see colleagues)
    """Return colleagues by characters, pinyin, initials or staff number."""
    return [
        Hit(
            person.name,
            str(person.department or ""),
            reverse("organisation:person", args=[person.pk]),
        )
        for person in queries.find_people(words, limit=limit)
    ]
