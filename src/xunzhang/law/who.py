"""Whos: expressions that name people, seen from a scope.

A who resolves to groups. Each group shares one duty (or breach); `each` makes groups of one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from xunzhang.law.conditions import Condition
from xunzhang.law.facts import Directory
from xunzhang.law.paths import Path
from xunzhang.law.scope import Scope

Group = tuple[str, ...]


class Who(Protocol):
    """Names people."""

    def people(self, scope: Scope) -> Group:
        """The ids of the people named, those who left included."""


@dataclass(frozen=True, slots=True)
class By:
    """Who recorded or asked."""

    def people(self, scope: Scope) -> Group:
        return (scope.by,) if scope.by is not None else ()


@dataclass(frozen=True, slots=True)
class Owner:
    """The owner of the customer."""

    def people(self, scope: Scope) -> Group:
        owner = scope.owner()
        return (owner,) if owner is not None else ()


@dataclass(frozen=True, slots=True)
class InBreach:
    """The person in breach (`who` in a sanction's `also`)."""

    def people(self, scope: Scope) -> Group:
        return scope.who


@dataclass(frozen=True, slots=True)
class Keyed:
    """The people whom a key names (`event.consultant`, `case.handler`, `customer.keeper`)."""

    path: Path

    def people(self, scope: Scope) -> Group:
        value = self.path.get(scope)
        if value is None:
            return ()
        return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)


@dataclass(frozen=True, slots=True)
class Role:
    """The holders of a role nearest to who recorded or asked, else to the owner, else all."""

    name: str

    def people(self, scope: Scope) -> Group:
        return scope.world.directory().nearest(self.name, scope.anchor())


@dataclass(frozen=True, slots=True)
class RoleIn:
    """The holders of a role in a department that a key names, else in those above it."""

    name: str
    department: Path

    def people(self, scope: Scope) -> Group:
        directory = scope.world.directory()
        holders = directory.holders(self.name)
        names = self.department.get(scope)
        wanted = names if isinstance(names, list) else [names]
        return tuple(one for one in holders if directory.staff[one].department in wanted)


@dataclass(frozen=True, slots=True)
class In:
    """Anybody of a department."""

    department: str | Path

    def people(self, scope: Scope) -> Group:
        name = self.department.get(scope) if isinstance(self.department, Path) else self.department
        return scope.world.directory().members(name) if name else ()


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a department, or of the department of a who."""

    of: str | Path | Who

    def people(self, scope: Scope) -> Group:
        directory = scope.world.directory()
        names = self._departments(scope, directory)
        return _unique(head for head in map(directory.head, names) if head)

    def _departments(self, scope: Scope, directory: Directory) -> list[str]:
        if isinstance(self.of, str):
            return [self.of]
        if isinstance(self.of, Path):
            value = self.of.get(scope)
            return list(value) if isinstance(value, list) else [value] if value else []
        found = (directory.staff.get(one) for one in self.of.people(scope))
        return [person.department for person in found if person and person.department]


@dataclass(frozen=True, slots=True)
class Manager:
    """The manager of a who."""

    of: Who

    def people(self, scope: Scope) -> Group:
        directory = scope.world.directory()
        return _unique(one for one in map(directory.manager, self.of.people(scope)) if one)


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Those holders of a role whose shift covers the moment."""

    name: str

    def people(self, scope: Scope) -> Group:
        holders = scope.world.directory().nearest(self.name, scope.anchor())
        everybody = scope.world.directory().holders(self.name)
        working = [one for one in holders if on_shift(scope, one)]
        return tuple(working or [one for one in everybody if on_shift(scope, one)])


def on_shift(scope: Scope, person: str) -> bool:
    """Whether the person's latest shift has started and not yet ended."""
    before = scope.seq
    starts = scope.world.earlier("shift.started", ("staff",), (person,), before)
    started = next((one for one in starts if one.at <= scope.now), None)
    if started is None:
        return False
    ends = scope.world.earlier("shift.ended", ("staff",), (person,), before)
    ended = next((one for one in ends if one.at <= scope.now), None)
    return ended is None or ended.seq < started.seq


@dataclass(frozen=True, slots=True)
class Except:
    """Those of one who that another does not name."""

    who: Who
    without: Who

    def people(self, scope: Scope) -> Group:
        gone = set(self.without.people(scope))
        return tuple(one for one in self.who.people(scope) if one not in gone)


@dataclass(frozen=True, slots=True)
class Each:
    """Each of these people for himself."""

    who: Who

    def people(self, scope: Scope) -> Group:
        return self.who.people(scope)


@dataclass(frozen=True, slots=True)
class Everyone:
    """All staff present."""

    def people(self, scope: Scope) -> Group:
        return scope.world.directory().everyone()


@dataclass(frozen=True, slots=True)
class Table:
    """The who of the first row whose condition holds."""

    rows: tuple[tuple[Condition, Who], ...]

    def row(self, scope: Scope) -> Who | None:
        """The who of the first row that holds, if any."""
        return next((who for condition, who in self.rows if condition.holds(scope)), None)

    def people(self, scope: Scope) -> Group:
        found = self.row(scope)
        return found.people(scope) if found is not None else ()


@dataclass(frozen=True, slots=True)
class Together:
    """Several whos who share."""

    parts: tuple[Who, ...]

    def people(self, scope: Scope) -> Group:
        return _unique(one for part in self.parts for one in part.people(scope))


def _unique(people: Iterable[str]) -> Group:
    return tuple(dict.fromkeys(people))


def groups(who: Who, scope: Scope) -> list[Group]:
    """The groups that a who names now; those who left are replaced by whoever stands in for them.

    A who that shares gives one group, perhaps empty; `each` gives one group a person.
    """
    if isinstance(who, Table):
        row = who.row(scope)
        return groups(row, scope) if row is not None else [()]
    if isinstance(who, Except):
        return _without(who, scope)
    if isinstance(who, Each):
        return [(one,) for one in _unique(present(who.people(scope), scope))]
    if isinstance(who, Together) and any(is_each(part) for part in who.parts):
        found = dict.fromkeys(group for part in who.parts for group in groups(part, scope))
        return list(found)
    return [_unique(present(who.people(scope), scope))]


def _without(who: Except, scope: Scope) -> list[Group]:
    """The groups of one who without those of another, who are named before anybody stands in for anybody."""
    gone = set(who.without.people(scope))
    if isinstance(who.who, Together | Table):
        kept = [tuple(one for one in group if one not in gone) for group in groups(who.who, scope)]
        return [group for group in kept if group or not is_each(who.who)]
    found = _unique(one for one in present(who.people(scope), scope) if one not in gone)
    return [(one,) for one in found] if is_each(who.who) else [found]


def is_each_now(who: Who, scope: Scope) -> bool:
    """Whether every person named now stands for himself; of a table the row that holds says so."""
    if isinstance(who, Table):
        row = who.row(scope)
        return row is not None and is_each_now(row, scope)
    return is_each_now(who.who, scope) if isinstance(who, Except) else is_each(who)


def is_each(who: Who) -> bool:
    """Whether every person named stands for himself."""
    if isinstance(who, Each):
        return True
    if isinstance(who, Except):
        return is_each(who.who)
    if isinstance(who, Table):
        return any(is_each(part) for _, part in who.rows)
    return isinstance(who, Together) and any(is_each(part) for part in who.parts)


def people(who: Who, scope: Scope) -> Group:
    """All people that a who names now, those who left replaced."""
    return _unique(one for group in groups(who, scope) for one in group)


def present(found: Group, scope: Scope) -> Group:
    """The same people, each who left replaced by whoever stands in for him."""
    directory = scope.world.directory()
    if not any(_gone(directory, one) for one in found):
        return found
    owner = scope.owner()
    kept = (stand_in(directory, one, owner) if _gone(directory, one) else one for one in found)
    return _unique(one for one in kept if one)


def _gone(directory: Directory, person: str) -> bool:
    staff = directory.staff.get(person)
    return staff is not None and staff.left


def stand_in(directory: Directory, person: str, owner: str | None) -> str | None:
    """Who answers for one who left: the customer's present owner, else his successor, else his manager."""
    return _stand_in(directory, person, owner, set())


def _stand_in(directory: Directory, person: str, owner: str | None, seen: set[str]) -> str | None:
    if not _gone(directory, person):
        return person
    seen.add(person)
    if owner is not None and not _gone(directory, owner):
        return owner
    staff = directory.staff[person]
    for one in (staff.successor, staff.manager):
        if one is not None and one not in seen:
            found = _stand_in(directory, one, owner, seen)
            if found is not None:
                return found
    return None


def speaks_of_event(who: Who) -> bool:
    """Whether a who depends on the event or customer at hand."""
    if isinstance(who, By | Owner | Keyed | RoleIn):
        return True
    if isinstance(who, In | Head) and isinstance(
        getattr(who, "department", getattr(who, "of", None)), Path
    ):
        return True
    if isinstance(who, Head) and not isinstance(who.of, str | Path):
        return speaks_of_event(who.of)
    if isinstance(who, Manager):
        return speaks_of_event(who.of)
    if isinstance(who, Each):
        return speaks_of_event(who.who)
    if isinstance(who, Except):
        return speaks_of_event(who.who) or speaks_of_event(who.without)
    if isinstance(who, Table):
        return True
    return isinstance(who, Together) and any(speaks_of_event(part) for part in who.parts)
