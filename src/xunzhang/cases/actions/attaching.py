"""Files beside a case or a form."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.cases.actions.keeping import reached
from xunzhang.cases.models import Attachment
from xunzhang.lib.errors import Invalid
from xunzhang.lib.text import tidy

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


@transaction.atomic
def attach(
    *, file: File[bytes], by: int | None, at: datetime, case: str | None = None
) -> Attachment:
    """The file is kept in the data directory, beside the case where one is named."""
    row = reached(case, by) if case is not None else None
    name = tidy(PurePath(str(file.name).replace("\\", "/")).name)[-200:]
    _check(file, PurePath(name).suffix.lower())
    attachment = Attachment(case=row, name=name, size=file.size, added_at=at, added_by_id=by)
    attachment.file.save(name, file, save=False)
    attachment.save()
    return attachment


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
