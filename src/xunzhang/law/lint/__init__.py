"""Doubts about a policy that do not fail it: what its words set that nothing carries, and rules at odds."""

from __future__ import annotations

from collections.abc import Sequence

from xunzhang.law.lint.bands import uneven
from xunzhang.law.lint.clashes import clashes
from xunzhang.law.lint.loose import dropped, idle_roles, open_settings, unanswered
from xunzhang.law.lint.unheard import unheard
from xunzhang.law.problems import Problem, Problems
from xunzhang.law.source import Node, parse
from xunzhang.law.text import Edition

__all__ = ["lint", "lint_source"]


def lint(
    edition: Edition,
    file: str = "",
    root: Node | None = None,
    errors: Sequence[Problem] = (),
) -> list[Problem]:
    """Every doubt about an edition, as warnings in the order of the file.

    `root` is the file's parsed node; with it unused settings are found too, and roles have their place.
    `errors` of a draft: what the rules in which they are would have carried is not doubted.
    """
    unread = dropped(edition, root)
    found = [
        *unheard(edition, root, {one.line for one in errors}),
        *clashes(edition),
        *uneven(edition),
        *unanswered(edition, unread),
        *idle_roles(edition, root, unread),
        *open_settings(edition, root),
    ]
    return sorted({one.problem(file) for one in found})


def lint_source(edition: Edition, data: bytes | str, file: str = "") -> list[Problem]:
    """As `lint`, with the text of the file from which the edition was read."""
    return lint(edition, file, parse(data, Problems(file)))
