"""Doubts about a policy that do not fail it: what its words set that nothing carries, and rules at odds."""

from __future__ import annotations

from xunzhang.law.lint.bands import uneven
from xunzhang.law.lint.clashes import clashes
from xunzhang.law.lint.loose import idle_roles, open_settings, unanswered
from xunzhang.law.lint.unheard import unheard
from xunzhang.law.problems import Problem, Problems
from xunzhang.law.source import Node, parse
from xunzhang.law.text import Edition

__all__ = ["lint", "lint_source"]


def lint(edition: Edition, file: str = "", root: Node | None = None) -> list[Problem]:
    """Every doubt about an edition, as warnings in the order of the file.

    `root` is the file's parsed node; with it unused settings are found too, and roles have their place.
    """
    found = [
        *unheard(edition),
        *clashes(edition),
        *uneven(edition),
        *unanswered(edition),
        *idle_roles(edition, root),
        *open_settings(edition, root),
    ]
    return sorted({one.problem(file) for one in found})


def lint_source(edition: Edition, data: bytes | str, file: str = "") -> list[Problem]:
    """As `lint`, with the text of the file from which the edition was read."""
    return lint(edition, file, parse(data, Problems(file)))
