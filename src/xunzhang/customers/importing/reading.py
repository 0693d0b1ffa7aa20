"""One row of the file as the values of a customer, or the problems that it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from xunzhang.customers.actions.contacts import cleaned_contact
from xunzhang.customers.actions.keeping import CHOICES, cleaned_value
from xunzhang.customers.models import ImportProblem
from xunzhang.customers.naming import sound_key
from xunzhang.customers.search.terms import Words, words_of
from xunzhang.lib.sheets import Row
from xunzhang.lib.text import company_key, tidy
from xunzhang.organisation.models import Person

# Where a column stands, what it means and how it is headed
Column = tuple[int, str, str]
People = dict[str, list[int]]
MOMENTS = ("created_at", "filed_at")
PEOPLE = ("owner", "created_by")
CHINESE = {
    "kind": {"公司": "company", "企业": "company", "单位": "company", "个人": "person"},
    "status": {
        "潜在": "prospect",
        "潜在客户": "prospect",
        "正常": "active",
        "活跃": "active",
        "合作中": "active",
        "休眠": "dormant",
        "流失": "lost",
        "黑名单": "blacklisted",
    },
}


@dataclass(slots=True)
class Entry:
    """A row that was understood: the customer's values, its contact's, and what was wrong."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    contact: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    problems: list[ImportProblem] = field(default_factory=list)
    name_key: str = ""
    sound_key: str = ""
    words: Words | None = None


class Reader:
    """Understands rows by what their columns mean and who works here."""

    def __init__(self, columns: Sequence[Column], people: People) -> None:
        self.columns = columns
        self.people = people

    def entry(self, row: Row) -> Entry:
        """Return the row's values and problems."""
        entry = Entry(row.number)
        cells = row.cells
        for column, name, heading in self.columns:
            text = cells[column] if column < len(cells) else ""
            try:
                self.put(entry, name, text)
            except ValueError as problem:
                entry.problems.append(
                    problem_in(row.number, heading, text, "invalid", str(problem))
                )
        if not entry.values.get("name"):
            heading = next(heading for _column, name, heading in self.columns if name == "name")
            if not any(problem.column == heading for problem in entry.problems):
                entry.problems.append(
                    problem_in(row.number, heading, "", "missing", _("A customer needs a name."))
                )
        entry.name_key = company_key(entry.values.get("name", ""))
        return entry

    def findable(self, rows: Iterable[Row]) -> list[Entry]:
        """Return the entries of rows, with what those that can be taken in are found by."""
        entries = [self.entry(row) for row in rows]
        for entry in entries:
            if not entry.problems:
                entry.sound_key = sound_key(entry.name_key)
                entry.words = words_of(entry.values["name"])
        return entries

    def put(self, entry: Entry, name: str, text: str) -> None:
        """Set one field from its cell; ValueError says what would be right."""
        if name.startswith("contact."):
            if text:
                entry.contact.update(contact_cell(name.removeprefix("contact."), text))
        elif name.startswith("keys."):
            if text:
                entry.keys[name.removeprefix("keys.")] = tidy(text)
        elif name in MOMENTS:
            entry.values[name] = moment(text)
        elif name in PEOPLE:
            entry.values[name + "_id"] = self.person(text)
        elif text or name == "name":
            entry.values[name] = cleaned_cell(name, text)

    def person(self, text: str) -> int | None:
        """Return the person of that staff number or name."""
        wanted = tidy(text)
        if not wanted:
            return None
        found = self.people.get(wanted, [])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(_("Several people have this name; write the staff number."))
        raise ValueError(_("Nobody here has this name or staff number."))


def reader_of(headings: Sequence[str], mapping: Mapping[str, str]) -> Reader:
    """Return what understands rows under a mapping; people are looked up once."""
    columns = [(int(column), name, headings[int(column)]) for column, name in mapping.items()]
    return Reader(columns, people_by_name())


def people_by_name() -> People:
    """Return the people by staff number and by name."""
    people: People = {}
    for pk, code, name in Person.objects.values_list("pk", "code", "name"):
        people.setdefault(name, []).append(pk)
        people[code] = [pk]
    return people


@lru_cache(maxsize=4_096)
def cleaned_cell(name: str, text: str) -> Any:
    """Return the value of a cell; the same region or grade stands in many rows."""
    return cleaned_value(name, choice(name, text))


@lru_cache(maxsize=4_096)
def contact_cell(name: str, text: str) -> dict[str, Any]:
    """Return a contact's value of a cell."""
    return cleaned_contact({name: text})


def choice(name: str, text: str) -> str:
    """Return the stored value of a choice that was written in words."""
    if name not in CHOICES:
        return text
    word = tidy(text)
    labels = {str(label): value for value, label in CHOICES[name].choices}
    return CHINESE[name].get(word) or labels.get(word) or word.casefold()


@lru_cache(maxsize=1_024)
def moment(text: str) -> datetime | None:
    """Return a date or time as company time, or None for nothing."""
    written = tidy(text).replace("/", "-").replace(".", "-")
    if not written:
        return None
    try:
        day = parse_date(written) or parse_date(
            "-".join(part.zfill(2) for part in written.split("-"))
        )
        found = datetime(day.year, day.month, day.day) if day else parse_datetime(written)  # noqa: DTZ001
    except ValueError:
        found = None
    if found is None:
        raise ValueError(_("Write the date as 2026-01-31, with a time as 2026-01-31 14:05."))
    return found if found.tzinfo else make_aware(found)


def problem_in(row: int, column: str, value: str, code: str, message: str) -> ImportProblem:
    """Return an unsaved problem of a row."""
    return ImportProblem(
        row=row, column=column[:100], value=value[:200], code=code, message=message[:400]
    )
