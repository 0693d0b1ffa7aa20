"""A policy officer plays stories through his policy."""

import json
from pathlib import Path

from tests.cli.conftest import Run, change


def test_a_folder_of_stories_holds(run: Run, shelf: Path):
    (shelf / "rehearsals/again.yaml").write_text(
        (shelf / "rehearsals/late.yaml").read_text("utf-8"), "utf-8"
    )
    result = run("rehearse", shelf)
    assert result.exit_code == 0
    assert result.output == "2 rehearsals: 2 hold · 12 expectations\n"


def test_a_story_that_fails_says_where_and_what_there_was_instead(run: Run, shelf: Path):
    story = shelf / "rehearsals/late.yaml"
    change(story, ("due: 2026-03-04", "due: 2026-03-03"), ("fine: 50", "fine: 80"))
    result = run("rehearse", story)
    assert result.exit_code == 1
    assert f"{story}:10  step 1, 2026-03-02 10:00" in result.output
    assert "due should be 2026-03-03, is 2026-03-04" in result.output
    assert f"{story}:14  step 2" in result.output
    assert "fine should be 80, is 50" in result.output
    assert "1 rehearsal: 0 hold · 1 fails" in result.output


def test_a_rule_that_nearly_applied_is_named_with_its_reason(run: Run, shelf: Path):
    story = shelf / "rehearsals/late.yaml"
    change(story, ("purpose: 例行", "purpose: 顺路"))
    result = run("rehearse", story)
    assert "rules that nearly applied" in result.output
    assert "visit-report" in result.output
    assert "顺路" in result.output
    assert "例行" in result.output


def test_the_same_in_chinese(run: Run, shelf: Path):
    change(shelf / "rehearsals/late.yaml", ("due: 2026-03-04", "due: 2026-03-03"))
    result = run("rehearse", shelf, "--lang", "zh")
    assert "第 1 步，2026-03-02 10:00" in result.output
    assert "due 应为 2026-03-03，实为 2026-03-04" in result.output


def test_a_trace_tells_everything_with_because(run: Run, shelf: Path):
    result = run("rehearse", shelf / "rehearsals/late.yaml", "--trace")
    assert result.exit_code == 0
    assert "+ duty visit-report  李娜(li)  due 2026-03-04  [open]" in result.output
    assert "because visits@1 article 1 · visit-report" in result.output
    assert "facts purpose = 例行" in result.output
    assert "~ duty visit-report  李娜(li)  due 2026-03-04  [overdue]" in result.output
    assert "+ sanction 50 CNY  李娜(li)" in result.output
    assert "= ruling refused  1" in result.output


def test_programs_get_json(run: Run, shelf: Path):
    found = json.loads(run("rehearse", shelf, "--json").output)
    assert (found["total"], found["held"], found["failed"]) == (1, 1, 0)
    story = found["rehearsals"][0]
    assert story["proven"] == ["V-1"]
    assert story["steps"][1]["new"]["breaches"][0]["because"]["rule"] == "visit-report"


def test_a_draft_is_played_against_the_policy_in_force(run: Run, shelf: Path):
    draft = shelf / "draft.yaml"
    draft.write_text((shelf / "visits.yaml").read_text("utf-8"), "utf-8")
    change(
        draft,
        ("value: 2 workdays", "value: 1 workday"),
        ("fine: 50", "fine: 80"),
        ("version: 1", "version: 2"),
        ("effective: 2026-01-01", "effective: 2026-09-01"),
        ("only_if: {customer.filed: true}", "only_if: {amount: '< 500'}"),
    )
    result = run("rehearse", shelf / "rehearsals", "--against", draft)
    assert result.exit_code == 0
    assert "李娜(li) · 宝鸡恒泰机电有限公司(c1)" in result.output
    assert "- duty visit-report  李娜(li)  due 2026-03-04  [overdue]" in result.output
    assert "+ duty visit-report  李娜(li)  due 2026-03-03  [overdue]" in result.output
    assert "+ sanction 80 CNY" in result.output
    assert "fines in all 50 → 80 CNY" in result.output
    assert "step 3 (line 20)" in result.output


def test_a_draft_that_changes_nothing_makes_no_difference(run: Run, shelf: Path):
    result = run("rehearse", shelf / "rehearsals", "--against", shelf / "visits.yaml")
    assert result.exit_code == 0
    assert "no difference" in result.output
    assert "0 gained · 0 lost" in result.output


def test_a_draft_of_another_policy_is_said_not_to_be_used(run: Run, shelf: Path):
    other = shelf / "other.yaml"
    other.write_text((shelf / "visits.yaml").read_text("utf-8"), "utf-8")
    change(other, ("policy: visits", "policy: others"))
    assert (
        "does not use the policy others"
        in run("rehearse", shelf / "rehearsals", "--against", other).output
    )


def test_a_broken_draft_fails_with_its_places(run: Run, shelf: Path):
    (shelf / "draft.yaml").write_text("policy: visits\n", "utf-8")
    result = run("rehearse", shelf / "rehearsals", "--against", shelf / "draft.yaml")
    assert result.exit_code == 1
    assert "draft.yaml:1:1: error" in result.output


def test_a_story_with_an_error_is_not_played_and_the_others_are(run: Run, shelf: Path):
    (shelf / "rehearsals/typo.yaml").write_text(
        "rehearsal: x\npolicies: [nowhere]\nsteps: [{at: tomorrow}]\n", "utf-8"
    )
    result = run("rehearse", shelf)
    assert result.exit_code == 1
    assert "typo.yaml:2:12: error" in result.output
    assert "typo.yaml:3:" in result.output
    assert "2 rehearsals: 1 hold · 1 cannot be played" in result.output


def test_a_year_whose_holidays_are_unknown_ends_the_story_with_a_word(run: Run, shelf: Path):
    story = shelf / "rehearsals/late.yaml"
    change(story, ("2026-03", "2031-03"))
    result = run("rehearse", story)
    assert result.exit_code == 1
    assert "2031" in result.output


def test_a_folder_without_stories_is_a_wrong_call(run: Run, tmp_path: Path):
    (tmp_path / "compose.yaml").write_text("services: {}\n", "utf-8")
    assert run("rehearse", tmp_path).exit_code == 2


def test_a_policy_in_the_place_of_a_story_is_told_so(run: Run, shelf: Path):
    result = run("rehearse", shelf / "visits.yaml")
    assert result.exit_code == 1
    assert "visits.yaml:1:1: error" in result.output
