"""Checks the names that a policy may write before the thing they name."""

from __future__ import annotations

from xunzhang.law.problems import Mark
from xunzhang.law.read.articles import Placed
from xunzhang.law.read.context import Context


class References:
    """Checks names that may be written before the thing they name."""

    def __init__(self, context: Context, placed: list[Placed]) -> None:
        self.context = context
        self.problems = context.problems
        self.numbers = [one.no for one in placed]
        self.labels = {one.label for one in placed} | {
            f"{one.chapter.get('zh', '')}/{one.no}" for one in placed if one.chapter
        }

    def check(self, asked: list[tuple[str, Mark]], checks: list[tuple[str, Mark]]) -> None:
        """Sanctions' codes, the articles that forms, processes and stages name, stages' checklists."""
        for code, mark in self.context.answered:
            if code not in self.context.codes:
                self.problems.unknown(
                    mark, "unknown-code", ("违规代码", "breach code"), code, self.context.codes
                )
        for label, mark in asked:
            self._article(label, mark)
        known = self.context.checklists
        for name, mark in checks:
            if name not in known:
                self.problems.unknown(
                    mark, "unknown-rule", ("清单规则", "checklist rule"), name, known
                )

    def _article(self, label: str, mark: Mark) -> None:
        if label in self.labels:
            return
        if self.numbers.count(label) > 1:
            self.problems.error(
                mark,
                "ambiguous-article",
                f"几章都有“{label}”，请写成 章名/{label}",
                f"several chapters have “{label}”; write CHAPTER TITLE/{label}",
            )
            return
        self.problems.unknown(mark, "unknown-article", ("条", "article"), label, self.labels)
