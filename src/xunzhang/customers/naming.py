"""When two names may be the same name: a key that ignores region and spelling and keeps the sound."""

from __future__ import annotations

from xunzhang.customers.search.reading import REGION_PREFIX, read_part


def sound_key(key: str) -> str:
    """Return what similar names share, from their company key: its sound without the region.

    One character of a name left is too little to call names similar; the region then stays.
    """
    core = REGION_PREFIX.sub("", key, count=1)
    return " ".join(read_part(core if len(core) > 1 else key))[:200]
