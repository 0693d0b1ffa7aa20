"""Keep a row: checked as a whole, and never over somebody else's change."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import F, Model

from xunzhang.lib.errors import Invalid, StaleRevision


def keep(row: Model) -> None:
    """Save the row if its fields and constraints hold; Invalid names each field that does not."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise as_invalid(error) from None
    row.save()


def keep_revised(row: Any, *, read: int) -> None:
    """Save a row that was read at revision `read`; StaleRevision when it has been changed since.

    The row gets the next revision. Call it inside a transaction.
    """
    same = type(row).objects.filter(pk=row.pk, revision=read)
    if not same.update(revision=F("revision") + 1):
        stands = type(row).objects.filter(pk=row.pk).values_list("revision", flat=True).first()
        raise StaleRevision(read=read, stands=-1 if stands is None else stands)
    row.revision = read + 1
    keep(row)


def as_invalid(error: ValidationError) -> Invalid:
    """Return Django's finding as the refusal that every face shows; the whole row stands under ""."""
    if not hasattr(error, "error_dict"):
        return Invalid({"": error.messages})
    return Invalid(
        {
            "" if name == NON_FIELD_ERRORS else name: lines
            for name, lines in error.message_dict.items()
        }
    )
