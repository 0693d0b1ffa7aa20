"""One step ahead: while one portion is being kept, the next is read and understood."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

from django.utils.translation import get_language, override

Step = TypeVar("Step")


def ahead(steps: Iterator[Step]) -> Iterator[Step]:
    """Yield the steps; a thread takes the next one meanwhile, in the same language and without the database."""
    language = get_language()

    def following() -> list[Step]:
        with override(language):
            return list(islice(steps, 1))

    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(following)
        while found := waiting.result():
            waiting = thread.submit(following)
            yield from found
