"""The roles that policies name, and who holds them."""

from django.http import HttpResponse
from django.shortcuts import render

from xunzhang.web.organisation import rows
from xunzhang.web.request import Request
from xunzhang.web.views import reads


@reads()
def roles(request: Request) -> HttpResponse:
    """Show each role with its holders; one that nobody holds is a gap in the policy."""
    return render(request, "organisation/roles.html", {"roles": rows.roles_with_holders()})
