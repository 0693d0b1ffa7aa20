"""Who asks and when, on every request; and a refusal becomes a page that says why and what would make it a yes."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse

from xunzhang.law.workdays import UnknownYear
from xunzhang.lib import clock
from xunzhang.lib.errors import Refusal
from xunzhang.organisation import queries
from xunzhang.policy.refusing import year_unknown
from xunzhang.web import refusals
from xunzhang.web.request import Request

Answer = Callable[[HttpRequest], HttpResponse]


def attendance(answer: Answer) -> Answer:
    """Give each request its `person`, its `by` and its `at`, so that nothing behind it asks for the time."""

    def attend(request: HttpRequest) -> HttpResponse:
        known = cast(Request, request)
        known.at = clock.now()
        account = request.user
        known.person = queries.person_of(account) if account.is_authenticated else None
        known.by = known.person.pk if known.person else None
        return answer(request)

    return attend


class Refusals:
    """Answer every refusal that a view lets through."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the refusal as a page; any other error goes its way."""
        if isinstance(error, UnknownYear):
            error = year_unknown(error)
        if not isinstance(error, Refusal):
            return None
        known = cast(Request, request)
        refusals.note(known, error)
        return refusals.page(known, error)
