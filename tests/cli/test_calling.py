"""Somebody calls the command: help, languages, mistakes, speed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from tests.cli.conftest import Run

from xunzhang.cli.main import COMMANDS

LAW = [name for name, (place, _) in COMMANDS.items() if ".server" not in place]

PACK = Path(__file__).parents[2] / "src/xunzhang/packs/dealer-complaints/policy.yaml"


@pytest.mark.parametrize(
    "name",
    [[], *([name] for name in LAW), ["packs", "list"], ["packs", "show"], ["packs", "copy"]],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_explains_itself_in_both_languages(run: Run, name: list[str], language: str):
    page = run(*name, "--help", "--lang", language)
    assert page.exit_code == 0
    assert ("用法" in page.output) is (language == "zh")
    assert ("Usage" in page.output) is (language == "en")
    assert "xunzhang" in page.output


@pytest.mark.parametrize("name", LAW)
def test_help_has_examples_and_exit_codes(run: Run, name: str):
    page = run(name, "--help").output
    assert "Examples" in page
    assert f"$ xunzhang {name}" in page
    assert "Exit codes" in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_fits_eighty_columns(run: Run, language: str):
    for name in LAW:
        page = run(name, "--help", "--lang", language).output
        assert [line for line in page.splitlines() if cell_len(line) > 80] == []


def test_the_language_follows_the_locale(run: Run):
    assert "命令" in run("--help", XUNZHANG_LANG="", LC_ALL="zh_CN.UTF-8").output
    assert (
        "Commands"
        in run("--help", XUNZHANG_LANG="", LC_ALL="de_DE.UTF-8", LANG="zh_CN.UTF-8").output
    )
    assert "命令" in run("--help", XUNZHANG_LANG="zh", LC_ALL="en_GB.UTF-8").output


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (["chek"], "did you mean check"),
        (["check"], "PATH… is missing"),
        (["check", "--jso", "x"], "did you mean --json?"),
        (["check", "nowhere.yaml"], "there is no such file or folder: nowhere.yaml"),
        (["rehearse", "nowhere.yaml"], "nowhere.yaml"),
        (["packs", "show", "dealer-complaint"], "did you mean “dealer-complaints”?"),
        (["clauses"], "the catalogue is missing"),
        (["vocabulary", "complint"], "did you mean"),
        (["check", "--lang", "fr", "x"], "--lang is zh or en"),
        (["check", "x", "--lang"], "--lang is zh or en"),
    ],
)
def test_a_wrong_call_is_told_what_would_be_right(run: Run, line: list[str], says: str):
    result = run(*line)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.output


def test_a_wrong_call_in_chinese(run: Run):
    assert "没有命令 chek；是不是 check" in run("chek", "--lang", "zh").stderr


def test_the_version(run: Run):
    assert run("--version").output.startswith("xunzhang ")


@pytest.mark.parametrize(
    "line",
    [
        ["check", str(PACK)],
        ["rehearse", str(PACK.parent)],
        ["packs"],
        ["vocabulary"],
        ["--help"],
        ["schema"],
        ["diff", str(PACK), str(PACK)],
    ],
)
def test_django_is_not_loaded(line: list[str]):
    code = (
        "import sys\nfrom xunzhang.cli.main import main\n"
        f"try:\n    main({line!r})\nexcept SystemExit:\n    pass\n"
        "sys.exit(7 if any(name.partition('.')[0] == 'django' for name in sys.modules) else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(PACK.parents[3])},
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("line", "unread"),
    [
        (["--help"], "xunzhang.law"),
        (["check", str(PACK)], "xunzhang.law.engine"),
        (["check", "--help"], "xunzhang.law.engine"),
    ],
)
def test_a_command_imports_only_what_it_needs(line: list[str], unread: str):
    code = (
        "import sys\nfrom xunzhang.cli.main import main\n"
        f"try:\n    main({line!r})\nexcept SystemExit:\n    pass\n"
        f"sys.exit(7 if any(name.startswith({unread!r}) for name in sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0
