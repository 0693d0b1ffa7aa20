"""The docs tell every command, setting, refusal and decision."""

import ast
import re

from tests.repository.tree import ROOT, modules

REFUSALS = {"Refusal", "Refused", "NeedsApproval", "Conflict", "Invalid"}


def test_every_make_target_is_told():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    told = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert [name for name in targets if name != "help" and f"`make {name}`" not in told] == []


def test_every_setting_is_told_and_every_told_setting_is_read():
    read = set()
    for path in [*modules(), ROOT / "tests" / "run.py"]:
        read.update(re.findall(r"\"(XUNZHANG_[A-Z_]+)\"", path.read_text("utf-8")))
    told = set(re.findall(r"`(XUNZHANG_[A-Z_]+)`", (ROOT / "docs/settings.md").read_text("utf-8")))
    assert read == told


def test_every_refusal_is_told_by_its_code():
    told = set(re.findall(r"^\| `([a-z-]+)`", (ROOT / "docs/errors.md").read_text("utf-8"), re.M))
    assert sorted(codes() - told) == []


def test_every_decision_is_in_the_index_and_numbered_without_a_gap():
    index = (ROOT / "docs/adr/README.md").read_text("utf-8")
    records = sorted((ROOT / "docs/adr").glob("[0-9]*.md"))
    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    for path in records:
        title = path.read_text("utf-8").splitlines()[0].removeprefix("# ")
        assert f"[{title}]({path.name})" in index


def test_links_between_the_docs_lead_somewhere():
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def codes() -> set[str]:
    """Return every code that the product refuses with: the first word given, or the one called `code`."""
    found: set[str] = set()
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in REFUSALS:
                given = [*node.args[:1], *(key.value for key in node.keywords if key.arg == "code")]
                found.update(
                    value.value
                    for value in given
                    if isinstance(value, ast.Constant) and isinstance(value.value, str)
                )
    return found
