"""What a form without a case is about: a customer, a person, a department, or nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import override

from xunzhang.law.text import Form
from xunzhang.organisation.models import Person
from xunzhang.organisation.queries import directory
from xunzhang.web.cases.inputs import CustomerField, Reader
from xunzhang.web.request import Request


class SubjectForm(forms.Form):
    """One field, or none where the form is about nothing; the address may say it beforehand."""

    def __init__(self, form: Form, person: Person, request: Request) -> None:
        initial = {"subject": request.GET.get("customer", "").replace("\0", "")[:12]}
        super().__init__(request.POST or None, prefix="about", initial=initial)
        self.about = form.about
        reader = Reader(person, directory(request.at), request.at)
        match form.about:
            case "customer":
                self._ask(CustomerField(reader), gettext_lazy("Customer"))
            case "staff":
                choices: Any = [("", "—"), *reader.people()]
                self._ask(forms.ChoiceField(choices=choices), gettext_lazy("Person"))
            case "department":
                rooms = [("", "—"), *reader.departments()]
                self._ask(forms.ChoiceField(choices=rooms), gettext_lazy("Department"))
            case _:
                pass

    def _ask(self, field: forms.Field, label: Any) -> None:
        field.label = label
        field.error_messages["required"] = _("Say what this form is about.")
        self.fields["subject"] = field

    @property
    def customer(self) -> str | None:
        """The id of the customer that the address names, for what the form knows beforehand."""
        named = str(self.initial["subject"])
        return named if self.about == "customer" and named.isascii() and named.isdecimal() else None

    @override
    def clean(self) -> dict[str, Any]:
        """Require what the form is about."""
        data: dict[str, Any] = super().clean() or {}
        if "subject" in self.fields and not data.get("subject") and "subject" not in self.errors:
            self.add_error("subject", _("Say what this form is about."))
        return data

    def subject(self) -> dict[str, Any]:
        """Return what it is about, as the action takes it."""
        value = self.cleaned_data.get("subject")
        match self.about:
            case "customer" | "staff":
                return {self.about: int(str(value))}
            case "department":
                return {"department": value}
            case _:
                return {}
