"""From an address to the person who asks and the customer who is meant."""

from django.core.exceptions import PermissionDenied

from xunzhang.customers.access import customer_to_see
from xunzhang.customers.models import Customer
from xunzhang.organisation.models import Person
from xunzhang.web.request import Request


def reader(request: Request) -> Person:
    """Return the person who asks; an account that no person stands behind has no customers."""
    if request.person is None:
        raise PermissionDenied
    return request.person


def customer_of(request: Request, number: int) -> Customer:
    """Return the customer of an address, if the person may see it."""
    return customer_to_see(reader(request), number)
