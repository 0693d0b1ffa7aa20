"""A process dies in the middle, again and again, and the next one goes on: the ledger is whole, and nothing
is doubled or lost against a run that nobody disturbed."""

import signal
from collections.abc import Callable
from random import uniform
from time import sleep

import pytest
from tests.killed.conftest import Place, output_of

DEATHS = 3
WHAT_MUST_HAVE_HAPPENED = {
    "import": ("customers", 2_393),
    "tick": ("breaches", 200),
    "visit": ("duties", 200 + 2 * 80),
}


def killed(place: Place, job: str, minutes: int, after: float) -> bool:
    """Start a process on a job and kill it so many seconds after it has begun; False when it was faster."""
    with place.start(job, minutes) as child:
        assert output_of(child).readline() == "begun\n"
        sleep(after)
        child.send_signal(signal.SIGKILL)
    return child.returncode == -signal.SIGKILL


@pytest.mark.parametrize("job", WHAT_MUST_HAVE_HAPPENED)
def test_who_is_killed_leaves_nothing_doubled_or_lost(
    another: Callable[[], Place], job: str
) -> None:
    undisturbed = another()
    whole = undisturbed.seconds(job)
    disturbed = another()
    # The next one to try the import comes when the claim of the dead one has run out
    deaths = [
        killed(disturbed, job, 2 * nth, uniform(0.05, 0.6) * whole / (nth + 1))
        for nth in range(DEATHS)
    ]
    assert any(deaths)
    disturbed.finish(job, 2 * DEATHS)
    expected = undisturbed.picture()
    assert disturbed.picture() == expected
    assert expected["chain broken at"] is None
    name, number = WHAT_MUST_HAVE_HAPPENED[job]
    assert len(expected[name]) >= number


def test_of_two_workers_at_once_one_dies_and_the_other_does_it_all(
    another: Callable[[], Place],
) -> None:
    undisturbed, disturbed = another(), another()
    whole = undisturbed.seconds("tick")
    with disturbed.start("tick") as survivor:
        killed(disturbed, "tick", 0, uniform(0.05, 0.6) * whole)
        output_of(survivor).read()
    assert survivor.returncode == 0
    assert disturbed.picture() == undisturbed.picture()


def test_two_processes_with_the_same_clicks_record_each_once(another: Callable[[], Place]) -> None:
    undisturbed, disturbed = another(), another()
    undisturbed.finish("visit")
    with disturbed.start("visit") as first, disturbed.start("visit") as second:
        output_of(first).read()
        output_of(second).read()
    assert (first.returncode, second.returncode) == (0, 0)
    assert disturbed.picture() == undisturbed.picture()
