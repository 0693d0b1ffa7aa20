"""The two kinds of view, one that reads and one that writes; both ask for a sign-in unless told otherwise."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Literal

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from xunzhang.web.readonly import only_reading
from xunzhang.web.request import Request

View = Callable[..., HttpResponseBase]
Audience = Literal["everyone", "signed-in", "newcomer", "staff"]
READING = ("GET", "HEAD")


def reads(*, audience: Audience = "signed-in") -> Callable[[View], View]:
    """Make a view that answers GET alone and cannot change a row."""
    return _kind("reads", READING, audience)


def writes(*, audience: Audience = "signed-in") -> Callable[[View], View]:
    """Make a view that changes something by POST; its GET, which shows the form, can only read."""
    return _kind("writes", (*READING, "POST"), audience)


def _kind(kind: str, methods: tuple[str, ...], audience: Audience) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if (elsewhere := _sent_elsewhere(request, audience)) is not None:
                return elsewhere
            if request.method == "POST":
                return view(request, *args, **kwargs)
            with only_reading():
                return view(request, *args, **kwargs)

        guarded.kind = kind  # type: ignore[attr-defined]
        return guarded

    return decorate


def _sent_elsewhere(request: Request, audience: Audience) -> HttpResponse | None:
    """Return where somebody must go first, or None; a page for staff is forbidden to others."""
    if audience == "everyone":
        return None
    if not request.user.is_authenticated:
        return _to_sign_in(request)
    if request.user.must_change_password and audience != "newcomer":
        return redirect("account:password")
    if audience == "staff" and not request.user.is_staff:
        raise PermissionDenied
    return None


def _to_sign_in(request: Request) -> HttpResponse:
    if request.htmx:
        return HttpResponseClientRedirect(reverse("account:sign-in"))
    return redirect_to_login(request.get_full_path())
