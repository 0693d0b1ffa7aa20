"""How apps speak to the engine: rows by their numbers become ids as text, amounts are decimals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xunzhang.law.facts import Value
from xunzhang.law.vocabulary import BadValue, Key, Vocabulary, coerce

IDENTITIES = frozenset({"staff", "staffs", "customer"})
ALWAYS_TEXT = frozenset({"customer", "case", "form", "batch"})


def person_id(by: int | str | None) -> str | None:
    """Return a person as the engine names one."""
    return None if by is None else str(by)


def spoken(
    vocabulary: Vocabulary, type: str, by: int | str | None, keys: Mapping[str, Any]
) -> dict[str, Value]:
    """Return the keys of an event or action as the engine takes them."""
    return told(vocabulary.event_keys((type,)), by, keys)


def told(
    declared: Mapping[str, Key], by: int | str | None, keys: Mapping[str, Any]
) -> dict[str, Value]:
    """Return the keys of one of many events whose type declares these."""
    found: dict[str, Value] = {"by": person_id(by)}
    for name, raw in keys.items():
        if name not in ("by", "type", "at"):
            found[name] = _value(declared.get(name), name, raw)
    return found


def _value(key: Key | None, name: str, raw: Any) -> Value:
    if raw is None:
        return None
    if name in ALWAYS_TEXT:
        return str(raw)
    if key is None:
        return raw
    if key.type in IDENTITIES and not isinstance(raw, list | tuple):
        return [str(raw)] if key.type == "staffs" else str(raw)
    try:
        return coerce(key, raw)
    except BadValue:
        return raw
