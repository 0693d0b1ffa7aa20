"""What stands below knows nothing of what stands above."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from tests.repository.tree import ROOT, SOURCES, shown

HEIGHT = {"organisation": 1, "policy": 2, "customers": 3, "cases": 4, "jobs": 5, "web": 5}
LAW_LEANS_ON = {"typing_extensions", "ruamel", "pydantic", "pydantic_core", "dateutil"}


def test_the_contracts_of_the_layers_are_kept():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_foreign_keys_point_down():
    for model in apps.get_models():
        own = HEIGHT.get(model._meta.app_label)
        if own is None:
            continue
        for field in model._meta.get_fields():
            if field.concrete and field.is_relation and field.related_model:
                other = HEIGHT.get(field.related_model._meta.app_label, 0)
                assert other <= own, f"{model.__name__}.{field.name}"


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=shown(path)) for path in sorted((SOURCES / "law").rglob("*.py"))]
)
def test_the_law_leans_on_few(path: Path):
    for name in imported(path):
        root = name.split(".")[0]
        allowed = root in sys.stdlib_module_names or root in LAW_LEANS_ON
        assert allowed or name.startswith("xunzhang.law"), name


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names
