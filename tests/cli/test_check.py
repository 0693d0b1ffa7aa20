"""A policy officer checks what he wrote."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run, change


def test_a_sound_policy_passes_and_its_open_decisions_are_listed(run: Run, shelf: Path):
    result = run("check", shelf)
    assert result.exit_code == 0
    assert "$report_time = 2 workdays" in result.output
    assert "1 file · 0 errors" in result.output


def test_all_errors_of_all_files_come_at_once_with_their_places(run: Run, shelf: Path):
    change(shelf / "visits.yaml", ("kind: duty", "kind: dutty"), ("fine: 50", "fine: fifty"))
    (shelf / "second.yaml").write_text("policy: second\ntitle: 二\n", "utf-8")
    result = run("check", shelf)
    assert result.exit_code == 1
    assert f"{shelf / 'visits.yaml'}:16:15: error" in result.output
    assert "did you mean “duty”?" in result.output
    assert f"{shelf / 'visits.yaml'}:23:" in result.output
    assert f"{shelf / 'second.yaml'}:1:1: error" in result.output


def test_a_setting_without_a_value_puts_its_rules_to_rest(run: Run, shelf: Path):
    change(shelf / "visits.yaml", ("value: 2 workdays", "value: null"))
    result = run("check", shelf, "--lang", "zh")
    assert result.exit_code == 0
    assert "$report_time = 未定" in result.output
    assert "visit-report" in result.output


def test_warnings_do_not_fail(run: Run, shelf: Path):
    change(shelf / "visits.yaml", ("roles: [销售经理]", "roles: [销售经理, 没人用]"))
    result = run("check", shelf / "visits.yaml")
    assert result.exit_code == 0
    assert f"{shelf / 'visits.yaml'}:6:15: warning" in result.output


def test_policies_checked_together_may_use_one_anothers_events(run: Run, shelf: Path):
    (shelf / "second.yaml").write_text(
        "policy: second\ntitle: 二\nversion: 1\neffective: 2026-01-01\narticles:\n"
        "  - no: '1'\n    text: 读报告\n    rules:\n"
        "      - {id: read-it, kind: notice, when: visit.written_up, to: [owner], text: 请读}\n",
        "utf-8",
    )
    assert run("check", shelf / "second.yaml").exit_code == 1
    assert run("check", shelf).exit_code == 0


def test_a_rehearsal_that_is_named_is_checked_as_one(run: Run, shelf: Path):
    story = shelf / "rehearsals/late.yaml"
    assert run("check", story).exit_code == 0
    change(story, ("customer.visited", "customer.visitted"))
    result = run("check", story)
    assert result.exit_code == 1
    assert "customer.visitted" in result.output


def test_programs_get_json(run: Run, shelf: Path):
    change(shelf / "visits.yaml", ("kind: duty", "kind: dutty"))
    found = json.loads(run("check", shelf, "--json").output)
    assert found["errors"] == len(found["problems"])
    assert found["problems"][0] | {"zh": "", "en": ""} == {
        "file": str(shelf / "visits.yaml"),
        "line": 16,
        "column": 15,
        "code": "unknown-kind",
        "severity": "error",
        "zh": "",
        "en": "",
    }
    assert found["files"][0]["ok"] is False


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a: [1,\n", ":2:1: error"),
        (b"", ":1:1: error the file is empty"),
        (b"- one\n- two\n", ":1:1: error a policy is a map"),
        ("policy: 甲".encode("gbk"), "UTF-8"),
        (b"policy: a\npolicy: b\n", ":2:1: error"),
        (b"a: &x [1]\nb: *x\n", ":2:4: error"),
        (b"policy: a\x00b\n", "error"),
    ],
)
def test_files_that_are_no_policy_say_why(run: Run, tmp_path: Path, content: bytes, says: str):
    path = tmp_path / "draft.yaml"
    path.write_bytes(content)
    result = run("check", path)
    assert result.exit_code == 1
    assert says in result.output


def test_a_file_that_is_far_too_large_is_not_read(run: Run, tmp_path: Path):
    path = tmp_path / "huge.yaml"
    path.write_bytes(b"policy: a\n" + b"#" * (5 * 1024 * 1024))
    result = run("check", path)
    assert result.exit_code == 2
    assert "[too-large]" in result.output


def test_wide_characters_and_emoji_keep_their_place(run: Run, shelf: Path):
    change(shelf / "visits.yaml", ("title: 拜访报告", "titel: 拜访报告🚗"))
    assert ":11:5: error" in run("check", shelf / "visits.yaml").output


def test_a_folder_without_policies_is_a_wrong_call(run: Run, tmp_path: Path):
    (tmp_path / "compose.yaml").write_text("services: {}\n", "utf-8")
    assert run("check", tmp_path).exit_code == 2


def test_policies_in_force_together_are_compared_when_asked(run: Run, shelf: Path):
    twin = shelf / "twin.yaml"
    twin.write_text((shelf / "visits.yaml").read_text("utf-8"), "utf-8")
    change(twin, ("policy: visits", "policy: twin"))
    assert "[double]" not in run("check", shelf).output
    result = run("check", shelf, "--together")
    assert result.exit_code == 0
    assert "visits.yaml:" in result.output
    assert "the same duty opens twice for the same people" in result.output
    assert "instead_of: [twin/visit-report]" in result.output
    change(twin, ("version: 1", "version: 1\nprevails_over: [visits]"))
    assert "[double]" not in run("check", shelf, "--together").output
