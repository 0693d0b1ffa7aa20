"""The company's time: the present, or the demonstration's walked one."""

from datetime import timedelta
from pathlib import Path

import pytest

from xunzhang.lib import clock
from xunzhang.lib.errors import Refused


@pytest.fixture
def demonstration(settings, tmp_path: Path) -> Path:
    file = tmp_path / "data" / "clock.json"
    settings.CLOCK_FILE = file
    return file


def test_the_present_is_told_in_the_companys_zone():
    assert clock.now().utcoffset() == timedelta(hours=8)
    assert clock.today() == clock.now().date()


def test_an_installation_does_not_let_its_time_be_walked():
    assert not clock.may_walk()
    with pytest.raises(Refused) as refusal:
        clock.walk_to(clock.now() + timedelta(days=1))
    assert refusal.value.code == "clock-fixed"


def test_a_demonstration_walks_to_next_month_and_the_clock_goes_on_from_there(
    demonstration, walked
):
    next_month = walked.moment + timedelta(days=30)
    clock.walk_to(next_month)
    assert clock.now() == next_month
    walked.walk_to(walked.moment + timedelta(minutes=5))
    assert clock.now() == next_month + timedelta(minutes=5)


def test_time_walked_twice_adds_up(demonstration, walked):
    clock.walk_to(walked.moment + timedelta(days=1))
    clock.walk_to(walked.moment + timedelta(days=3))
    assert clock.now() == walked.moment + timedelta(days=3)


def test_time_does_not_go_back(demonstration, walked):
    clock.walk_to(walked.moment + timedelta(days=2))
    with pytest.raises(Refused) as refusal:
        clock.walk_to(walked.moment + timedelta(days=1))
    assert refusal.value.code == "clock-backwards"
    assert clock.now() == walked.moment + timedelta(days=2)
