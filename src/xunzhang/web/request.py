"""What a request is to the pages: Django's, with the person who asks and the moment of asking."""

from datetime import datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from xunzhang.organisation.models import Account, Person


class Request(HttpRequest):
    """A signed-in account's request; `person` is None for an account that no person stands behind,
    and `by` is that person's number, as actions want it."""

    user: Account
    person: Person | None
    by: int | None
    at: datetime
    htmx: HtmxDetails
