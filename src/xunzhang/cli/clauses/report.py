"""What is carried and proven, clause by clause, and in all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.cells import cell_len

from xunzhang.cli.clauses.carriers import Carriers, Wait
from xunzhang.cli.clauses.catalogue import LEVELS, Clause
from xunzhang.cli.terminal import ERROR, FAINT, GOOD, STRONG, WARNING, blank, padded, say
from xunzhang.cli.words import Words

TITLES = (
    Words("级别", "level"),
    Words("条款", "clauses"),
    Words("已承载", "carried"),
    Words("已证明", "proven"),
)
LEVEL_NAMES: Mapping[str, Words] = {
    "enforced": Words("强制 enforced", "enforced"),
    "evidenced": Words("留痕 evidenced", "evidenced"),
    "guided": Words("指引 guided", "guided"),
}
ALL = Words("合计", "all")
POLICY = Words("制度", "policy")
NOT_CARRIED = Words("无承载", "not carried")
NOT_PROVEN = Words("未证明", "not proven")
WAITS = Words("等待：{needs}", "waits: {needs}")
BARE = Words("只有条文，没有规则", "words alone, no rule")
COLUMN = 10


@dataclass(frozen=True, slots=True)
class Standing:
    """One clause: what carries it and what proves it."""

    clause: Clause
    carried_by: tuple[str, ...]
    proven_by: tuple[str, ...]
    waits: tuple[Wait, ...]
    bare: bool

    def as_row(self) -> dict[str, Any]:
        """The clause for programs."""
        return {
            "id": self.clause.id,
            "level": self.clause.level,
            "carried_by": list(self.carried_by),
            "proven_by": list(self.proven_by),
        }


def standings(
    clauses: Sequence[Clause], carriers: Carriers, proofs: Mapping[str, list[str]]
) -> list[Standing]:
    """How each clause stands. One that waits is carried once a test proves the screen or record."""
    waits: dict[str, list[Wait]] = {}
    for wait in carriers.waits:
        waits.setdefault(wait.id, []).append(wait)
    found = []
    for clause in clauses:
        carried = list(carriers.by_clause.get(clause.id, []))
        proven = list(dict.fromkeys(proofs.get(clause.id, [])))
        if not carried and clause.id in waits and proven:
            carried = [f"{wait.policy} {wait.article}" for wait in waits[clause.id]]
        found.append(
            Standing(
                clause,
                tuple(dict.fromkeys(carried)),
                tuple(proven),
                tuple(waits.get(clause.id, ())),
                clause.id in carriers.bare,
            )
        )
    return found


def totals(found: Sequence[Standing]) -> dict[str, int]:
    """How many there are, how many are carried, how many of those are proven."""
    return {
        "total": len(found),
        "carried": sum(bool(one.carried_by) for one in found),
        "proven": sum(bool(one.carried_by and one.proven_by) for one in found),
    }


def as_json(found: Sequence[Standing]) -> dict[str, Any]:
    """The whole report for programs."""
    return {
        **totals(found),
        "by_level": {
            level: totals([one for one in found if one.clause.level == level]) for level in LEVELS
        },
        "rows": [one.as_row() for one in found],
        "waits": [asdict(wait) for one in found if not one.carried_by for wait in one.waits],
    }


def show_totals(found: Sequence[Standing]) -> None:
    """Print the totals by level and by policy."""
    _table(
        TITLES[0],
        [
            (str(LEVEL_NAMES[level]), [one for one in found if one.clause.level == level])
            for level in LEVELS
        ],
        found,
    )
    blank()
    sources = sorted({one.clause.source for one in found})
    _table(
        POLICY,
        [(source, [one for one in found if one.clause.source == source]) for source in sources],
        None,
    )


def _table(
    title: Words,
    rows: Sequence[tuple[str, Sequence[Standing]]],
    everything: Sequence[Standing] | None,
) -> None:
    wide = 18
    say((padded(str(title), wide), STRONG), *[(_right(str(one)), STRONG) for one in TITLES[1:]])
    whole = [] if everything is None else [(str(ALL), everything)]
    for name, found in [*rows, *whole]:
        numbers = totals(found)
        say(
            padded(name, wide),
            _right(str(numbers["total"])),
            *[
                (_right(str(numbers[key])), _style(numbers[key], numbers["total"]))
                for key in ("carried", "proven")
            ],
        )


def _right(text: str) -> str:
    return " " * (COLUMN - cell_len(text)) + text


def _style(number: int, whole: int) -> str:
    return GOOD if number == whole else WARNING if number else ERROR


def show_rows(found: Sequence[Standing]) -> None:
    """Print each clause with what carries and proves it."""
    for one in found:
        missing = _missing(one)
        say((one.clause.id, STRONG), "  ", (one.clause.level, FAINT), *_lacks(missing), hanging=4)
        for text in one.carried_by:
            say("← ", text, indent=4, hanging=2)
        for text in one.proven_by:
            say(("✓ ", GOOD), text, indent=4, hanging=2)


def show_missing(found: Sequence[Standing]) -> None:
    """Print the gaps alone."""
    for one in found:
        missing = _missing(one)
        if missing:
            say(
                (padded(one.clause.id, 12), STRONG),
                padded(one.clause.level, 9),
                *_lacks(missing),
                "  ",
                (one.clause.rule, FAINT),
                hanging=23,
            )


def _lacks(missing: Sequence[tuple[str, str]]) -> list[str | tuple[str, str]]:
    return [part for lack in missing for part in ("  ", lack)]


def _missing(one: Standing) -> list[tuple[str, str]]:
    if one.carried_by and one.proven_by:
        return []
    if not one.carried_by:
        return (
            [(WAITS(needs=one.waits[0].needs), WARNING)]
            if one.waits
            else [(str(NOT_CARRIED), ERROR)]
        )
    bare = [(str(BARE), WARNING)] if one.bare and one.clause.level != "guided" else []
    return [(str(NOT_PROVEN), WARNING), *bare]
