"""One row of the spreadsheet of people, read cell by cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from xunzhang.lib.sheets import Row
from xunzhang.lib.text import phone_key, tidy

HEADINGS: Mapping[str, str] = {
    "工号": "code",
    "员工编号": "code",
    "Staff number": "code",
    "姓名": "name",
    "Name": "name",
    "部门": "department",
    "Department": "department",
    "上级部门": "parent",
    "Parent department": "parent",
    "岗位": "roles",
    "角色": "roles",
    "岗位/角色": "roles",
    "Roles": "roles",
    "直属上级": "manager",
    "上级": "manager",
    "Superior": "manager",
    "区域": "region",
    "Region": "region",
    "手机": "phone",
    "电话": "phone",
    "Phone": "phone",
    "邮箱": "email",
    "E-mail": "email",
    "入职日期": "joined_on",
    "Joined on": "joined_on",
    "外部人员": "outside",
    "Outside": "outside",
}
_SEPARATORS = str.maketrans("、，,;；/|", " " * 7)
_YES = {"是", "外部", "yes", "y", "1", "true", "√"}
_NO = {"", "否", "内部", "no", "n", "0", "false"}
_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")


@dataclass(frozen=True)
class Problem:
    """What is wrong in a cell, and what would be right; `heading` is "" where the whole row is meant."""

    row: int
    heading: str
    message: str


@dataclass
class Entry:
    """A person as the row tells; departments and superiors are still words."""

    row: int
    code: str = ""
    name: str = ""
    department: str = ""
    parent: str = ""
    roles: list[str] = field(default_factory=list)
    manager: str = ""
    region: str = ""
    phone: str = ""
    email: str = ""
    joined_on: date | None = None
    outside: bool = False


def read_entry(row: Row, headings: tuple[str, ...]) -> tuple[Entry, list[Problem]]:
    """Return the entry of a row, and everything that is wrong with its cells."""
    cells = {
        HEADINGS[heading]: (heading, tidy(cell))
        for heading, cell in zip(headings, row.cells, strict=False)
        if heading in HEADINGS
    }
    entry = Entry(row=row.number)
    problems: list[Problem] = []
    for name, (heading, cell) in cells.items():
        try:
            setattr(entry, name, _read(name, cell))
        except ValueError as wrong:
            problems.append(Problem(row.number, heading, str(wrong)))
    for name, heading in (("code", "工号"), ("name", "姓名")):
        if not getattr(entry, name):
            problems.append(Problem(row.number, heading, _("This is empty; everybody needs one.")))
    return entry, problems


def _read(name: str, cell: str) -> object:
    match name:
        case "roles":
            return cell.translate(_SEPARATORS).split()
        case "phone":
            return _phone(cell)
        case "email":
            return _email(cell)
        case "joined_on":
            return _date(cell)
        case "outside":
            return _outside(cell)
        case _:
            return cell


def _phone(cell: str) -> str:
    key = phone_key(cell)
    if cell and not 5 <= len(key) <= 20:
        raise ValueError(_("“%(cell)s” is not a phone number.") % {"cell": cell})
    return key


def _email(cell: str) -> str:
    if cell:
        try:
            validate_email(cell)
        except ValidationError:
            sentence = _("“%(cell)s” is not an e-mail address; write name@example.com.")
            raise ValueError(sentence % {"cell": cell}) from None
    return cell


def _date(cell: str) -> date | None:
    if not cell:
        return None
    for shape in _DATES:
        try:
            return datetime.strptime(cell, shape).date()  # noqa: DTZ007 (a day, not a moment)
        except ValueError:
            continue
    raise ValueError(_("“%(cell)s” is not a date; write 2026-03-01.") % {"cell": cell})


def _outside(cell: str) -> bool:
    if cell.lower() in _YES | _NO:
        return cell.lower() in _YES
    raise ValueError(_("“%(cell)s” is neither 是 nor 否.") % {"cell": cell})
