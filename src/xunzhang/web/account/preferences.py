"""The language, kept with the account, and the theme, kept in the browser."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from xunzhang.web import theme
from xunzhang.web.request import Request
from xunzhang.web.views import writes

_YEAR = 365 * 24 * 3600


@writes(audience="everyone")
def language(request: Request) -> HttpResponse:
    """Speak this language from now on, here and wherever the account signs in."""
    chosen = request.POST.get("language", "")
    response = redirect(back(request))
    if request.method == "POST" and chosen in dict(settings.LANGUAGES):
        keep_language(response, chosen)
        if request.user.is_authenticated:
            request.user.language = chosen
            request.user.save(update_fields=["language"])
    return response


@writes(audience="everyone")
def choose_theme(request: Request) -> HttpResponse:
    """Show pages light, dark, or as the device says."""
    response = redirect(back(request))
    if request.method == "POST":
        theme.keep(response, theme.read(request.POST.get("theme", "")))
    return response


def keep_language(response: HttpResponse, chosen: str) -> None:
    """Remember the language in the browser; an account without a choice leaves the browser's."""
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=_YEAR, httponly=True, samesite="Lax"
        )


def back(request: HttpRequest) -> str:
    """Return where to go on to: an address of this installation, or the first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return str(settings.LOGIN_REDIRECT_URL)
