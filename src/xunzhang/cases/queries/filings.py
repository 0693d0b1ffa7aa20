"""Filed forms as people read them: labels and printable values in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xunzhang.cases import law
from xunzhang.cases.actions.signing import filing_event
from xunzhang.cases.models import Attachment, Case, FormFiling
from xunzhang.cases.standing import Signature, signatures_of
from xunzhang.cases.typed import checklists_on
from xunzhang.cases.values import ITEMS, label_of, language
from xunzhang.customers.models import Customer
from xunzhang.law.facts import Directory
from xunzhang.law.text import Field, Form, say
from xunzhang.lib.money import say_money
from xunzhang.organisation.queries import directory


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of a row as printed; a file has the key of its attachment."""

    value: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One field as printed. A table has `head` and `rows`; a file has the key of its attachment."""

    label: str
    value: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    file: str = ""
    long: bool = False


@dataclass(frozen=True, slots=True)
class FiledForm:
    """A filed form with everything that its page and its print show."""

    row: FormFiling
    form: Form
    lines: tuple[Line, ...]
    signatures: tuple[Signature, ...]
    latest: bool

    @property
    def title(self) -> str:
        """Its title in the reader's language."""
        return say(self.form.title, language())

    def signed_by_all(self) -> bool:
        """Whether nobody's signature is missing."""
        return all(one.signed_by for one in self.signatures)


def filed_forms(case: Case, *, at: datetime) -> list[FiledForm]:
    """Return what was filed on a case, newest first."""
    rows = case.filings.select_related("filed_by", "case", "department").order_by("-pk")
    return [found for row in rows if (found := filed_form(row, at=at)) is not None]


def filed_form(row: FormFiling, *, at: datetime) -> FiledForm | None:
    """Return a filed form; None where its edition is no longer known."""
    form = law.form_of_edition(row.edition, row.form)
    if form is None:
        return None
    run = law.reading(at)
    event = filing_event(run, form, row)
    latest = event is not None and event.seq == row.event_seq
    signatures = signatures_of(run, form, event) if latest and event is not None else ()
    return FiledForm(row, form, lines_of(form, row.values, at=at), signatures, latest)


def lines_of(form: Form, values: dict[str, Any], *, at: datetime) -> tuple[Line, ...]:
    """Return the fields of a form with their values in words."""
    people = directory(at)
    lines = tuple(_line(field, values.get(field.name), people) for field in form.fields)
    return (*lines, *_items(form, values.get(ITEMS) or {}, at))


def _items(form: Form, held: Mapping[str, Any], at: datetime) -> Iterator[Line]:
    """What the checklists found when the form was filed, item by item."""
    labels = {
        item.key: say(item.label, language())
        for rule in checklists_on(form.event, at=at)
        for item in rule.items
    }
    if held:
        head = (_("Item"), _("There"), _("Remark"))
        rows = tuple(
            tuple(map(Cell, (labels.get(key, key), *_found(one)))) for key, one in held.items()
        )
        yield Line(_("Checklist"), "", head, rows)


def _found(one: Any) -> tuple[str, str]:
    """How many copies of an item are there, and whether it is signed or need not be there."""
    if not isinstance(one, Mapping):
        return str(one), ""
    if one.get("waived"):
        return "—", _("not needed: %(reason)s") % {"reason": one["waived"]}
    return str(one.get("copies", 1)), _("is signed") if one.get("signed") else ""


def _line(field: Field, value: Any, people: Directory) -> Line:
    label = label_of(field)
    if field.key.type == "table":
        head = tuple(label_of(column) for column in field.columns)
        rows = tuple(
            tuple(_cell(column, row.get(column.name), people) for column in field.columns)
            for row in value or ()
        )
        return Line(label, "", head, rows)
    cell = _cell(field, value, people)
    long = field.key.type == "long" or (not cell.file and len(cell.value) > 40)
    return Line(label, cell.value, file=cell.file, long=long)


def _cell(field: Field, value: Any, people: Directory) -> Cell:
    if field.key.type == "file" and value:
        name = Attachment.objects.filter(key=value).values_list("name", flat=True).first()
        return Cell(name or str(value), str(value))
    return Cell(in_words(field.key.type, value, people))


def in_words(type_: str, value: Any, people: Directory) -> str:
    """Return a value as it is read and printed; what is absent is empty."""
    match value:
        case None | "":
            return ""
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return f"{localtime(value):%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case list():
            return "、".join(in_words(type_.removesuffix("s"), one, people) for one in value)
        case Decimal() | int() if type_ == "money":
            return say_money(Decimal(value))
        case _:
            return _named(type_, str(value), people)


def _named(type_: str, value: str, people: Directory) -> str:
    if type_ == "staff":
        found = people.staff.get(value)
        return found.name if found is not None else value
    if type_ == "customer" and value.isdecimal():
        return (
            Customer.objects.filter(pk=int(value)).values_list("name", flat=True).first() or value
        )
    return value


def latest_filings(rows: QuerySet[FormFiling], *, most: int) -> list[FormFiling]:
    """Return the newest of these filings."""
    return list(rows.order_by("-pk")[:most])
