"""Two versions of a policy on one timeline: duties, breaches, fines and rulings gained and lost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from xunzhang.cli.rehearse.lines import kind, line, named, people, plain
from xunzhang.cli.rehearse.story import Row, Story, told, with_edition
from xunzhang.cli.terminal import ERROR, FAINT, GOOD, STRONG, blank, say
from xunzhang.cli.words import Words, counted
from xunzhang.law.rehearsal import Rehearsal, load_rehearsal, play
from xunzhang.law.text import Edition

COMPARED = ("duties", "breaches", "sanctions")
NOT_COMPARED = frozenset({"because", "id", "version", "policy", "confirm", "article"})
SAME = Words("没有差别", "no difference")
NOT_USED = Words("这个演练没有用到制度 {policy}", "this rehearsal does not use the policy {policy}")
STEP = Words("第 {n} 步（第 {line} 行）", "step {n} (line {line})")
NOBODYS = Words("不属于任何人", "nobody's")
ABOUT = Words("{who} · {customer}", "{who} · {customer}")
FINES = Words("罚款合计 {before} → {after} 元", "fines in all {before} → {after} CNY")
GAINED = Words("{n} 项增加", "{n} gained")
LOST = Words("{n} 项减少", "{n} lost")
COMPARED_FILES = (
    Words("比较了 {n} 个演练", "{n} rehearsal compared"),
    Words("比较了 {n} 个演练", "{n} rehearsals compared"),
)


@dataclass(slots=True)
class Difference:
    """What a rehearsal gains and loses with another version. Rows are (kind, row)."""

    file: str
    name: str
    used: bool
    gained: list[tuple[str, Row]] = field(default_factory=list)
    lost: list[tuple[str, Row]] = field(default_factory=list)
    rulings: list[Row] = field(default_factory=list)
    fines: tuple[Decimal, Decimal] = (Decimal(0), Decimal(0))
    names: dict[str, str] = field(default_factory=dict)
    before: Story | None = None

    @property
    def any(self) -> bool:
        """Whether there is any."""
        return bool(self.gained or self.lost or self.rulings)

    def as_row(self) -> Row:
        """The difference for programs."""
        return {
            "file": self.file,
            "name": self.name,
            "used": self.used,
            "gained": [{"kind": kind_, **row} for kind_, row in self.gained],
            "lost": [{"kind": kind_, **row} for kind_, row in self.lost],
            "rulings": self.rulings,
            "fines": {"before": str(self.fines[0]), "after": str(self.fines[1])},
        }


def compare(path: Path, other: Edition) -> Difference:
    """Play a rehearsal with its own policy and with the other one."""
    rehearsal, problems = load_rehearsal(path)
    if rehearsal is None:
        return Difference(
            str(path), path.stem, used=False, before=Story(str(path), path.stem, problems)
        )
    before = told(play(rehearsal), problems)
    found = Difference(
        str(path), rehearsal.name, used=_uses(rehearsal, other), names=before.names, before=before
    )
    if not found.used:
        return found
    after = told(play(with_edition(rehearsal, other)), [])
    for kind_ in COMPARED:
        old, new = _results(before, kind_), _results(after, kind_)
        found.gained += [(kind_, row) for row in _without(new, old)]
        found.lost += [(kind_, row) for row in _without(old, new)]
    found.rulings = _rulings(before, after)
    found.fines = (_fines(before), _fines(after))
    return found


def _uses(rehearsal: Rehearsal, other: Edition) -> bool:
    return any(one.policy == other.policy for one in rehearsal.editions)


def _results(story: Story, kind_: str) -> list[Row]:
    """All results of a kind; duties in their last state."""
    if kind_ != "duties":
        return [row for step in story.steps for row in step["new"].get(kind_, [])]
    found: dict[int, Row] = {}
    for step in story.steps:
        for row in (*step["new"].get("duties", []), *step["moved"]):
            found[row["id"]] = {key: value for key, value in row.items() if key != "was"}
    return list(found.values())


def _essence(row: Row) -> str:
    return plain({key: row[key] for key in sorted(row) if key not in NOT_COMPARED})


def _without(rows: Sequence[Row], others: Iterable[Row]) -> list[Row]:
    """The rows that have no equal among the others."""
    left = Counter(map(_essence, others))
    found = []
    for row in rows:
        essence = _essence(row)
        if left[essence]:
            left[essence] -= 1
        else:
            found.append(row)
    return found


def _rulings(before: Story, after: Story) -> list[Row]:
    found = []
    for old, new in zip(before.steps, after.steps, strict=False):
        one, two = old["ruling"], new["ruling"]
        if one is not None and two is not None and _ruled(one) != _ruled(two):
            found.append(
                {
                    "step": old["step"],
                    "line": old["line"],
                    "before": _ruled(one),
                    "after": _ruled(two),
                }
            )
    return found


def _ruled(row: Row) -> Row:
    return {key: row[key] for key in ("ruling", "steps", "reasons", "warnings")}


def _fines(story: Story) -> Decimal:
    """All fines that are plain amounts; ranges and open ones are for a person to set."""
    total = Decimal(0)
    for row in _results(story, "sanctions"):
        try:
            total += Decimal(str(row.get("fine", 0)))
        except InvalidOperation:
            continue
    return total


def show(difference: Difference, policy: str) -> None:
    """Print a difference by person and customer."""
    say((difference.name, STRONG), "  ", (difference.file, FAINT), hanging=4)
    if not difference.used:
        say(NOT_USED(policy=policy), indent=2)
    elif not difference.any:
        say((str(SAME), GOOD), indent=2)
    for subject, rows in _by_subject(difference).items():
        say((subject, STRONG), indent=2)
        for sign, style, kind_, row in rows:
            say(
                (sign, style),
                " ",
                kind(kind_),
                " ",
                line(kind_, {**row, "customer": None}, difference.names),
                indent=4,
                hanging=4,
            )
    for ruling in difference.rulings:
        say(STEP(n=ruling["step"], line=ruling["line"]), " ", kind("ruling"), indent=2)
        say(
            ("-", ERROR),
            " ",
            line("ruling", ruling["before"], difference.names),
            indent=4,
            hanging=4,
        )
        say(
            ("+", GOOD), " ", line("ruling", ruling["after"], difference.names), indent=4, hanging=4
        )
    if difference.fines[0] != difference.fines[1]:
        say(FINES(before=difference.fines[0], after=difference.fines[1]), indent=2)
    blank()


def _by_subject(difference: Difference) -> dict[str, list[tuple[str, str, str, Row]]]:
    found: dict[str, list[tuple[str, str, str, Row]]] = defaultdict(list)
    for sign, style, rows in (("-", ERROR, difference.lost), ("+", GOOD, difference.gained)):
        for kind_, row in rows:
            found[_subject(row, difference.names)].append((sign, style, kind_, row))
    return dict(sorted(found.items()))


def _subject(row: Row, names: dict[str, str]) -> str:
    who: Any = row.get("who")
    person = people(who, names) if who not in (None, []) else str(NOBODYS)
    customer = row.get("customer")
    return ABOUT(who=person, customer=named(customer, names)) if customer is not None else person


def total(differences: Sequence[Difference]) -> None:
    """One line with all counts."""
    gained, lost = (
        sum(len(rows) for rows in found)
        for found in ([one.gained for one in differences], [one.lost for one in differences])
    )
    say(
        counted(len(differences), *COMPARED_FILES),
        ": ",
        (GAINED(n=gained), GOOD),
        " · ",
        (LOST(n=lost), ERROR),
    )
