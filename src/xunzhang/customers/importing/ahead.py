"""One portion ahead: while one is being kept, a process beside this one understands the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from xunzhang.customers.importing.reading import Column, Entry, People, Reader
from xunzhang.customers.search.terms import words_of
from xunzhang.lib.beside import beside
from xunzhang.lib.sheets import Row

WORTH_A_PROCESS = 5_000
Understood = Callable[[list[Row]], list[Entry]]


@contextmanager
def understanding(reader: Reader, *, rows: int) -> Iterator[Ahead]:
    """Yield what understands about so many rows; another process helps where they are many."""
    if rows < WORTH_A_PROCESS:
        yield Ahead(reader.findable, None)
        return
    with beside(f"{__name__}.understood", reader.columns, reader.people) as helper:
        yield Ahead(reader.findable, helper)


def understood(columns: list[Column], people: People) -> Understood:
    """Return what understands a portion in the process beside, with its dictionaries at hand."""
    words_of("循章")
    return Reader(columns, people).findable


class Ahead:
    """Portions of rows go in, their entries come out in the same order."""

    def __init__(self, here: Understood, helper: Connection | None) -> None:
        self.here = here
        self.helper = helper

    def entries(self, portions: Iterable[list[Row]]) -> Iterator[list[Entry]]:
        """Yield each portion's entries; until the helper is ready they are made here."""
        helper, busy = self.helper, False
        for portion in portions:
            if helper is not None and busy:
                done = helper.recv()
                helper.send(portion)
                yield done
            elif helper is not None and helper.poll():
                helper.recv()
                half = len(portion) // 2
                helper.send(portion[half:])
                busy = True
                yield self.here(portion[:half])
            else:
                yield self.here(portion)
        if helper is not None and busy:
            yield helper.recv()
