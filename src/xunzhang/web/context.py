"""What every template may use: the navigation, the theme, and the moment of the request."""

from typing import Any, cast

from django.http import HttpRequest

from xunzhang.web import navigation, theme
from xunzhang.web.request import Request

MOST_TABS = 4


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's own values; a request that never reached the sign-in has an empty navigation."""
    known = cast(Request, request)
    signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated
    shown = navigation.entries(known) if signed_in else []
    return {
        "navigation": list(navigation.sections(shown)),
        "tabs": [entry for entry in shown if entry.tab][:MOST_TABS],
        "bell": next((entry for entry in shown if entry.icon == navigation.BELL), None),
        "theme": theme.of(request),
        "at": getattr(request, "at", None),
    }
