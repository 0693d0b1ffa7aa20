"""What an import would do, and everything that is wrong with it; nothing is written."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from xunzhang.lib.sheets import SheetError, read_table
from xunzhang.organisation.importing.rows import HEADINGS, Entry, Problem, read_entry
from xunzhang.organisation.models import Department, Person


@dataclass(frozen=True)
class Plan:
    """The people of the file, the problems by row, and which departments and people are new."""

    entries: list[Entry]
    problems: list[Problem]
    new_departments: dict[str, str]
    known: Mapping[str, int]

    @property
    def new_people(self) -> list[Entry]:
        """Return the people who are not here yet."""
        return [entry for entry in self.entries if entry.code not in self.known]


def plan_import(file: BinaryIO) -> Plan:
    """Return what importing the file would do; SheetError when it is not a table of people."""
    table = read_table(file, known=tuple(HEADINGS))
    missing = [
        heading
        for heading in ("工号", "姓名")
        if HEADINGS[heading] not in {HEADINGS.get(given) for given in table.headings}
    ]
    if missing:
        raise SheetError(
            _("These columns are missing: %(missing)s.") % {"missing": "、".join(missing)}
        )
    entries: list[Entry] = []
    problems: list[Problem] = []
    for row in table.rows:
        entry, found = read_entry(row, table.headings)
        entries.append(entry)
        problems.extend(found)
    known = dict(Person.objects.values_list("code", "pk"))
    problems += _repeated(entries) + _superiors(entries) + _circles(entries)
    problems.sort(key=lambda problem: problem.row)
    return Plan(entries, problems, _new_departments(entries), known)


def _repeated(entries: list[Entry]) -> list[Problem]:
    times = Counter(entry.code for entry in entries if entry.code)
    sentence = _("“%(code)s” stands in several rows; each person needs a number of their own.")
    return [
        Problem(entry.row, "工号", sentence % {"code": entry.code})
        for entry in entries
        if times[entry.code] > 1
    ]


def _superiors(entries: list[Entry]) -> list[Problem]:
    """Return the superiors who are nobody, or of whom there are several; a number or a name may be written."""
    codes, names = people_named(entries)
    problems = []
    for entry in entries:
        if not entry.manager or entry.manager in codes:
            continue
        bearers = names.get(entry.manager, set())
        if len(bearers) == 1 and bearers != {entry.code}:
            continue
        problems.append(Problem(entry.row, "直属上级", _superior_wrong(entry, len(bearers))))
    return problems


def _superior_wrong(entry: Entry, bearers: int) -> str:
    if bearers > 1:
        sentence = _("There are several people called “%(name)s”; write the staff number.")
    elif bearers == 1:
        sentence = _("“%(name)s” cannot be their own superior.")
    else:
        sentence = _("“%(name)s” is neither in this file nor in the system.")
    return sentence % {"name": entry.manager}


def people_named(entries: list[Entry]) -> tuple[set[str], dict[str, set[str]]]:
    """Return the staff numbers in the file and the system, and the numbers of each name."""
    named = dict(Person.objects.filter(left_at__isnull=True).values_list("code", "name"))
    named.update({entry.code: entry.name for entry in entries})
    names: dict[str, set[str]] = {}
    for code, name in named.items():
        names.setdefault(name, set()).add(code)
    return set(named), names


def _new_departments(entries: list[Entry]) -> dict[str, str]:
    """Return the departments that are not here yet, each with the one above it or ""."""
    here = set(Department.objects.values_list("name", flat=True))
    wanted: dict[str, str] = {}
    for entry in entries:
        for name, parent in ((entry.parent, ""), (entry.department, entry.parent)):
            if name and name not in here:
                wanted[name] = parent or wanted.get(name, "")
    return wanted


def _circles(entries: list[Entry]) -> list[Problem]:
    """Return the rows whose department would come to lie below itself."""
    parents = {
        name: parent or ""
        for name, parent in Department.objects.values_list("name", "parent__name")
    }
    problems = []
    for entry in entries:
        if entry.department and entry.parent:
            parents.setdefault(entry.department, entry.parent)
            if not parents[entry.department]:
                parents[entry.department] = entry.parent
    for entry in entries:
        if entry.department and _returns(entry.department, parents):
            sentence = _("“%(name)s” would belong to a department below itself.")
            problems.append(Problem(entry.row, "上级部门", sentence % {"name": entry.department}))
    return problems


def _returns(name: str, parents: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    place = name
    while place and place not in seen:
        seen.add(place)
        place = parents.get(place, "")
    return bool(place)
