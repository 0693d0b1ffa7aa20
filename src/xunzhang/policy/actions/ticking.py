"""Time has passed: what fell due goes off."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from traceback import format_exc

from django.db import OperationalError, transaction

from xunzhang.policy.models import TimerRow
from xunzhang.policy.unit import working

BATCH = 100
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(days=1)
PATIENCE = 3
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Ticked:
    """How many timers went off and how many failed; `more` when some are still due."""

    gone_off: int = 0
    failed: int = 0
    more: bool = False


def tick(*, at: datetime, most: int = 10_000) -> Ticked:
    """Everything that fell due up to `at` has gone off, but no more than `most`.

    Any number of workers may tick: whoever holds the head of the ledger works, in small batches, in order.
    What fails is put off, each time longer, with its error; the others go on.
    """
    done = Ticked()
    impatience = 0
    while done.gone_off + done.failed < most:
        size = min(BATCH, most - done.gone_off - done.failed)
        try:
            went = _batch(at, size)
        except OperationalError:
            impatience += 1
            if impatience > PATIENCE:
                raise
            continue
        except Exception:
            log.exception("A batch of timers failed; they go off one by one.")
            went = _one_by_one(at, size, done)
        done.gone_off += went
        if not TimerRow.objects.filter(run_at__lte=at).exists():
            return done
    done.more = TimerRow.objects.filter(run_at__lte=at).exists()
    return done


def _batch(at: datetime, size: int) -> int:
    with transaction.atomic(), working(at, most_timers=size) as unit:
        unit.add(unit.engine.advance(at))
        return len(unit.history.gone_off)


def _one_by_one(at: datetime, size: int, done: Ticked) -> int:
    went = 0
    for _nth in range(size):
        taken: list[int] = []
        try:
            _single(at, taken)
            went += len(taken)
        except Exception:
            if not taken:
                raise
            _put_off(taken[0], at)
            done.failed += 1
        if not taken:
            break
    return went


def _single(at: datetime, taken: list[int]) -> None:
    """Let one timer go off; `taken` names it, also when it fails."""
    with transaction.atomic(), working(at, most_timers=1) as unit:
        unit.history.gone_off = taken
        unit.add(unit.engine.advance(at))


@transaction.atomic
def _put_off(timer: int, at: datetime) -> None:
    """Try a timer again later, each time later, and keep what went wrong."""
    row = TimerRow.objects.select_for_update().filter(pk=timer).first()
    if row is None:
        return
    wait = min(FIRST_WAIT * 2**row.failures, LONGEST_WAIT)
    row.failures += 1
    row.error = format_exc(limit=-8)
    row.run_at = at + wait
    row.save(update_fields=["failures", "error", "run_at"])
    log.error(
        "Timer %s failed for the %s. time; it is tried again at %s.", row, row.failures, row.run_at
    )
