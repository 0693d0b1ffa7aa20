"""The files of the repository, without what machines make."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src" / "xunzhang"
_MADE = {"data", "__pycache__", "results", "dist", "test-results", "htmlcov"}
_OURS = {".ci", ".gitignore", ".editorconfig", ".importlinter"}
_TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".yaml",
    ".yml",
    ".html",
    ".css",
    ".js",
    ".po",
    ".json",
    ".svg",
    "",
}


def text_files() -> Iterator[Path]:
    """Yield each text file that people wrote."""
    for path in sorted(ROOT.rglob("*")):
        made = any(_is_made(part) for part in path.relative_to(ROOT).parts)
        if path.is_file() and path.suffix in _TEXT and not made:
            yield path


def _is_made(part: str) -> bool:
    return part in _MADE or (part.startswith(".") and part not in _OURS)


def modules() -> Iterator[Path]:
    """Yield each module of the product, migrations apart."""
    return (path for path in sorted(SOURCES.rglob("*.py")) if "migrations" not in path.parts)


def shown(path: Path) -> str:
    """Return the path as people name it."""
    return path.relative_to(ROOT).as_posix()
