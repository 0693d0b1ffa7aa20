"""Somebody asks whether every clause is carried and proven."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import POLICY, STORY, Run, change

CATALOGUE = """\
# a comment
- {id: V-1, level: enforced, kind: duty, article: "1", rule: 两个工作日内提交报告}
- {id: V-2, level: evidenced, kind: record, article: "2", rule: 报告存档}
- {id: V-3, level: guided, kind: guidance, article: "3", rule: 态度热情}
"""
TESTS = """
import pytest

pytestmark = [pytest.mark.clause("V-9")]


@pytest.mark.clause("V-2", "V-3")
def test_reports_are_kept():
    raise AssertionError("is read, not run")


class TestKeeping:
    @pytest.mark.clause("V-2")
    async def test_again(self):
        pass

    def helper(self):
        pass
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A catalogue, a folder with one pack, and tests."""
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue/V.yaml").write_text(CATALOGUE, "utf-8")
    (tmp_path / "packs/visits/rehearsals").mkdir(parents=True)
    (tmp_path / "packs/visits/policy.yaml").write_text(
        POLICY.replace("    clause: [V-1]", "    clause: [V-1, V-2]\n    waits: {V-2: 报告页面}"),
        "utf-8",
    )
    (tmp_path / "packs/visits/rehearsals/late.yaml").write_text(
        STORY.replace("../visits.yaml", "../policy.yaml"), "utf-8"
    )
    (tmp_path / "tests").mkdir()
    return tmp_path


def clauses(run: Run, desk: Path, *more: str):
    return run(
        "clauses", desk / "catalogue", "--packs", desk / "packs", "--tests", desk / "tests", *more
    )


def test_programs_get_totals_by_level_and_every_clause(run: Run, desk: Path):
    found = json.loads(clauses(run, desk, "--json").stdout)
    assert found == {
        "total": 3,
        "carried": 1,
        "proven": 1,
        "by_level": {
            "enforced": {"total": 1, "carried": 1, "proven": 1},
            "evidenced": {"total": 1, "carried": 0, "proven": 0},
            "guided": {"total": 1, "carried": 0, "proven": 0},
        },
        "rows": [
            {
                "id": "V-1",
                "level": "enforced",
                "carried_by": [
                    "visits 1",
                    "visits rule:visit-report",
                    "visits rule:late-report-fine",
                    "visits rule:filed-only",
                ],
                "proven_by": ["visits/rehearsals/late.yaml:14"],
            },
            {"id": "V-2", "level": "evidenced", "carried_by": [], "proven_by": []},
            {"id": "V-3", "level": "guided", "carried_by": [], "proven_by": []},
        ],
        "waits": [{"id": "V-2", "policy": "visits", "article": "1", "needs": "报告页面"}],
    }


def test_a_test_proves_what_waits_for_a_screen(run: Run, desk: Path):
    (desk / "tests/test_reports.py").write_text(TESTS, "utf-8")
    result = clauses(run, desk, "--json")
    found = json.loads(result.stdout)
    assert found["rows"][1]["carried_by"] == ["visits 1"]
    assert found["rows"][1]["proven_by"] == [
        "tests/test_reports.py::test_reports_are_kept",
        "tests/test_reports.py::TestKeeping::test_again",
    ]
    assert found["waits"] == []
    assert found["carried"] == found["proven"] == 2
    assert "V-9" in result.stderr


def test_a_step_whose_expectation_fails_proves_nothing(run: Run, desk: Path):
    change(desk / "packs/visits/rehearsals/late.yaml", ("fine: 50", "fine: 51"))
    result = clauses(run, desk, "--json")
    assert json.loads(result.stdout)["proven"] == 0
    assert "late.yaml" in result.stderr


def test_a_step_without_an_expectation_proves_nothing(run: Run, desk: Path):
    story = desk / "packs/visits/rehearsals/late.yaml"
    text = story.read_text("utf-8")
    story.write_text(text[: text.index("    expect:\n      breaches")], "utf-8")
    assert json.loads(clauses(run, desk, "--json").stdout)["proven"] == 0


def test_gaps_are_listed_alone(run: Run, desk: Path):
    page = clauses(run, desk, "--missing", "--lang", "zh").output
    assert "V-1" not in page
    assert "等待：报告页面" in page
    assert "无承载" in page


def test_totals_and_rows_for_people(run: Run, desk: Path):
    page = clauses(run, desk).output
    assert "enforced                   1         1         1" in page
    assert "V                          3         1         1" in page
    assert "← visits rule:visit-report" in clauses(run, desk, "--all").output


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("id: V-1\n", "a clause file is a list"),
        ("- {level: enforced}\n", "at least id and level"),
        ("- {id: V-1, level: enforce}\n", "did you mean “enforced”?"),
        ("- {id: V-1, level: guided}\n- {id: V-1, level: guided}\n", "is there twice"),
        ("- [\n", "error"),
    ],
)
def test_a_catalogue_with_errors_says_where(run: Run, desk: Path, content: str, says: str):
    (desk / "catalogue/V.yaml").write_text(content, "utf-8")
    result = clauses(run, desk)
    assert result.exit_code == 1
    assert says in result.output


def test_a_rule_that_nobody_misses_is_reported(run: Run, desk: Path):
    story = desk / "packs/visits/rehearsals/late.yaml"
    assert run("clauses", "--mutate", "--packs", desk / "packs").exit_code == 0
    text = story.read_text("utf-8")
    story.write_text(text[: text.index("  - at: 2026-03-05T09:00")], "utf-8")
    result = run("clauses", "--mutate", "--packs", desk / "packs")
    assert result.exit_code == 1
    assert "nobody misses: visits 1 filed-only" in result.output
    assert "3 rules deleted: 2 noticed · 1 not noticed" in result.output


def test_a_story_that_does_not_hold_notices_nothing(run: Run, desk: Path):
    change(desk / "packs/visits/rehearsals/late.yaml", ("fine: 50", "fine: 51"))
    found = json.loads(run("clauses", "--mutate", "--packs", desk / "packs", "--json").output)
    assert (found["deleted"], found["noticed"]) == (3, 0)


def test_one_pack_alone(run: Run, desk: Path):
    assert (
        "3 rules deleted"
        in run("clauses", "--mutate", "--packs", desk / "packs", "--pack", "visits").output
    )
    assert run("clauses", "--mutate", "--packs", desk / "packs", "--pack", "calls").exit_code == 2


def test_the_clauses_of_one_pack_alone(run: Run, desk: Path):
    (desk / "catalogue/W.yaml").write_text("- {id: W-1, level: guided}\n", "utf-8")
    assert json.loads(clauses(run, desk, "--json").stdout)["total"] == 4
    assert json.loads(clauses(run, desk, "--json", "--pack", "visits").stdout)["total"] == 3
