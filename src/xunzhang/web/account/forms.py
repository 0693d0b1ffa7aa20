"""What is typed when signing in and when a password is changed."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Login name and password; what is wrong is said without telling which of the two."""

    username = forms.CharField(
        label=_("Login name"),
        max_length=64,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": _(
            "Login name and password do not match. Capital letters count in the password."
        ),
        "inactive": _("This account is closed. Ask the administrator to open it."),
    }

    def clean_username(self) -> str:
        """Return the login name as accounts keep it."""
        name: str = self.cleaned_data["username"]
        return name.replace("\0", "").strip().lower()


class PasswordForm(PasswordChangeForm):
    """The old password and twice the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Present password")
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password1"].help_text = _(
            "At least ten characters, not only digits, and nothing that everybody uses."
        )
        self.fields["new_password2"].label = _("New password again")
        self.fields["new_password2"].help_text = ""
