"""Forms and actions: what an action refuses to keep is said at the field that it concerns."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.db.models import Model

from xunzhang.lib.errors import Invalid

Kept = TypeVar("Kept")


class DayInput(forms.DateInput):
    """A day, chosen in the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A moment in company time, chosen in the browser's own calendar."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def attempt(form: forms.Form, act: Callable[[], Kept]) -> Kept | None:
    """Return what `act` keeps, or None: then the form tells what is wrong. A conflict is not the form's to tell."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Invalid as refusal:
        for name, lines in refusal.fields.items():
            form.add_error(name if name in form.fields else None, lines)
        return None


def number_of(row: Model | None) -> int | None:
    """Return the number of the row that was chosen, None where none was."""
    return None if row is None else row.pk
