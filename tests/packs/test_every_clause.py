"""Whoever adopts a shipped policy can rely on it: its stories hold, and every clause of its document is carried.

The catalogue of clauses is looked for beside the checkout, or where XUNZHANG_CLAUSES says.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from xunzhang.cli.clauses.carriers import carriers_of
from xunzhang.cli.clauses.catalogue import read
from xunzhang.cli.clauses.proofs import Proved, by_rehearsal, by_tests, gathered
from xunzhang.cli.clauses.report import Standing, standings
from xunzhang.cli.files import below
from xunzhang.cli.parallel import each
from xunzhang.cli.shelf import load_together
from xunzhang.law.loader import PACKS, packs
from xunzhang.law.text import Edition

ROOT = Path(__file__).parents[2]
CATALOGUE = Path(os.environ.get("XUNZHANG_CLAUSES") or ROOT.parent / "shared" / "clauses")
MAY_WAIT = 0.2


def test_all_policies_stand_together_their_stories_hold_and_no_clause_is_left():
    editions = together()
    stories = below(PACKS, "rehearsal")
    assert {path.parent.name for path in packs()} == {path.parent.parent.name for path in stories}
    proved = each(by_rehearsal, stories)
    assert [str(one.path) for one in proved if not one.holds] == []
    if CATALOGUE.is_dir():
        every_clause(told(editions, proved))
    else:
        pytest.skip(f"all stories hold; there is no catalogue of clauses at {CATALOGUE}")


def together() -> list[Edition]:
    loaded = load_together(list(packs()))
    wrong = [problem for one in loaded for problem in one.problems if not problem.warning]
    assert [f"{problem.file}:{problem.line} {problem.say('en')}" for problem in wrong] == []
    return [one.edition for one in loaded if one.edition is not None]


def told(editions: Sequence[Edition], proved: Sequence[Proved]) -> list[Standing]:
    clauses, problems = read(CATALOGUE)
    assert problems == []
    return standings(clauses, carriers_of(editions), gathered(proved, by_tests(ROOT / "tests")))


def every_clause(found: Sequence[Standing]) -> None:
    waiting = {one.clause.id for one in found if one.waits}
    left = {one.clause.id for one in found if not one.carried_by}
    assert sorted(left - waiting) == []
    enforced = [one for one in found if one.clause.level == "enforced"]
    unproven = {one.clause.id for one in enforced if not one.proven_by}
    assert sorted(unproven - waiting) == []
    assert len(unproven) <= MAY_WAIT * len(enforced)
