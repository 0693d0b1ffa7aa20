"""Values as text and back, exactly: what JSON lacks (amounts, days, moments) is tagged with its type.

A map with a single key "$" is a tag: {"$": ["decimal", "12.50"]}. The text is canonical: sorted keys, no spaces.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db import models
from typing_extensions import override

TAG = "$"
_READERS: dict[str, Callable[[Any], Any]] = {
    "decimal": Decimal,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "tuple": tuple,
    "set": frozenset,
    "map": dict,
}


def encode(value: Any) -> str:
    """Return a value as canonical text. Raises TypeError for what is not a fact."""
    return _encoder.encode(_tagged(value))


def decode(text: str) -> Any:
    """Return the value that `encode` wrote."""
    return json.loads(text, object_hook=_untagged)


def digest(value: Any) -> str:
    """Return a short word that equal values share: 1, 1.0 and 1.00 are one number."""
    return sha256(encode(_plain(value)).encode()).hexdigest()[:32]


_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_SIMPLE = (str, bool, int, type(None))


def _tagged(value: Any) -> Any:
    kind = type(value)
    if kind in _SIMPLE:
        return value
    if kind is dict:
        if TAG in value:
            return {TAG: ["map", [[key, _tagged(one)] for key, one in value.items()]]}
        return {_name(key): _tagged(one) for key, one in value.items()}
    if kind is list:
        return [_tagged(one) for one in value]
    if kind is tuple:
        return {TAG: ["tuple", [_tagged(one) for one in value]]}
    return _rare(value)


def _rare(value: Any) -> Any:
    match value:
        case Decimal():
            return {TAG: ["decimal", str(value)]}
        case datetime():
            return {TAG: ["datetime", value.isoformat()]}
        case date():
            return {TAG: ["date", value.isoformat()]}
        case time():
            return {TAG: ["time", value.isoformat()]}
        case frozenset() | set():
            return {TAG: ["set", sorted(_tagged(one) for one in value)]}
        case Mapping():
            return _tagged(dict(value))
        case str():
            return str(value)
        case _:
            message = f"A fact cannot be a {type(value).__name__}."
            raise TypeError(message)


def _name(key: Any) -> str:
    if not isinstance(key, str):
        message = f"A key is text, not a {type(key).__name__}."
        raise TypeError(message)
    return key


def _untagged(value: dict[str, Any]) -> Any:
    if len(value) == 1 and TAG in value:
        kind, content = value[TAG]
        return _READERS[kind](content)
    return value


def _plain(value: Any) -> Any:
    """The value with equal things spelled alike, as dictionaries compare them."""
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal | int):
        return str(Decimal(value).normalize()) + "#"
    return value


class FactsField(models.TextField[Any, Any]):
    """A column that holds any facts, exactly."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, *_: Any) -> Any:
        return None if value is None else decode(value)

    @override
    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else encode(value)

    @override
    def to_python(self, value: Any) -> Any:
        return value

    @override
    def value_to_string(self, obj: models.Model) -> str:
        return encode(self.value_from_object(obj))
