"""What one may see, as a file: masked unless there is a right and a reason, and always recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import BinaryIO, Literal

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.customers.access import may
from xunzhang.customers.masking import masked_id, masked_phone
from xunzhang.customers.models import Customer
from xunzhang.customers.queries.filters import CustomerFilter
from xunzhang.customers.queries.listing import found_rows
from xunzhang.lib.errors import Invalid, Refused
from xunzhang.lib.sheets import write_csv, write_xlsx
from xunzhang.organisation.models import Person
from xunzhang.policy import actions as policy

Cell = str | datetime | None
PORTION = 2_000


@transaction.atomic
def export(
    *,
    asked: CustomerFilter,
    into: BinaryIO,
    by: int,
    at: datetime,
    form: Literal["xlsx", "csv"] = "xlsx",
    in_full: bool = False,
    reason: str = "",
) -> None:
    """Write the customers that the person may see and the filter lets through; `customer.exported`."""
    person = Person.objects.select_related("account").get(pk=by)
    if in_full and not may(person, "customers.reveal"):
        raise Refused(
            "reveal-forbidden",
            _("Only holders of the right to reveal may export personal data in full."),
        )
    if in_full and not reason.strip():
        raise Invalid({"reason": [_("Say what the data is needed for.")]})
    keys = {"in_full": in_full, "reason": reason.strip(), "format": form}
    policy.require(action="customer.export", by=by, at=at, keys=keys)
    columns = columns_of(in_full=in_full)
    written = 0

    def rows() -> Iterator[list[Cell]]:
        nonlocal written
        for customer in found_rows(person, asked).order_by("pk").iterator(PORTION):
            written += 1
            yield [value(customer) for value in columns.values()]

    if form == "xlsx":
        write_xlsx(into, sheet=_("Customers"), headings=list(columns), rows=rows())
    else:
        write_csv(into, headings=list(columns), rows=rows())
    policy.record(type="customer.exported", by=by, at=at, keys={**keys, "count": written})


def columns_of(*, in_full: bool) -> dict[str, Callable[[Customer], Cell]]:
    """Return heading → value, in order; the headings are those that an import understands."""
    phone = str if in_full else masked_phone
    number = str if in_full else masked_id
    return {
        _("Customer number"): lambda row: row.code,
        _("Customer name"): lambda row: row.name,
        _("Customer kind"): lambda row: row.get_kind_display(),
        _("Unified social credit code"): lambda row: number(row.uscc or ""),
        _("Phone"): lambda row: phone(row.phone),
        _("Region"): lambda row: row.region,
        _("Industry"): lambda row: row.industry,
        _("Address"): lambda row: (
            row.address if in_full or row.kind == "company" else masked_id(row.address)
        ),
        _("Grade"): lambda row: row.grade,
        _("Status"): lambda row: row.get_status_display(),
        _("Source"): lambda row: row.source,
        _("Owner"): lambda row: row.owner.name if row.owner else "",
        _("Filed at"): lambda row: row.filed_at,
        _("Created at"): lambda row: row.created_at,
    }
