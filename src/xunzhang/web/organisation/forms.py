"""What is typed about people and departments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from xunzhang.organisation import queries
from xunzhang.organisation.models import Department, Person
from xunzhang.web.forms import DayInput, MomentInput


class PersonForm(forms.Form):
    """Name and staff number are all that is needed; the rest can follow."""

    code = forms.CharField(label=_("Staff number"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=100)
    department = forms.ModelChoiceField(
        label=_("Department"), queryset=Department.objects.none(), required=False, empty_label="—"
    )
    manager = forms.ModelChoiceField(
        label=_("Direct superior"),
        queryset=Person.objects.none(),
        empty_label="—",
        required=False,
        help_text=_("Left empty, it is the head of the department."),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=32,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    region = forms.CharField(label=_("Region"), max_length=100, required=False)
    joined_on = forms.DateField(label=_("Joined on"), required=False, widget=DayInput)
    roles = forms.MultipleChoiceField(
        label=_("Roles"), required=False, widget=forms.CheckboxSelectMultiple
    )
    new_role = forms.CharField(
        label=_("Another role"),
        max_length=100,
        required=False,
        help_text=_("A role that nobody holds yet, as the policy names it."),
    )
    outside = forms.BooleanField(label=_("From outside the company"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = queries.departments()  # type: ignore[attr-defined]
        self.fields["manager"].queryset = queries.people_present()  # type: ignore[attr-defined]
        self.fields["roles"].choices = [(role.name, role.name) for role in queries.roles()]  # type: ignore[attr-defined]

    def wanted_roles(self) -> set[str]:
        """Return the roles that the person shall hold."""
        return {*self.cleaned_data["roles"], *filter(None, [self.cleaned_data["new_role"]])}


class LeaveForm(forms.Form):
    """Who takes over."""

    successor = forms.ModelChoiceField(
        label=_("Successor"),
        queryset=Person.objects.none(),
        empty_label="—",
        required=False,
        help_text=_("Takes over customers and open duties."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, leaving: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = queries.people_present().exclude(pk=leaving.pk)  # type: ignore[attr-defined]


class DepartmentForm(forms.Form):
    """A department, its place in the tree and its head."""

    name = forms.CharField(label=_("Name"), max_length=100)
    parent = forms.ModelChoiceField(
        label=_("Belongs to"), queryset=Department.objects.none(), required=False, empty_label="—"
    )
    head = forms.ModelChoiceField(
        label=_("Head"), queryset=Person.objects.none(), required=False, empty_label="—"
    )
    region = forms.CharField(label=_("Region"), max_length=100, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = queries.departments()  # type: ignore[attr-defined]
        self.fields["head"].queryset = queries.people_present()  # type: ignore[attr-defined]


class AwayForm(forms.Form):
    """From when until when, and who stands in."""

    to_person = forms.ModelChoiceField(
        label=_("Who stands in for me"), queryset=Person.objects.none(), empty_label="—"
    )
    starts_at = forms.DateTimeField(label=_("From"), widget=MomentInput)
    ends_at = forms.DateTimeField(label=_("Until"), widget=MomentInput)
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args: Any, away: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_person"].queryset = queries.people_present().exclude(pk=away.pk)  # type: ignore[attr-defined]

    @override
    def clean(self) -> dict[str, Any]:
        """Require the end after the start."""
        data: dict[str, Any] = super().clean() or {}
        starts_at, ends_at = data.get("starts_at"), data.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("The end must come after the start."))
        return data


class SheetForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        help_text=_(".xlsx, .xls or .csv, at most 20 MB. The first row names the columns."),
    )
