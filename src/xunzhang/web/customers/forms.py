"""What is typed about customers and their contacts."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from xunzhang.customers.choices import Kind, Status
from xunzhang.customers.queries.values import values_in_use
from xunzhang.web.forms import DayInput

REMOVE = "-"
_TEL = {"inputmode": "tel", "autocomplete": "off"}


class CustomerForm(forms.Form):
    """A name is all that is needed; the rest can follow."""

    name = forms.CharField(
        label=_("Customer name"),
        max_length=200,
        help_text=_("As on the business licence or identity card."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, initial=Kind.COMPANY)
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs=_TEL)
    )
    region = forms.CharField(label=_("Region"), max_length=60, required=False)
    industry = forms.CharField(label=_("Industry"), max_length=60, required=False)
    source = forms.CharField(label=_("Source"), max_length=60, required=False)
    status = forms.ChoiceField(
        label=_("Status"), choices=Status.choices, initial=Status.PROSPECT, required=False
    )
    grade = forms.CharField(
        label=_("Grade"),
        max_length=20,
        required=False,
        help_text=_("Leave it to the policy if an article grades."),
    )
    uscc = forms.CharField(label=_("Unified social credit code"), max_length=30, required=False)
    birthday = forms.DateField(label=_("Birthday"), required=False, widget=DayInput)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("region", "industry", "grade"):
            self.fields[name].widget.attrs["list"] = f"{name}-values"

    @property
    def suggestions(self) -> dict[str, list[str]]:
        """Return what is in use already, to choose from while typing."""
        return {name: values_in_use(name) for name in ("region", "industry", "grade")}


class NewCustomerForm(CustomerForm):
    """A new customer: whose it is, and the answer to suspected duplicates."""

    owner = forms.ChoiceField(
        label=_("Owner"),
        choices=[("me", _("I am")), ("pool", _("Nobody yet: into the pool"))],
        initial="me",
    )
    token = forms.CharField(widget=forms.HiddenInput, initial=lambda: uuid4().hex, max_length=64)
    not_same_as = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)
    reason = forms.CharField(
        label=_("Why this is another customer"), max_length=300, required=False
    )

    def asked(self) -> dict[str, Any]:
        """Return the customer's own values, as far as something was typed."""
        data = self.cleaned_data
        return {
            name: data[name] for name in CustomerForm.base_fields if data[name] or name == "name"
        }

    def confirmed(self) -> list[int]:
        """Return the suspected duplicates that were shown."""
        written = str(self.cleaned_data["not_same_as"]).split(",")
        return [int(each) for each in written if each.isascii() and each.isdecimal()]


class Withheld:
    """A form over a record of which some values are masked: empty keeps them, a dash removes them."""

    fields: dict[str, forms.Field]

    def withhold(self, masked: Mapping[str, str]) -> None:
        """Show the masked value as a hint and leave the field empty; what has no value is typed as usual."""
        for name, shown in masked.items():
            if not shown:
                continue
            field = self.fields[name] = forms.CharField(
                label=self.fields[name].label,
                required=False,
                max_length=300,
                help_text=_("Leave it empty to keep what stands; write - to remove it."),
            )
            field.widget.attrs["placeholder"] = shown


class OpenedForm(forms.Form):
    """A form that remembers what stood in it when it was opened, so that only one's own changes are kept."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.show_hidden_initial = name != "revision"

    @property
    def opened_with(self) -> SafeString:
        """Return the hidden fields that hold what stood when the form was opened."""
        return mark_safe("".join(self._opened()))  # noqa: S308 (rendered by the fields)

    def _opened(self) -> Iterator[str]:
        for bound in self:
            if bound.field.show_hidden_initial:
                yield str(bound.as_hidden(only_initial=True))

    def stood(self, name: str) -> Any:
        """Return what stood in a field when the form was opened."""
        field, bound = self.fields[name], self[name]
        written = field.hidden_widget().value_from_datadict(
            self.data, self.files, bound.html_initial_name
        )
        return field.to_python(written)

    def changes(self) -> dict[str, Any]:
        """Return what this person changed."""
        changed = {
            name: self.cleaned_data[name] for name in self.changed_data if name != "revision"
        }
        return {name: "" if value == REMOVE else value for name, value in changed.items()}


class ChangeForm(OpenedForm, CustomerForm, Withheld):
    """An existing customer."""

    why = forms.CharField(label=_("Why it changes"), max_length=300, required=False)

    @override
    def changes(self) -> dict[str, Any]:
        """Return what changed of the customer itself."""
        return {name: value for name, value in super().changes().items() if name != "why"}


class ContactForm(forms.Form):
    """Somebody through whom the customer is reached; a name is all that is needed."""

    name = forms.CharField(label=_("Name"), max_length=80)
    title = forms.CharField(label=_("Job title"), max_length=80, required=False)
    mobile = forms.CharField(
        label=_("Mobile"), max_length=40, required=False, widget=forms.TextInput(attrs=_TEL)
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs=_TEL)
    )
    department = forms.CharField(label=_("Department"), max_length=80, required=False)
    wechat = forms.CharField(label=_("WeChat"), max_length=60, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=120, required=False)
    is_key_person = forms.BooleanField(label=_("Key person: decides or has a say"), required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ChangeContactForm(OpenedForm, ContactForm, Withheld):
    """An existing contact."""
