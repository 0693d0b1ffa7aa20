"""Files beside a case or a form."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import PurePath

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.cases.actions.keeping import reached
from xunzhang.cases.models import Attachment
from xunzhang.lib.errors import Invalid
from xunzhang.lib.text import tidy
from xunzhang.policy.queries.approvals import asked_with

MOST_BYTES = 20 * 1024 * 1024
BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF8",),
    ".webp": (b"RIFF",),
    ".heic": (b"\x00\x00\x00",),
    ".mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3"),
    ".m4a": (b"\x00\x00\x00",),
    ".mp4": (b"\x00\x00\x00",),
    ".docx": (b"PK\x03\x04",),
    ".xlsx": (b"PK\x03\x04",),
    ".doc": (b"\xd0\xcf\x11\xe0",),
    ".xls": (b"\xd0\xcf\x11\xe0",),
}
"""What may be kept, and how each kind of file begins: a name alone proves nothing."""
_AT_ONCE = 100
LOOSE_FOR = timedelta(days=1)
"""How long a file waits for the ask that may follow when an act needs an approval."""


@transaction.atomic
def attach(
    *,
    file: File[bytes],
    by: int | None,
    at: datetime,
    case: str | None = None,
    loose: bool = False,
) -> Attachment:
    """The file is kept in the data directory, beside the case where one is named.

    A `loose` one is kept for what is about to be done: until `hold_files` it may be swept away.
    """
    row = reached(case, by) if case is not None else None
    name = tidy(PurePath(str(file.name).replace("\\", "/")).name)[-200:]
    _check(file, PurePath(name).suffix.lower())
    attachment = Attachment(
        case=row, name=name, size=file.size, loose=loose, added_at=at, added_by_id=by
    )
    attachment.file.save(name, file, save=False)
    attachment.save()
    return attachment


def hold_files(*, files: Collection[str]) -> None:
    """The files with these keys are named by something that is kept; they are no longer loose."""
    if Attachment.objects.filter(key__in=files).update(loose=False) < len(set(files)):
        raise Invalid({"": [_("A file is no longer kept; choose it once more.")]})


@transaction.atomic
def let_go(*, attachment: Attachment) -> None:
    """What the file was sent for was refused: it is gone, once nothing can be taken back any more."""
    gone, _each = Attachment.objects.filter(pk=attachment.pk, loose=True).delete()
    if gone:
        transaction.on_commit(lambda: attachment.file.delete(save=False))


def sweep_files(*, at: datetime) -> int:
    """Loose files of an ask that nobody made within a day are gone; those that an ask names are held."""
    old = Attachment.objects.filter(loose=True, added_at__lt=at - LOOSE_FOR).order_by("pk")
    rows = list(old[:_AT_ONCE])
    for row in rows:
        if asked_with(str(row.key), asker=row.added_by_id, since=row.added_at):
            hold_files(files=[str(row.key)])
        else:
            let_go(attachment=row)
    return len(rows)


def _check(file: File[bytes], suffix: str) -> None:
    if suffix not in BEGINNINGS:
        kinds = " ".join(sorted(BEGINNINGS))
        raise Invalid(
            {"file": [_("Files of these kinds can be kept: %(kinds)s.") % {"kinds": kinds}]}
        )
    if file.size > MOST_BYTES:
        raise Invalid({"file": [_("A file may have at most 20 MB.")]})
    file.seek(0)
    begins = file.read(16)
    file.seek(0)
    if not begins.startswith(BEGINNINGS[suffix]):
        told = {"kind": suffix}
        raise Invalid(
            {"file": [_("The content of this file is not that of a %(kind)s file.") % told]}
        )
