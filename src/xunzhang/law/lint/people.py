"""Whether two whos can name the same person, as far as their words show it."""

from __future__ import annotations

from xunzhang.law import who as w
from xunzhang.law.paths import Path

Atom = tuple[str, object]
_EVERYONE: Atom = ("everyone", "")


def overlap(one: w.Who, two: w.Who) -> bool:
    """Whether both name the same people in the same words, or one of them everybody."""
    mine, theirs = atoms(one), atoms(two)
    return bool(mine & theirs) or _EVERYONE in mine | theirs


def atoms(who: w.Who) -> frozenset[Atom]:
    """The parts of a who that name people, each in one word."""
    match who:
        case w.By() | w.Owner() | w.InBreach():
            return frozenset({(type(who).__name__, "")})
        case w.Everyone():
            return frozenset({_EVERYONE})
        case w.Role(name) | w.OnDuty(name) | w.RoleIn(name, _):
            return frozenset({("role", name)})
        case w.Keyed(path):
            return frozenset({("key", path.text)})
        case w.In(place):
            return frozenset({("in", place.text if isinstance(place, Path) else place)})
        case w.Head(of) | w.Manager(of):
            return frozenset({(type(who).__name__, _of(of))})
        case _:
            return _inside(who)


def _inside(who: w.Who) -> frozenset[Atom]:
    match who:
        case w.Each(inner) | w.Except(inner, _):
            return atoms(inner)
        case w.Together(parts):
            return frozenset().union(*map(atoms, parts))
        case w.Table(rows):
            return frozenset().union(*(atoms(inner) for _, inner in rows))
        case _:
            return frozenset()


def _of(of: str | Path | w.Who) -> object:
    if isinstance(of, Path):
        return of.text
    return of if isinstance(of, str) else atoms(of)
