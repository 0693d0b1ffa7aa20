"""A file as an answer: written where large ones have room, closed when it was sent or could not be made."""

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import BinaryIO

from django.http import FileResponse


def attachment(name: str, write: Callable[[BinaryIO], None]) -> FileResponse:
    """Return what `write` writes, to be kept under the name."""
    file = TemporaryFile()  # noqa: SIM115 (the answer closes it when it has been sent)
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name)
