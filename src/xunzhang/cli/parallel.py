"""Work on many files in as many processes as the machine has processors."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Found = TypeVar("Found")
WORTH_A_PROCESS = 2
PORTIONS = 8


def each(function: Callable[[Item], Found], items: Sequence[Item]) -> list[Found]:
    """The results of a function for all items, in their order. Function and items must pickle.

    Each process takes a portion of neighbours at a time, which mostly need the same files.
    """
    workers = min(os.cpu_count() or 1, len(items))
    if workers < WORTH_A_PROCESS:
        return [function(item) for item in items]
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
        portion = max(1, len(items) // (workers * PORTIONS))
        return list(pool.map(function, items, chunksize=portion))
