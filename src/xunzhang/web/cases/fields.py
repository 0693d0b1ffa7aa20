"""One Django field for each type that a policy's form may ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xunzhang.cases.values import label_of
from xunzhang.law.conditions import ALWAYS
from xunzhang.law.text import Field
from xunzhang.lib.errors import Invalid
from xunzhang.lib.money import read_money
from xunzhang.lib.text import phone_key
from xunzhang.web.cases.inputs import Checked, CustomerField, FileOrKept, Lines, Number, Reader
from xunzhang.web.forms import DayInput, MomentInput

_FEW = 5
_LONGEST_LINE = 2_000
_LONGEST = 20_000
_CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")
_PHONE = re.compile(r"\+?[0-9]{5,20}")
STAMPER = Signer(salt="xunzhang.signature")
"""Signs a signature that has its time already, so that it can be sent again as it was given."""
YES_NO = (("true", gettext_lazy("yes")), ("false", gettext_lazy("no")))


def field_of(field: Field, reader: Reader) -> forms.Field:
    """Return the Django field in which a field of a form is entered; the law checks what it asks for."""
    made = _MAKERS.get(field.key.type, Maker.line)(Maker(field, reader))
    made.label = label_of(field)
    made.required = False
    made.widget.is_required = False
    return made


def always_required(field: Field) -> bool:
    """Whether the field is required whatever else is entered."""
    return field.required is ALWAYS


class Maker:
    """Makes the Django field of one field of a form."""

    def __init__(self, field: Field, reader: Reader) -> None:
        self.field = field
        self.reader = reader

    def line(self) -> forms.Field:
        """Return one line that grows as one writes, or a choice where the policy lists values."""
        if self.field.key.choices:
            return self.choice()
        return Lines(rows=1, most=_LONGEST_LINE)

    def long(self) -> forms.Field:
        """Return several lines."""
        return Lines(rows=4, most=_LONGEST)

    def choice(self) -> forms.Field:
        """Return buttons where the choices are few, else a list."""
        choices = [(str(one), str(one)) for one in self.field.key.choices]
        if len(choices) <= _FEW:
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)
        return forms.ChoiceField(choices=[("", "—"), *choices])

    def choices(self) -> forms.Field:
        """Return boxes to tick."""
        choices = [(str(one), str(one)) for one in self.field.key.choices]
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple)

    def boolean(self) -> forms.Field:
        """Return a box to tick; a required one asks for yes or no."""
        if self.field.required is None:
            return forms.BooleanField()
        return forms.TypedChoiceField(
            choices=YES_NO,
            coerce=lambda one: one == "true",
            empty_value=None,
            widget=forms.RadioSelect,
        )

    def integer(self) -> forms.Field:
        """Return a whole number."""

        def read(written: str) -> int:
            try:
                return int(written.replace(",", ""))
            except ValueError:
                raise ValidationError(_("Write a whole number, such as 12.")) from None

        return Number(read)

    def decimal(self) -> forms.Field:
        """Return a number."""

        def read(written: str) -> Decimal:
            try:
                number = Decimal(written.replace(",", ""))
            except ArithmeticError:
                raise ValidationError(_("Write a number, such as 12.5.")) from None
            if not number.is_finite() or abs(number) >= Decimal("1e18"):
                raise ValidationError(_("Write a number, such as 12.5."))
            return number

        return Number(read)

    def money(self) -> forms.Field:
        """Return an amount."""

        def read(written: str) -> Decimal:
            try:
                return read_money(written)
            except Invalid as wrong:
                raise ValidationError(wrong.fields["amount"]) from None

        return Number(read, hint="¥")

    def date(self) -> forms.Field:
        """Return a day."""
        return forms.DateField(widget=DayInput)

    def datetime(self) -> forms.Field:
        """Return a moment."""
        return forms.DateTimeField(widget=MomentInput)

    def time(self) -> forms.Field:
        """Return a time of day."""

        def put(written: str) -> str | None:
            return written.zfill(5) if _CLOCK.fullmatch(written) else None

        return Checked(put, _("Write a time of day, such as 09:30."), type="time")

    def phone(self) -> forms.Field:
        """Return a phone number."""

        def put(written: str) -> str | None:
            return written if _PHONE.fullmatch(phone_key(written)) else None

        return Checked(put, _("Write a phone number, such as 138 0013 8000."), inputmode="tel")

    def signature(self) -> forms.Field:
        """Return a typed name, beside which the time is put."""

        def put(written: str) -> str | None:
            try:
                return STAMPER.unsign(written)
            except BadSignature:
                return f"{written} {localtime(self.reader.at):%Y-%m-%d %H:%M}"

        made = Checked(put, "", most=200, autocomplete="name")
        made.help_text = _("The name of who signs; the time is put beside it.")
        return made

    def staff(self) -> forms.Field:
        """Return a list of those who work here."""
        return forms.ChoiceField(choices=[("", "—"), *self.reader.people()])

    def staffs(self) -> forms.Field:
        """Return a list from which several are chosen."""
        widget = forms.SelectMultiple(attrs={"size": 6})
        return forms.MultipleChoiceField(choices=self.reader.people(), widget=widget)

    def department(self) -> forms.Field:
        """Return a list of departments."""
        return forms.ChoiceField(choices=[("", "—"), *self.reader.departments()])

    def customer(self) -> forms.Field:
        """Return a customer."""
        return CustomerField(self.reader)

    def file(self) -> forms.Field:
        """Return a file to choose."""
        made = FileOrKept(self.reader)
        made.help_text = _("At most 20 MB: PDF, pictures, Word, Excel, sound or film.")
        return made


_MAKERS: Mapping[str, Callable[[Maker], forms.Field]] = {
    "text": Maker.line,
    "long": Maker.long,
    "boolean": Maker.boolean,
    "integer": Maker.integer,
    "decimal": Maker.decimal,
    "money": Maker.money,
    "date": Maker.date,
    "datetime": Maker.datetime,
    "time": Maker.time,
    "choice": Maker.choice,
    "choices": Maker.choices,
    "staff": Maker.staff,
    "staffs": Maker.staffs,
    "customer": Maker.customer,
    "department": Maker.department,
    "file": Maker.file,
    "signature": Maker.signature,
    "phone": Maker.phone,
}
"""Every type but `table`, which has rows of its own."""
