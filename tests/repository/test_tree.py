"""The repository speaks of the product alone, and works on every machine."""

import re

from tests.repository.tree import ROOT, shown, text_files

MACHINE_PATH = re.compile(r"(?<![\w.:>/-])/(?:root|home|Users|work|opt)/[A-Za-z]")
REGISTRY = re.compile(
    r"://[^\s/\"')]*(?:pypi|pythonhosted|npmjs|jsdelivr|unpkg|cdnjs|mirror)", re.I
)


def found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{shown(path)}:{number}"
        for path in text_files()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_path_of_one_machine():
    assert found(MACHINE_PATH) == []


def test_no_registry_and_no_content_network():
    assert found(REGISTRY) == []


def test_locked_requirements_name_no_host_and_hash_everything():
    for file in (ROOT / "requirements").glob("*.txt"):
        text = file.read_text("utf-8")
        assert "://" not in text
        pinned = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert pinned
        assert all("==" in line and line.endswith("\\") for line in pinned)


def test_the_running_product_is_locked_as_it_is_developed():
    runtime, dev = (_pins(f"{name}.txt") for name in ("runtime", "dev"))
    assert runtime <= dev


def _pins(name: str) -> set[str]:
    text = (ROOT / "requirements" / name).read_text("utf-8")
    return set(re.findall(r"^([a-z0-9-]+==[^ ]+)", text, re.M))
