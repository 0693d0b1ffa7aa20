"""One doubt about a policy."""

from __future__ import annotations

from dataclasses import dataclass

from xunzhang.law.problems import Mark, Problem


@dataclass(frozen=True, slots=True)
class Finding:
    """Where, which kind of doubt, and what would be right, in both languages."""

    mark: Mark
    code: str
    zh: str
    en: str

    def problem(self, file: str) -> Problem:
        """The finding as a warning about a file."""
        return Problem(
            file, self.mark.line, self.mark.column, self.code, self.zh, self.en, warning=True
        )
