"""The worker: lets time take effect, runs what was left to run, and sends mail. Any number may run."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Event

from django.db import close_old_connections

from xunzhang.cases import actions as cases
from xunzhang.customers.importing import run_queued
from xunzhang.jobs.mail import send_due
from xunzhang.lib import clock
from xunzhang.policy import actions as policy

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Chore:
    """Something that the worker does again and again; it says how much it did."""

    name: str
    do: Callable[[datetime], int]


def _tick(at: datetime) -> int:
    return policy.tick(at=at).gone_off


def _imports(_at: datetime) -> int:
    return run_queued(clock.now)


def _files(at: datetime) -> int:
    return cases.sweep_files(at=at)


CHORES = (
    Chore("tick", _tick),
    Chore("imports", _imports),
    Chore("mail", send_due),
    Chore("files", _files),
)


def work(stop: Event, *, pause: float = 2.0, chores: Iterable[Chore] = CHORES) -> None:
    """Do the chores until `stop` is set; one that fails is told and tried again the next time."""
    while not stop.is_set():
        busy = sum(_do(chore) for chore in chores)
        close_old_connections()
        if not busy:
            stop.wait(pause)


def work_once(chores: Iterable[Chore] = CHORES) -> None:
    """Do each chore once."""
    for chore in chores:
        _do(chore)


def _do(chore: Chore) -> int:
    try:
        return chore.do(clock.now())
    except Exception:
        log.exception("The chore “%s” failed; it is tried again", chore.name)
        return 0
