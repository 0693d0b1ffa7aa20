"""Pages by cursor: page 1,800 of a list costs what page 1 costs, and new rows do not shift the ones read.

A list is ordered by one field and, where rows share its value, by primary key. Rows without a value come last,
in either direction. A cursor names a row's place and a direction; it is signed, so that only ours are read.
"""

from collections.abc import Callable
from dataclasses import dataclass
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
class _Place:
    value: Any
    pk: int
    backward: bool


@dataclass(frozen=True)
class Ordering:
    """How a list is ordered: by a field (`due_at`, `customer__name`), rising unless `descending`."""

    field: str
    descending: bool = False
    nullable: bool = False

    def page(self, rows: QuerySet[Row], *, size: int = 50, cursor: str | None = None) -> Page[Row]:
        """Return the page at the cursor (the first without one); Invalid when the cursor is not one of ours."""
        place = self._read(cursor) if cursor else None
        backward = place is not None and place.backward
        selected = rows.order_by(*self._terms(backward=backward))
        if place is not None:
            selected = selected.filter(self._beyond(place))
        found = list(selected[: size + 1])
        more, found = len(found) > size, found[:size]
        if backward:
            found.reverse()
        has_next = backward or more
        has_previous = more if backward else place is not None
        return Page(
            rows=found,
            next=self._cursor(found[-1], backward=False) if found and has_next else None,
            previous=self._cursor(found[0], backward=True) if found and has_previous else None,
        )

    def _terms(self, *, backward: bool) -> tuple[OrderBy, OrderBy]:
        falling = self.descending != backward
        ends: dict[str, Any] = {}
        if self.nullable:
            ends = {"nulls_first": True} if backward else {"nulls_last": True}
        return OrderBy(F(self.field), descending=falling, **ends), OrderBy(
            F("pk"), descending=falling
        )

    def _beyond(self, place: _Place) -> Q:
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

    def _cursor(self, row: Model, *, backward: bool) -> str:
        value: Any = row
        for step in self.field.split("__"):
            value = getattr(value, step, None)
        kind = "None" if value is None else type(value).__name__
        written = value.isoformat() if isinstance(value, date) else str(value)
        return signing.Signer(salt=self._salt).sign_object([kind, written, row.pk, backward])

    def _read(self, cursor: str) -> _Place:
        try:
            kind, written, pk, backward = signing.Signer(salt=self._salt).unsign_object(cursor)
        except (signing.BadSignature, ValueError):
            sentence = _(
                "This link to a page of the list is damaged or belongs to another list; open the list anew."
            )
            raise Invalid({"cursor": [sentence]}, code="cursor-unreadable") from None
        return _Place(None if kind == "None" else _READERS[kind](written), pk, backward)

    @property
    def _salt(self) -> str:
        return f"xunzhang.page.{self.field}.{self.descending}"
