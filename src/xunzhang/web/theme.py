"""Light, dark, or as the device says; kept in a cookie, so that the first byte of a page already knows."""

from typing import Literal, cast, get_args

from django.http import HttpRequest, HttpResponse

Theme = Literal["auto", "light", "dark"]
COOKIE = "xunzhang_theme"
_YEAR = 365 * 24 * 3600


def of(request: HttpRequest) -> Theme:
    """Return the theme that this browser chose."""
    return read(request.COOKIES.get(COOKIE, ""))


def read(written: str) -> Theme:
    """Return the theme of this name; what is no theme is `auto`."""
    return cast(Theme, written) if written in get_args(Theme) else "auto"


def keep(response: HttpResponse, theme: Theme) -> None:
    """Remember the choice in the browser."""
    response.set_cookie(COOKIE, theme, max_age=_YEAR, httponly=True, samesite="Lax")
