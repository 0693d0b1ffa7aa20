"""The word that is new after each change of people, roles or departments."""

from uuid import UUID, uuid4

from xunzhang.organisation.models import DirectoryMark

_ROW = 1


def current_mark() -> UUID | None:
    """Return the word that stands; None as long as nothing has ever been changed by an action."""
    return DirectoryMark.objects.filter(pk=_ROW).values_list("mark", flat=True).first()


def renew_mark() -> None:
    """Make every kept directory old, as soon as this transaction is committed."""
    DirectoryMark.objects.update_or_create(pk=_ROW, defaults={"mark": uuid4()})
