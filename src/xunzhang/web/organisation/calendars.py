"""The company's own calendars."""

from django.http import HttpResponse
from django.shortcuts import render

from xunzhang.web.organisation import rows
from xunzhang.web.request import Request
from xunzhang.web.views import reads


@reads()
def calendars(request: Request) -> HttpResponse:
    """Show the calendars by which duties count their days."""
    return render(request, "organisation/calendars.html", {"calendars": rows.calendars()})
