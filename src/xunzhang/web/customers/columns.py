"""The columns of the list: which there are, what stands in each, and which ones this browser shows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from xunzhang.customers.masking import masked_id, masked_phone
from xunzhang.customers.models import Customer
from xunzhang.customers.queries.listing import Sort
from xunzhang.web.customers.tones import GRADE_TONES, STATUS_TONES
from xunzhang.web.templatetags.xz import moment, person, status_dot, tag

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

COOKIE = "xunzhang_customer_columns"
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what it shows of a row ("" for nothing), its order, and its place on a phone."""

    name: str
    title: "StrOrPromise"
    show: Callable[[Customer], Any]
    css: str = ""
    sort: Sort | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one column of one row."""

    column: Column
    shown: Any

    @property
    def css(self) -> str:
        """Its classes; an empty cell takes no room on a phone."""
        return f"{self.column.css} {'' if self.shown else 'blank'}".strip()


COLUMNS = {
    column.name: column
    for column in (
        Column(
            "grade",
            _("Grade"),
            lambda row: row.grade and tag(row.grade, GRADE_TONES.get(row.grade[:1], "")),
            css="aside",
            sort=Sort.GRADE,
        ),
        Column(
            "status",
            _("Status"),
            lambda row: status_dot(row.get_status_display(), STATUS_TONES[row.status]),
        ),
        Column(
            "owner",
            _("Owner"),
            lambda row: person(row.owner) if row.owner else tag(_("pool"), "amber"),
            sort=Sort.OWNER,
        ),
        Column("code", _("Customer number"), lambda row: row.code, css="nowrap pc"),
        Column("region", _("Region"), lambda row: row.region, css="nowrap"),
        Column("industry", _("Industry"), lambda row: row.industry, css="pc"),
        Column("phone", _("Phone"), lambda row: masked_phone(row.phone), css="nowrap number pc"),
        Column(
            "filed",
            _("Filed at"),
            lambda row: row.filed_at and moment(row.filed_at),
            css="nowrap pc",
        ),
        Column(
            "created",
            _("Created at"),
            lambda row: moment(row.created_at),
            css="nowrap pc",
            sort=Sort.CREATED,
        ),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), css="nowrap pc"),
        Column("source", _("Source"), lambda row: row.source, css="pc"),
        Column("uscc", _("Credit code"), lambda row: masked_id(row.uscc or ""), css="nowrap pc"),
    )
}
USUAL = ("grade", "status", "owner", "code", "region", "industry", "filed", "created")


def chosen(request: HttpRequest) -> list[Column]:
    """Return the columns that this browser shows, in their order."""
    names = {*request.COOKIES.get(COOKIE, "").split(".")} & COLUMNS.keys() or {*USUAL}
    return [column for name, column in COLUMNS.items() if name in names]


def keep(response: HttpResponse, names: Iterable[str]) -> None:
    """Remember the columns in the browser; none of them means the usual ones."""
    known = [name for name in COLUMNS if name in set(names)]
    response.set_cookie(COOKIE, ".".join(known), max_age=_YEAR, httponly=True, samesite="Lax")


def cells_of(row: Customer, columns: Iterable[Column]) -> list[Cell]:
    """Return what stands in the row."""
    return [Cell(column, column.show(row)) for column in columns]
