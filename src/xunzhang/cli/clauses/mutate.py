"""Deletes each rule of a pack in turn and asks whether any of the pack's rehearsals notices.

A rule that nobody misses is not proven.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from xunzhang.law.loader import load_file
from xunzhang.law.rehearsal import Rehearsal, load_rehearsal, play
from xunzhang.law.text import Edition


@dataclass(frozen=True, slots=True)
class Deletion:
    """One rule to be left out of a pack's policy."""

    folder: Path
    policy: str
    article: str
    rule: str


@dataclass(frozen=True, slots=True)
class Loss:
    """What came of a deletion: the rehearsal that noticed it, or None."""

    deletion: Deletion
    noticed_by: str | None


def deletions(folder: Path) -> list[Deletion]:
    """All rules of a pack."""
    edition, _ = load_file(folder / "policy.yaml")
    if edition is None:
        return []
    return [
        Deletion(folder, edition.policy, article.label, rule.id)
        for article in edition.articles
        for rule in article.rules
    ]


@lru_cache(maxsize=2)
def _rehearsals(folder: Path) -> tuple[tuple[Rehearsal, str], ...]:
    """A pack's rehearsals that hold, each with its text."""
    found = []
    for path in sorted((folder / "rehearsals").glob("*.yaml")):
        rehearsal, _ = load_rehearsal(path)
        if rehearsal is not None and play(rehearsal).ok:
            found.append((rehearsal, path.read_text(encoding="utf-8")))
    return tuple(found)


def lose(deletion: Deletion) -> Loss:
    """Play the pack's rehearsals without the rule until one notices; those that name it first."""
    stories: Sequence[tuple[Rehearsal, str]] = sorted(
        _rehearsals(deletion.folder), key=lambda story: deletion.rule not in story[1]
    )
    for rehearsal, _ in stories:
        if not _holds(_without(rehearsal, deletion)):
            return Loss(deletion, Path(rehearsal.file).stem)
    return Loss(deletion, None)


def _holds(rehearsal: Rehearsal) -> bool:
    """Whether a rehearsal still holds; a policy that cannot be played without the rule needs it."""
    try:
        return play(rehearsal).ok
    except LookupError:
        return False


def _without(rehearsal: Rehearsal, deletion: Deletion) -> Rehearsal:
    return replace(
        rehearsal,
        editions=tuple(
            _edition_without(one, deletion.rule) if one.policy == deletion.policy else one
            for one in rehearsal.editions
        ),
    )


def _edition_without(edition: Edition, rule_id: str) -> Edition:
    return replace(
        edition,
        articles=tuple(
            replace(article, rules=tuple(rule for rule in article.rules if rule.id != rule_id))
            for article in edition.articles
        ),
    )
