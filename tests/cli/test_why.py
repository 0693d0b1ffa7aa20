"""An auditor asks why."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run, change


@pytest.fixture
def story(shelf: Path) -> Path:
    return shelf / "rehearsals/late.yaml"


def test_a_duty_is_explained_by_article_rule_facts_and_days(run: Run, story: Path):
    result = run("why", story, "--step", 1, "--duty", "visit-report", "--lang", "zh")
    assert result.exit_code == 0
    assert "客户拜访制度 (visits@1)" in result.output
    assert "1 拜访报告" in result.output
    assert "拜访客户后两个工作日内提交拜访报告" in result.output
    assert "2 个工作日内" in result.output
    assert "例行" in result.output
    assert "2026-03-04（周三）  工作日  第 2 天" in result.output


def test_a_day_that_was_skipped_is_told_with_its_reason(run: Run, story: Path):
    change(story, ("2026-03-02T10:00", "2026-02-13T10:00"), ("due: 2026-03-04", "due: 2026-02-25"))
    page = run("why", story, "--step", 1, "--lang", "zh").output
    assert "2026-02-14（周六）" in page
    assert "春节" in page
    assert "不计" in page


def test_a_breach_and_what_it_brings(run: Run, story: Path):
    page = run("why", story, "--step", 2).output
    assert "2026-03-04 (Wed)  workday  day 2" in page
    assert "CNY 50" in page
    assert page.count("visits@1") == 2


def test_a_refusal_names_what_was_compared(run: Run, story: Path):
    page = run("why", story, "--step", 3, "--ruling", "--lang", "zh").output
    assert "客户尚未备案" in page
    assert "不予办理" in page


def test_a_rule_that_did_not_apply_is_named_with_its_reason(run: Run, shelf: Path, story: Path):
    fine = "      - {id: late-report-fine"
    other = "{id: other-visit, kind: duty, when: customer.visited, if: {purpose: 顺路}, who: by, do: visit.written_up}"
    change(shelf / "visits.yaml", (fine, f"      - {other}\n{fine}"))
    page = run("why", story, "--step", 1).output
    assert "rules that were looked at and did not apply" in page
    assert "1 other-visit" in page
    assert "顺路" in page


def test_a_notice_is_explained_as_well(run: Run, shelf: Path, story: Path):
    notice = "{id: tell, kind: notice, when: customer.visited, to: [owner], text: 记得写报告}"
    fine = "      - {id: late-report-fine"
    change(shelf / "visits.yaml", (fine, f"      - {notice}\n{fine}"))
    page = run("why", story, "--step", 1).output
    assert "notice  tell  → 李娜(li)  记得写报告" in page
    assert "tell: " in page


def test_programs_get_json(run: Run, story: Path):
    found = json.loads(run("why", story, "--step", 1, "--json").output)
    assert found[0]["grounds"][0]["days"][-1] | {"reason": ""} == {
        "on": "2026-03-04",
        "number": 2,
        "reason": "",
    }


def test_a_result_that_is_not_there(run: Run, story: Path):
    result = run("why", story, "--step", 1, "--breach", "late-visit-report")
    assert result.exit_code == 1
    assert "--trace shows them all" in result.stderr


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (["--step", "9"], "the rehearsal has 3 steps"),
        (["--step", "0"], "--step"),
        ([], "--step is missing"),
        (["--step", "x"], "--step"),
    ],
)
def test_a_wrong_question(run: Run, story: Path, line: list[str], says: str):
    result = run("why", story, *line)
    assert result.exit_code == 2
    assert says in result.stderr
