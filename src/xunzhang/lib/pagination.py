"""Pages by cursor: page 1,800 of a list costs what page 1 costs, and new rows do not shift the ones read.

A list is ordered by one field and, where rows share its value, by primary key. Rows without a value come last,
in either direction. A cursor names a row's place and a direction; it is signed, so that only ours are read.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import F, Model, OrderBy, Q, QuerySet
from django.utils.translation import gettext as _

from xunzhang.lib.errors import Invalid

Row = TypeVar("Row", bound=Model)
_READERS: dict[str, Callable[[str], Any]] = {
    "str": str,
    "int": int,
    "bool": lambda written: written == "True",
    "Decimal": Decimal,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
}


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows in order, and the cursors of the pages after and before them, where there are any."""

    rows: list[Row]
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class Place:
    """Behind which row a page begins, or before which it ends."""

    value: Any
    pk: int
    backward: bool


@dataclass(frozen=True)
class Cut:
    """The part of a list that one page shows, and one row more, which tells whether there is another page."""

    ordering: "Ordering"
    place: Place | None
    size: int

    @property
    def backward(self) -> bool:
        """True when the page lies before the place."""
        return self.place is not None and self.place.backward

    def behind(self, rows: QuerySet[Row], *, by: str = "") -> QuerySet[Row]:
        """Return the rows from the place on, in the order in which they are read.

        `by` names an annotation that holds the value of the field, for rows that have it under another name.
        """
        ordering = replace(self.ordering, field=by) if by else self.ordering
        ordered = rows.order_by(*ordering.terms(backward=self.backward))
        return ordered if self.place is None else ordered.filter(ordering.beyond(self.place))

    def of(self, rows: QuerySet[Row], *, by: str = "") -> QuerySet[Row]:
        """Return the rows of the page and the one behind it."""
        return self.behind(rows, by=by)[: self.size + 1]

    def page(self, found: list[Row]) -> Page[Row]:
        """Return the page of the rows that `of` has found."""
        more, rows = len(found) > self.size, found[: self.size]
        if self.backward:
            rows.reverse()
        has_next = self.backward or more
        has_previous = more if self.backward else self.place is not None
        cursor = self.ordering.cursor
        return Page(
            rows=rows,
            next=cursor(rows[-1], backward=False) if rows and has_next else None,
            previous=cursor(rows[0], backward=True) if rows and has_previous else None,
        )


@dataclass(frozen=True)
class Ordering:
    """How a list is ordered: by a field (`due_at`, `customer__name`), rising unless `descending`."""

    field: str
    descending: bool = False
    nullable: bool = False

    def page(self, rows: QuerySet[Row], *, size: int = 50, cursor: str | None = None) -> Page[Row]:
        """Return the page at the cursor (the first without one); Invalid when the cursor is not one of ours."""
        cut = self.cut(cursor, size=size)
        return cut.page(list(cut.of(rows)))

    def cut(self, cursor: str | None = None, *, size: int = 50) -> "Cut":
        """Return where the page at the cursor lies; Invalid when the cursor is not one of ours."""
        return Cut(self, self._read(cursor) if cursor else None, size)

    def terms(self, *, backward: bool) -> tuple[OrderBy, OrderBy]:
        """Return by what rows are ordered, forward or backward."""
        falling = self.descending != backward
        ends: dict[str, Any] = {}
        if self.nullable:
            ends = {"nulls_first": True} if backward else {"nulls_last": True}
        return OrderBy(F(self.field), descending=falling, **ends), OrderBy(
            F("pk"), descending=falling
        )

    def beyond(self, place: Place) -> Q:
        """Return the condition for the rows that lie after the place, in the direction in which it looks."""
        falling = self.descending != place.backward
        further = "lt" if falling else "gt"
        later_pk = Q(**{f"pk__{further}": place.pk})
        without = Q(**{f"{self.field}__isnull": True})
        if place.value is None:
            return ~without | later_pk if place.backward else without & later_pk
        beyond = Q(**{f"{self.field}__{further}": place.value})
        level = Q(**{self.field: place.value})
        if self.nullable and not place.backward:
            return beyond | (level & later_pk) | without
        return Q(**{f"{self.field}__{further}e": place.value}) & (beyond | later_pk)

    def cursor(self, row: Model, *, backward: bool) -> str:
        """Return the cursor that names this row's place."""
        value: Any = row
        for step in self.field.split("__"):
            value = getattr(value, step, None)
        kind = "None" if value is None else type(value).__name__
        written = value.isoformat() if isinstance(value, date) else str(value)
        return signing.Signer(salt=self._salt).sign_object([kind, written, row.pk, backward])

    def _read(self, cursor: str) -> Place:
        try:
            kind, written, pk, backward = signing.Signer(salt=self._salt).unsign_object(cursor)
        except (signing.BadSignature, ValueError):
            sentence = _(
                "This link to a page of the list is damaged or belongs to another list; open the list anew."
            )
            raise Invalid({"cursor": [sentence]}, code="cursor-unreadable") from None
        return Place(None if kind == "None" else _READERS[kind](written), pk, backward)

    @property
    def _salt(self) -> str:
        return f"xunzhang.page.{self.field}.{self.descending}"
