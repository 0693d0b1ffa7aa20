"""Small modules read well: a guide, with one hard line. `pytest -s tests/repository/test_sizes.py` shows the table."""

from statistics import median

from tests.repository.tree import ROOT, modules, shown

HARD_LINE = 500
LONGER_BECAUSE: dict[str, str] = {}


def test_no_module_is_longer_than_the_hard_line():
    lengths = {shown(path): len(path.read_text("utf-8").splitlines()) for path in modules()}
    league = sorted(lengths.items(), key=lambda row: -row[1])[:15]
    print(f"\nmedian {median(lengths.values()):.0f} lines in {len(lengths)} modules; the longest:")
    for name, length in league:
        print(f"{length:6} {name}")
    too_long = {name for name, length in league if length > HARD_LINE} - LONGER_BECAUSE.keys()
    assert not too_long


def test_every_exception_from_the_hard_line_is_still_one():
    for name, reason in LONGER_BECAUSE.items():
        assert reason
        assert len((ROOT / name).read_text("utf-8").splitlines()) > HARD_LINE
