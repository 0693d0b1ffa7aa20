"""Signing in and out, one's password, and one's account."""

from datetime import timedelta

from axes.helpers import get_cool_off
from django.contrib import auth, messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters

from xunzhang.organisation import actions
from xunzhang.organisation.models import Account
from xunzhang.web.account.forms import PasswordForm, SignInForm
from xunzhang.web.account.preferences import back, keep_language
from xunzhang.web.forms import attempt
from xunzhang.web.request import Request
from xunzhang.web.views import reads, writes

TOO_MANY_REQUESTS = 429


@sensitive_post_parameters("password")
@writes(audience="everyone")
def sign_in(request: Request) -> HttpResponse:
    """Ask for login name and password, and lead on to where somebody wanted to go."""
    onward = back(request)
    if request.user.is_authenticated:
        return redirect(onward)
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = form.get_user()
        auth.login(request, account)
        response = redirect(onward)
        keep_language(response, account.language)
        return response
    if getattr(request, "axes_locked_out", False):
        return locked_out(request)
    return render(
        request,
        "account/sign_in.html",
        {"form": form, "next": onward},
        status=422 if form.errors else 200,
    )


def locked_out(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    """Say that there were too many attempts, and when the next one counts."""
    minutes = round(get_cool_off() / timedelta(minutes=1))
    wait = ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    return render(request, "account/locked.html", {"wait": wait}, status=TOO_MANY_REQUESTS)


@reads(audience="everyone")
def locked(request: Request) -> HttpResponse:
    """Show the page of too many attempts."""
    return locked_out(request)


@writes(audience="everyone")
def sign_out(request: Request) -> HttpResponse:
    """Sign out; a GET asks first."""
    if request.method != "POST":
        return render(request, "account/sign_out.html")
    auth.logout(request)
    messages.success(request, _("You have signed out."))
    return redirect("account:sign-in")


@reads()
def profile(request: Request) -> HttpResponse:
    """Show the account and the person behind it."""
    return render(request, "account/profile.html")


@sensitive_post_parameters()
@writes(audience="newcomer")
def password(request: Request) -> HttpResponse:
    """Change the password; whoever signs in with one that somebody else chose comes here first."""
    form = PasswordForm(request.user, request.POST or None)
    if request.method == "POST" and (account := attempt(form, lambda: _choose(form, request))):
        update_session_auth_hash(request, account)
        messages.success(request, _("The new password is in use from now on."))
        return redirect("/")
    template = (
        "account/first_password.html"
        if request.user.must_change_password
        else "account/password.html"
    )
    return render(request, template, {"form": form}, status=422 if form.errors else 200)


def _choose(form: PasswordForm, request: Request) -> Account:
    return actions.choose_password(
        account=request.user.pk,
        password=form.cleaned_data["new_password1"],
        by=request.by,
        at=request.at,
    )
