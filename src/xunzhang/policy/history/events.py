"""The part of the history that keeps events: read through indexes, written in one chain at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from xunzhang.law.calendar import company_time
from xunzhang.law.facts import Event, Value, frozen
from xunzhang.lib.bulk import insert
from xunzhang.policy import models as rows
from xunzhang.policy.codec import digest, encode
from xunzhang.policy.patterns import COLUMNS, Names

CHUNK = 200


class Events:
    """Events of the ledger and those that this unit adds."""

    def __init__(self, head: rows.LedgerHead, patterns: Mapping[str, frozenset[Names]]) -> None:
        self._head = head
        self._patterns = patterns
        self._pending: list[Event] = []
        self._pending_by_type: dict[str, list[Event]] = defaultdict(list)
        self._tokens: dict[int, str] = {}
        self._last = head.seq
        self.token = ""

    def append(self, type: str, at: datetime, keys: Mapping[str, Value]) -> Event:
        """Add an event; it takes the token that waits."""
        self._last += 1
        event = Event(self._last, type, at, {**keys, "type": type, "at": at})
        self._pending.append(event)
        self._pending_by_type[type].append(event)
        if self.token:
            self._tokens[event.seq], self.token = self.token, ""
        return event

    def follow(self, patterns: Mapping[str, frozenset[Names]]) -> None:
        """Keep references for other patterns from now on."""
        self._patterns = patterns

    # -- looking back ----------------------------------------------------------------------------------

    def earlier(
        self, type: str, keys: Names, values: tuple[Value, ...], before: int | None
    ) -> Iterator[Event]:
        wanted = tuple(frozen(value) for value in values)
        for event in self._candidates(type, keys, values, before):
            if tuple(frozen(event.keys.get(name)) for name in keys) == wanted:
                yield event

    def _candidates(
        self, type: str, keys: Names, values: tuple[Value, ...], before: int | None
    ) -> Iterator[Event]:
        for event in reversed(self._pending_by_type.get(type, [])):
            if before is None or event.seq < before:
                yield event
        found = rows.Event.objects.filter(type=type)
        if before is not None:
            found = found.filter(seq__lt=before)
        yield from descending(self._narrowed(found, type, keys, values))

    def _narrowed(
        self, found: QuerySet[rows.Event], type: str, keys: Names, values: tuple[Value, ...]
    ) -> QuerySet[rows.Event]:
        """Narrow by the ledger's own columns, or by the references kept for the pattern."""
        columns = {
            name: value
            for name, value in zip(keys, values, strict=True)
            if name in COLUMNS and (value is None or isinstance(value, str))
        }
        for name, value in columns.items():
            found = found.filter(**({f"{name}__isnull": True} if value is None else {name: value}))
        if any(value is not None for value in columns.values()):
            return found
        if keys in self._patterns.get(type, ()):
            refs = rows.EventRef.objects.filter(
                type=type, names=",".join(keys), values_digest=digest(values)
            )
            return found.filter(seq__in=refs.values("seq"))
        return found

    def between(self, types: tuple[str, ...], start: datetime, end: datetime) -> Iterable[Event]:
        stored = rows.Event.objects.filter(type__in=types, at__lt=end)
        if start.year > 1:
            stored = stored.filter(at__gte=start)
        found = [law_event(row) for row in stored.order_by("seq")]
        wanted = set(types)
        found += [one for one in self._pending if one.type in wanted and start <= one.at < end]
        return found

    def latest(self, types: tuple[str, ...], customer: str) -> Event | None:
        found = [
            next(self.earlier(type_, ("customer",), (customer,), None), None) for type_ in types
        ]
        return max((one for one in found if one is not None), key=lambda one: one.seq, default=None)

    def counts(
        self, types: tuple[str, ...], start: datetime, end: datetime
    ) -> Mapping[str, list[Event]]:
        found: dict[str, list[Event]] = defaultdict(list)
        for event in self.between(types, start, end):
            if event.customer is not None:
                found[event.customer].append(event)
        return found

    # -- writing ---------------------------------------------------------------------------------------

    def flush_events(self, recorded_at: datetime) -> None:
        """Write what was added, each event sealed with the one before."""
        if not self._pending:
            return
        sealed: list[dict[str, Any]] = []
        refs: list[rows.EventRef] = []
        for event in self._pending:
            row = row_of(event, recorded_at, self._head.digest, self._tokens.get(event.seq))
            self._head.digest = row["digest"]
            sealed.append(row)
            refs += [ref(event, names) for names in self._patterns.get(event.type, ())]
        self._head.seq = self._pending[-1].seq
        insert(rows.Event, sealed)
        if refs:
            rows.EventRef.objects.bulk_create(refs, batch_size=1_000)
        self._pending.clear()
        self._pending_by_type.clear()
        self._tokens.clear()


def descending(found: QuerySet[rows.Event]) -> Iterator[Event]:
    """The events of a query, latest first, fetched as far as they are wanted."""
    start, size = 0, 8
    ordered = found.order_by("-seq")
    while True:
        page = list(ordered[start : start + size])
        for row in page:
            yield law_event(row)
        if len(page) < size:
            return
        start, size = start + size, CHUNK


def law_event(row: rows.Event) -> Event:
    """Return a row of the ledger as the law sees it."""
    at = company_time(row.at)
    return Event(row.seq, row.type, at, {**row.keys, "type": row.type, "at": at})


def row_of(event: Event, recorded_at: datetime, previous: str, token: str | None) -> dict[str, Any]:
    """Return the columns of a sealed event."""
    keys = {name: value for name, value in event.keys.items() if name not in ("type", "at")}
    written = encode(keys)
    return {
        "seq": event.seq,
        "type": event.type,
        "at": event.at,
        "recorded_at": recorded_at,
        "by": _word(keys.get("by")),
        "customer": _word(keys.get("customer")),
        "case": _word(keys.get("case")),
        "keys": written,
        "token": token,
        "previous": previous,
        "digest": seal(previous, event.seq, event.type, event.at, written),
    }


def seal(previous: str, seq: int, type: str, at: datetime, written: str) -> str:
    """Return the digest of an event, its keys in canonical text, and of all before it."""
    before = f'["{previous}",{seq},{quoted(type)},"{company_time(at).isoformat()}",{written}]'
    return sha256(before.encode()).hexdigest()


@lru_cache(maxsize=1_024)
def quoted(type: str) -> str:
    """Return an event type as canonical text."""
    return encode(type)


def ref(event: Event, names: Names) -> rows.EventRef:
    """Return by which values an event is found."""
    return rows.EventRef(
        seq=event.seq,
        type=event.type,
        names=",".join(names),
        values_digest=digest(tuple(event.keys.get(name) for name in names)),
    )


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) else None
