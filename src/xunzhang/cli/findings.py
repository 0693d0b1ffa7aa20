"""Shows what is wrong with files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xunzhang.cli.terminal import ERROR, FAINT, STRONG, WARNING, say
from xunzhang.cli.words import Words, language
from xunzhang.law.problems import Problem

UNREADABLE = frozenset({"unreadable", "too-large"})
AN_ERROR = Words("错误", "error")
A_WARNING = Words("提醒", "warning")


def show(problems: Iterable[Problem]) -> None:
    """Print each problem: FILE:LINE:COLUMN, what is wrong, what would be right."""
    for problem in problems:
        mark, style = (A_WARNING, WARNING) if problem.warning else (AN_ERROR, ERROR)
        text = problem.en if language() == "en" else problem.zh
        say(
            (f"{problem.file}:{problem.line}:{problem.column}:", STRONG),
            " ",
            (f"{mark}", style),
            " ",
            text,
            " ",
            (f"[{problem.code}]", FAINT),
            hanging=4,
        )


def as_row(problem: Problem) -> dict[str, Any]:
    """A problem for programs."""
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "severity": "warning" if problem.warning else "error",
        "zh": problem.zh,
        "en": problem.en,
    }


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those that fail a file."""
    return [problem for problem in problems if not problem.warning]


def unreadable(problems: Iterable[Problem]) -> bool:
    """Whether a file could not be read at all."""
    return any(problem.code in UNREADABLE for problem in problems)
