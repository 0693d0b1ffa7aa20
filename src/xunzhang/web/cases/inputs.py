"""The controls that the fields of a policy's form are entered with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import override

from xunzhang.cases.access import attachment_to_see
from xunzhang.customers.models import Customer
from xunzhang.customers.queries.filters import CustomerFilter
from xunzhang.customers.queries.listing import listing
from xunzhang.law.facts import Directory
from xunzhang.lib.errors import Refused
from xunzhang.lib.text import tidy, tidy_long
from xunzhang.organisation.models import Person

UNREADABLE = "\N{REPLACEMENT CHARACTER}"
"""What stands where bytes of another encoding were sent."""


WHEN_LEFT_EMPTY = gettext_lazy(
    "Left empty: just now. The policies count from the moment of recording; this time is kept beside it."
)


class Reader:
    """Who fills in, when, and who is who: what the choices of a form depend on."""

    def __init__(self, person: Person | None, directory: Directory, at: datetime) -> None:
        self.person = person
        self.directory = directory
        self.at = at

    def people(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return those who work here, by department."""
        rooms: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for one in self.directory.staff.values():
            if not one.left:
                rooms[one.department or "—"].append((one.id, one.name))
        return [
            (room, sorted(rows, key=lambda row: row[1])) for room, rows in sorted(rooms.items())
        ]

    def departments(self) -> list[tuple[str, str]]:
        """Return the names of the departments."""
        return [(name, name) for name in sorted(self.directory.departments)]


class Lines(forms.CharField):
    """Text as typed, without invisible characters."""

    def __init__(self, *, rows: int, most: int) -> None:
        attrs = {"rows": rows, **({"class": "line"} if rows == 1 else {})}
        super().__init__(max_length=most, strip=False, widget=forms.Textarea(attrs=attrs))

    @override
    def to_python(self, value: Any) -> str:
        written = str(value or "").replace("\0", "")
        if UNREADABLE in written:
            raise ValidationError(_("Some characters could not be read; type them again."))
        return tidy_long(written)


class Number(forms.CharField):
    """A whole number, a decimal or an amount, in any width of digits."""

    def __init__(self, read: Callable[[str], Any], *, hint: str = "") -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "placeholder": hint}
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attrs))
        self.read = read

    @override
    def clean(self, value: Any) -> Any:
        written = tidy(str(value or "").replace("\0", ""))
        return self.read(written) if written else None

    @override
    def prepare_value(self, value: Any) -> Any:
        return f"{value:f}" if isinstance(value, Decimal) else value


class Checked(forms.CharField):
    """One line that must have a form; `put` returns it as it is kept, or None when it has not."""

    def __init__(
        self, put: Callable[[str], str | None], wrong: str, *, most: int = 60, **attrs: str
    ) -> None:
        super().__init__(max_length=most, widget=forms.TextInput(attrs=attrs))
        self.put = put
        self.wrong = wrong

    @override
    def clean(self, value: Any) -> str | None:
        written = tidy(str(value or "").replace("\0", ""))
        if not written:
            return None
        kept = self.put(written)
        if kept is None:
            raise ValidationError(self.wrong)
        return kept


class FileOrKeptInput(forms.FileInput):
    """A file to choose; where none is chosen, the key of one that was kept when the form was sent before."""

    @override
    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> Any:
        return files.get(name) or data.get(name)


class FileOrKept(forms.FileField):
    """A file, or the key of one that the reader has sent before."""

    widget = FileOrKeptInput

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    @override
    def clean(self, data: Any, initial: Any = None) -> Any:
        if not isinstance(data, str):
            return super().clean(data, initial)
        try:
            UUID(data)
            if self.reader.person is not None:
                return str(attachment_to_see(self.reader.person, data).key)
        except (ValueError, Refused):
            pass
        raise ValidationError(_("This file is no longer kept; choose it once more."))


class CustomerField(forms.CharField):
    """A customer by number or name; the browser offers what was found so far."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(max_length=240, widget=CustomerInput())
        self.reader = reader

    @override
    def clean(self, value: Any) -> str | None:
        written = tidy(str(value or "").replace("\0", ""))
        if not written or self.reader.person is None:
            return None
        found = found_customers(self.reader.person, written)
        exact = [one for one in found if one.code == written.split(" ")[0] or one.name == written]
        if len(exact) == 1 or len(found) == 1:
            return str((exact or found)[0].pk)
        if not found:
            raise ValidationError(_("No customer that you may see is called so."))
        named = "；".join(f"{one.code} {one.name}" for one in found)
        raise ValidationError(_("Which one? %(found)s") % {"found": named})


class CustomerInput(forms.TextInput):
    """A search field; what it offers is fetched while one types, and by name without scripts."""

    template_name = "cases/customer_input.html"

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off"})

    @override
    def format_value(self, value: Any) -> str | None:
        """A customer's id is shown as number and name; what was typed as it is."""
        written = str(value or "")
        if written.isascii() and written.isdecimal():
            found = Customer.objects.filter(pk=int(written)).first()
            return offered(found) if found is not None else written
        return written


def found_customers(person: Person, words: str, *, most: int = 6) -> list[Customer]:
    """Return the customers that the person may see and that the words mean; a full offer means just one."""
    code = words.split(" ")[0]
    if code[:1] in "Cc" and code[1:].isdecimal():
        words = code
    return listing(person, CustomerFilter(text=words), size=most).page.rows


def offered(customer: Customer) -> str:
    """Return a customer as the field offers him."""
    return f"{customer.code} {customer.name}"
