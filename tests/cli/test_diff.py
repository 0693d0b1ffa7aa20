"""An approver reads what a new version changes."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run, change


@pytest.fixture
def draft(shelf: Path) -> Path:
    path = shelf / "draft.yaml"
    path.write_text((shelf / "visits.yaml").read_text("utf-8"), "utf-8")
    change(path, ("fine: 50", "fine: 80"), ("version: 1", "version: 2"))
    return path


def test_changes_are_sentences_under_their_article(run: Run, shelf: Path, draft: Path):
    result = run("diff", shelf / "visits.yaml", draft, "--lang", "zh")
    assert result.exit_code == 0
    assert "\n1 拜访报告\n" in result.output
    assert "罚款 50 元" in result.output
    assert "罚款 80 元" in result.output


def test_the_same_version_does_not_differ(run: Run, shelf: Path):
    result = run("diff", shelf / "visits.yaml", shelf / "visits.yaml")
    assert result.exit_code == 0
    assert "do not differ" in result.output


def test_programs_get_json(run: Run, shelf: Path, draft: Path):
    found = json.loads(run("diff", shelf / "visits.yaml", draft, "--json").output)
    assert (found["old"], found["new"]) == ("visits@1", "visits@2")
    assert "late-report-fine" in [one["name"] for one in found["differences"]]


def test_another_policy_is_compared_with_a_word(run: Run, shelf: Path, draft: Path):
    change(draft, ("policy: visits", "policy: calls"))
    assert "two different policies" in run("diff", shelf / "visits.yaml", draft).output


def test_a_version_with_errors_is_not_compared(run: Run, shelf: Path, draft: Path):
    change(draft, ("kind: duty", "kind: dutty"))
    result = run("diff", shelf / "visits.yaml", draft)
    assert result.exit_code == 1
    assert "draft.yaml:16:15: error" in result.output
