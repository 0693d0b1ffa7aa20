"""The account of a person: opened with a first password, changed, given another password, closed, opened again."""

from collections.abc import Callable
from typing import Any

from axes.utils import reset as let_try_again
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from xunzhang.organisation import actions, queries
from xunzhang.organisation.models import Account, Person
from xunzhang.organisation.passwords import first_password
from xunzhang.web.forms import attempt
from xunzhang.web.organisation import rows
from xunzhang.web.request import Request
from xunzhang.web.views import writes

UNPROCESSABLE = 422


class AccountForm(forms.Form):
    """With what somebody signs in, and what he may see and do beyond his own."""

    username = forms.CharField(
        label=gettext_lazy("Login name"), max_length=64,
        help_text=gettext_lazy("Letters or digits; capitals make no difference."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )  # fmt: skip
    rights = forms.MultipleChoiceField(
        label=gettext_lazy("Rights"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Without any of them somebody sees what is his own and what belongs to those below him."
        ),
    )
    administers = forms.BooleanField(
        label=gettext_lazy("Administers: people, accounts, calendars"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rights"].choices = list(queries.rights_offered().items())  # type: ignore[attr-defined]


@never_cache
@writes(audience="staff")
def open_(request: Request, number: int) -> HttpResponse:
    """Open an account for a person; the first password is shown once."""
    person = rows.person_or_404(number)
    form = AccountForm(request.POST or None, initial={"username": person.code.lower()})
    password = first_password()
    if request.method == "POST" and (
        account := attempt(form, lambda: _open(person, password, form, request))
    ):
        return _told(request, person, account, password)
    context = {"person": person, "form": form, "new": True}
    return render(request, "organisation/account_form.html", context, status=_status(form))


@writes(audience="staff")
def change(request: Request, number: int) -> HttpResponse:
    """Give the account another login name or other rights."""
    person, account = _reached(number)
    known = {
        "username": account.username,
        "administers": account.is_staff,
        "rights": held_rights(account),
    }
    form = AccountForm(request.POST or None, initial=known)
    if (
        request.method == "POST"
        and attempt(form, lambda: _change(account, form, request)) is not None
    ):
        messages.success(request, _("Saved."))
        return redirect("organisation:person", number)
    context = {"person": person, "form": form}
    return render(request, "organisation/account_form.html", context, status=_status(form))


@never_cache
@writes(audience="staff")
def reset(request: Request, number: int) -> HttpResponse:
    """Give another first password, which is shown once; the one before opens nothing from then on."""
    person, account = _reached(number)
    if request.method != "POST":
        return render(request, "organisation/account_reset.html", {"person": person})
    password = first_password()
    actions.reset_password(account=account.pk, password=password, by=request.by, at=request.at)
    let_try_again(username=account.username)
    return _told(request, person, account, password)


@writes(audience="staff")
def close(request: Request, number: int) -> HttpResponse:
    """Let nobody sign in with the account any more."""
    return _switch(request, number, actions.close_account, _("The account is closed."))


@writes(audience="staff")
def reopen(request: Request, number: int) -> HttpResponse:
    """Let one sign in with the account again."""
    return _switch(request, number, actions.reopen_account, _("The account is open again."))


def held_rights(account: Account) -> list[str]:
    """Return the product's rights that the account was given itself."""
    held = account.user_permissions.select_related("content_type")
    names = {f"{one.content_type.app_label}.{one.codename}" for one in held}
    return [name for name in queries.rights_offered() if name in names]


def _switch(request: Request, number: int, act: Callable[..., Account], done: str) -> HttpResponse:
    _person, account = _reached(number)
    if request.method == "POST":
        act(account=account.pk, by=request.by, at=request.at)
        messages.success(request, done)
    return redirect("organisation:person", number)


def _reached(number: int) -> tuple[Person, Account]:
    person = rows.person_or_404(number)
    if person.account is None:
        raise Http404
    return person, person.account


def _told(request: Request, person: Person, account: Account, password: str) -> HttpResponse:
    context = {"person": person, "account": account, "password": password}
    return render(request, "organisation/account_ready.html", context)


def _open(person: Person, password: str, form: AccountForm, request: Request) -> Account:
    return actions.open_account(
        person=person.pk, password=password, by=request.by, at=request.at, **form.cleaned_data
    )


def _change(account: Account, form: AccountForm, request: Request) -> Account:
    return actions.change_account(
        account=account.pk, by=request.by, at=request.at, **form.cleaned_data
    )


def _status(form: forms.Form) -> int:
    return UNPROCESSABLE if form.errors else 200
