"""Somebody looks for a policy to start from."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from xunzhang.law.loader import pack_codes


def test_packs_are_listed_by_industry(run: Run):
    page = run("packs", "--lang", "zh").output
    assert "汽车4S店\n" in page
    assert all(code in page for code in pack_codes())
    assert page == run("packs", "list", "--lang", "zh").output


def test_packs_are_found_by_a_word_in_them(run: Run):
    page = run("packs", "list", "车牌号", "--lang", "zh").output
    assert "dealer-complaints" in page
    assert "customer-filing" not in page
    assert run("packs", "list", "qwertzuiop").exit_code == 1


def test_a_pack_shows_what_it_does(run: Run):
    page = run("packs", "show", "dealer-complaints").output
    assert "dealer-complaints@" in page
    assert "rehearsals" in page
    assert "9 forms: Complaint record, " in page
    assert "8 stages with a deadline: “Judged” of “Ordinary complaint” is done by" in page


def test_a_pack_is_printed_as_a_page_of_its_own(run: Run):
    page = run("packs", "print", "dealer-complaints", "--lang", "zh").output
    assert page.startswith("<!doctype html>")
    assert "@page" in page
    assert "附件一" in page
    assert 'href="' not in page


def test_a_pack_shows_its_forms_and_open_decisions(run: Run):
    page = run("packs", "show", "dealer-complaints", "--lang", "zh").output
    assert "客户投诉记录 (complaint-record)" in page
    assert "受理登记 → 调查判定" in page
    assert "answer_goal = 3 workdays" in page


def test_programs_get_json(run: Run):
    (found,) = json.loads(run("packs", "list", "车牌号", "重大投诉协商记录", "--json").output)
    assert found["policy"] == "dealer-complaints"
    assert found["rules"]["gate"] == 11
    assert json.loads(run("packs", "show", "dealer-complaints", "--json").output) == found


def test_a_copy_is_checked_and_played_as_it_stands(run: Run, tmp_path: Path):
    result = run("packs", "copy", "customer-filing", tmp_path)
    assert result.exit_code == 0
    copy = tmp_path / "customer-filing"
    assert run("check", copy).exit_code == 0
    policy = copy / "policy.yaml"
    policy.write_text(
        policy.read_text("utf-8").replace("policy: customer-filing", "policy: our-filing", 1),
        "utf-8",
    )
    trace = run(
        "rehearse", copy / "rehearsals/new-customer-filed-in-time-and-late.yaml", "--trace"
    ).output
    assert "our-filing@1" in trace


def test_a_copy_never_overwrites(run: Run, tmp_path: Path):
    run("packs", "copy", "customer-filing", tmp_path)
    policy = tmp_path / "customer-filing/policy.yaml"
    policy.write_text("mine", "utf-8")
    result = run("packs", "copy", "customer-filing", tmp_path)
    assert result.exit_code == 1
    assert "not overwritten" in result.stderr
    assert policy.read_text("utf-8") == "mine"


def test_a_copy_into_a_file_says_why_it_cannot(run: Run, tmp_path: Path):
    (tmp_path / "file").write_text("", "utf-8")
    result = run("packs", "copy", "customer-filing", tmp_path / "file")
    assert result.exit_code == 1
    assert "cannot write" in result.stderr


@pytest.mark.parametrize("code", ["../packs/customer-filing", "nothing", ""])
def test_a_pack_that_is_not_there(run: Run, code: str):
    assert run("packs", "show", code).exit_code == 2
