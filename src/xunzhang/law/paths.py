"""Key paths such as `amount`, `customer.grade`, `by.department` or `visitor.roles`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from typing_extensions import override

from xunzhang.law.facts import NOTHING, Staff, Value
from xunzhang.law.vocabulary import Key, Vocabulary

if TYPE_CHECKING:
    from xunzhang.law.conditions import Condition
    from xunzhang.law.scope import Scope

ROOTS = ("customer", "by", "owner", "case")


@dataclass(slots=True)
class Term:
    """A named condition about a customer, a case or staff; `condition` is set when it has been read."""

    name: str
    of: str
    label: Mapping[str, str]
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Hop:
    """One step along a path: from a thing of a kind to its key (or term)."""

    kind: str
    key: str
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """A key path. `root` is where it starts: "thing", or one of ROOTS."""

    text: str
    root: str
    first: str
    hops: tuple[Hop, ...]
    key: Key

    def get(self, scope: Scope) -> Value:
        """The value at this path; None where anything on the way is missing."""
        hops = self.hops
        if self.root == "thing":
            value = scope.thing.get(self.first)
            if not hops:
                return value
        else:
            value = _start(self.root, scope)
        for hop in hops:
            if value is None:
                return None
            value = _step(hop, value, scope)
        return value


def _start(root: str, scope: Scope) -> Value:
    if root == "customer":
        return scope.customer
    if root == "by":
        return scope.by
    if root == "case":
        return scope.case
    return scope.owner()


def _step(hop: Hop, value: Value, scope: Scope) -> Value:
    if isinstance(value, list | tuple):
        return _gathered(hop, value, scope)
    if hop.kind == "customer":
        facts = scope.facts_of(value)
        if hop.term is not None:
            thing = facts if facts is not None else NOTHING
            return _term(hop.term, scope.moved(kind="customer", thing=thing, customer=value))
        return facts.get(hop.key) if facts else None
    if hop.kind == "case":
        return _case(hop, value, scope)
    person = scope.world.directory().staff.get(value)
    if hop.term is not None:
        thing = StaffKeys(person)
        return _term(hop.term, scope.moved(kind="staff", thing=thing, by=value))
    return person.get(hop.key) if person else None


def _gathered(hop: Hop, values: list[Value] | tuple[Value, ...], scope: Scope) -> Value:
    found: list[Value] = []
    for one in values:
        value = _step(hop, one, scope)
        if hop.term is not None and value is True:
            return True
        found.extend(value if isinstance(value, list) else [] if value is None else [value])
    if hop.term is not None:
        return False
    return found or None


def _case(hop: Hop, value: str, scope: Scope) -> Value:
    case = scope.world.case(value)
    if hop.term is not None:
        thing = case.keys() if case else NOTHING
        customer = thing.get("customer")
        return _term(hop.term, scope.moved(kind="case", thing=thing, customer=customer, case=value))
    return case.get(hop.key) if case else None


def _term(term: Term, scope: Scope) -> bool:
    return term.condition is not None and term.condition.holds(scope)


class StaffKeys(Mapping[str, Value]):
    """A member of staff as a map of his keys; it cannot be listed, only asked."""

    def __init__(self, person: Staff | None) -> None:
        self._person = person

    @override
    def __getitem__(self, key: str) -> Value:
        return self._person.get(key) if self._person is not None else None

    @override
    def get(self, key: str, default: Value = None) -> Value:
        """The value of a key; the default where he has none."""
        value = self[key]
        return default if value is None else value

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(())

    @override
    def __len__(self) -> int:
        return 0


class UnknownKey(LookupError):
    """A path that speaks of a key nobody declared."""

    def __init__(self, word: str, known: list[str]) -> None:
        super().__init__(word)
        self.word = word
        self.known = known


@dataclass(frozen=True, slots=True)
class KeyBook:
    """Which keys may be spoken of at a place, and their types."""

    vocabulary: Vocabulary
    own: Mapping[str, Key]
    terms: Mapping[tuple[str, str], Term] = field(default_factory=dict)
    kind: str = "event"

    def path(self, text: str) -> Path:
        """The path of a dotted name. Raises UnknownKey with the known names."""
        parts = text.split(".")
        itself = {"customer": "customer", "staff": "by", "case": "case"}.get(self.kind)
        if itself is not None and (parts == [itself] or (self.kind, parts[0]) in self.terms):
            rest = [] if parts == [itself] else parts
            return self._walk(text, itself, itself, Key(itself, self.kind), (), rest)
        if len(parts) == 1 or (parts[0] not in ROOTS and parts[0] in self.own):
            key, hops = self._own(parts[0])
            return self._walk(text, "thing", parts[0], key, hops, parts[1:])
        root = parts[0]
        if root not in ROOTS:
            raise UnknownKey(root, [*self.own, *ROOTS])
        kind = "staff" if root in ("by", "owner") else root
        return self._walk(text, root, root, Key(root, kind), (), parts[1:])

    def _own(self, name: str) -> tuple[Key, tuple[Hop, ...]]:
        if name in self.own:
            return self.own[name], ()
        raise UnknownKey(name, list(self.own))

    def _walk(
        self, text: str, root: str, first: str, key: Key, hops: tuple[Hop, ...], rest: list[str]
    ) -> Path:
        for name in rest:
            kind = {"staffs": "staff"}.get(key.type, key.type)
            if key.name == "case":
                kind = "case"
            key, term = self._hop(kind, name)
            hops = (*hops, Hop(kind, name, term))
        return Path(text, root, first, hops, key)

    def _hop(self, kind: str, name: str) -> tuple[Key, Term | None]:
        term = self.terms.get((kind, name))
        if term is not None:
            return Key(name, "boolean", term.label), term
        known = self._known(kind)
        if name not in known:
            terms = [term_name for of, term_name in self.terms if of == kind]
            raise UnknownKey(name, [*known, *terms])
        return known[name], None

    def _known(self, kind: str) -> Mapping[str, Key]:
        if kind == "customer":
            return self.vocabulary.customer_keys
        if kind == "staff":
            return self.vocabulary.staff_keys
        if kind == "case":
            return self.vocabulary.case_keys()
        return NOTHING
