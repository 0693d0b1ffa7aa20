"""Values as a reader knows them: people and customers by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from xunzhang.law.facts import Value
from xunzhang.law.scope import Lookups
from xunzhang.law.vocabulary import Key
from xunzhang.law.words.speaker import Speaker

Names = Callable[[str], str]
_PEOPLE = frozenset({"staff", "staffs"})


def plain(id: str) -> str:
    """An id as its own name."""
    return id


def names_in(world: Lookups) -> Names:
    """The names of staff and customers as a world knows them."""

    def name(id: str) -> str:
        person = world.directory().staff.get(id)
        if person is not None and person.name:
            return person.name
        customer: Mapping[str, Value] | None = world.customer(id)
        return str(customer.get("name") or id) if customer is not None else id

    return name


def shown(value: Value, key: Key | None, by: Speaker, names: Names) -> str:
    """A value in words; ids of people and customers by their names."""
    if value is None or value in ("", []):
        return by.pick("（未填写）", "(not given)")
    if key is not None and key.type in (*_PEOPLE, "customer"):
        return everybody(
            [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)],
            by,
            names,
        )
    if isinstance(value, list | tuple):
        return by.pick("、", ", ").join(by.value(one, key) for one in value)
    return by.value(value, key)


def everybody(people: Iterable[str], by: Speaker, names: Names) -> str:
    """People by name; `无人` where there is none."""
    return by.listed(map(names, people)) or by.pick("无人", "nobody")
