"""A process that works beside this one, on another core: it answers what it is asked, one question at a time.

python -m xunzhang.lib.beside DESCRIPTOR
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection

import django
from django.utils.module_loading import import_string
from django.utils.translation import activate, get_language

READY = "ready"


@contextmanager
def beside(work: str, *settled: object) -> Iterator[Connection]:
    """Yield a connection to a process that calls a function for each question sent and sends back what it returns.

    `work` is the dotted name of what makes that function out of what is `settled`. The process says READY first.
    It ends with this one, however that ends; should it end before, the connection raises EOFError or OSError.
    """
    ours, theirs = Pipe()
    command = [sys.executable, "-m", __name__, str(theirs.fileno())]
    with subprocess.Popen(command, pass_fds=[theirs.fileno()]):  # noqa: S603 - our own module
        theirs.close()
        try:
            ours.send((get_language(), work, settled))
            yield ours
        finally:
            ours.close()


def main(descriptor: str) -> None:
    """Answer until the other side closes or is gone."""
    asked = Connection(int(descriptor))
    try:
        language, work, settled = asked.recv()
        django.setup()
        activate(language or "")
        function = import_string(work)(*settled)
        asked.send(READY)
        while True:
            asked.send(function(asked.recv()))
    except (EOFError, OSError):
        return


if __name__ == "__main__":
    main(*sys.argv[1:])
