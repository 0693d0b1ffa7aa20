"""A history in memory: for rehearsals, tests, and a policy tried on the past."""

from __future__ import annotations

import heapq
from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from xunzhang.law.cases import CaseState
from xunzhang.law.facts import NOTHING, Department, Directory, Event, Staff, Value, frozen
from xunzhang.law.history import Timer
from xunzhang.law.outcome import LIVE, Breach, Duty, Sanction

_STAFF_FIELDS = ("name", "department", "manager", "region", "outside", "left", "successor")


class MemoryHistory:
    """Keeps everything in dictionaries; nothing is ever dropped but timers that went off."""

    def __init__(
        self,
        staff: Iterable[Staff] = (),
        departments: Iterable[Department] = (),
        customers: Iterable[Mapping[str, Value]] = (),
        began: datetime | None = None,
    ) -> None:
        self._directory = Directory.of(staff, departments)
        self._began = began
        self._customers: dict[str, list[tuple[datetime | None, Mapping[str, Value]]]] = {}
        self._filed: dict[str, datetime | None] = {}
        self._filed_order: list[str] = []
        self._owned: dict[str, datetime | None] = {}
        for one in customers:
            self._list(one)
        self.events: list[Event] = []
        self._by_type: dict[str, list[Event]] = defaultdict(list)
        self._patterns: dict[
            str, dict[tuple[str, ...], dict[tuple[Hashable, ...], list[Event]]]
        ] = defaultdict(dict)
        self._cases: dict[str, CaseState] = {}
        self._ids = 0
        self.duties: dict[int, Duty] = {}
        self._live: dict[tuple[str, tuple[Hashable, ...]], dict[int, Duty]] = defaultdict(dict)
        self._by_rule: dict[tuple[str, str], dict[int, Duty]] = defaultdict(dict)
        self._by_staff: dict[str, dict[int, Duty]] = defaultdict(dict)
        self._by_case: dict[str, dict[int, Duty]] = defaultdict(dict)
        self.breaches: list[Breach] = []
        self._breaches_of: dict[tuple[str, str, str], list[Breach]] = defaultdict(list)
        self.sanctions: list[Sanction] = []
        self._sanctions_of: dict[tuple[str, str], list[Sanction]] = defaultdict(list)
        self._waived: set[int] = set()
        self._timers: list[Timer] = []
        self._memory: dict[tuple[Hashable, ...], Value] = {}
        self.measures: dict[str, Mapping[str, Decimal]] = {}

    # -- people and customers ----------------------------------------------------------------------

    def directory(self) -> Directory:
        return self._directory

    def set_staff(self, id: str, values: Mapping[str, Value], at: datetime) -> None:
        person = self._directory.staff.get(id) or Staff(id)
        known = {key: values[key] for key in _STAFF_FIELDS if key in values}
        if "roles" in values:
            roles = values["roles"]
            known["roles"] = tuple(roles) if isinstance(roles, list | tuple) else (str(roles),)
        own = {
            key: value
            for key, value in values.items()
            if key not in (*_STAFF_FIELDS, "roles", "id")
        }
        self._directory = self._directory.with_staff(
            replace(person, **known, keys={**person.keys, **own})
        )

    def _list(self, one: Mapping[str, Value]) -> None:
        id = str(one["id"])
        self._customers[id] = [(None, {"filed": False, **one, "id": id})]
        if one.get("filed"):
            self._file(id, None)
        if one.get("owner"):
            self._owned[id] = None

    def _file(self, id: str, at: datetime | None) -> None:
        if id not in self._filed:
            insort(self._filed_order, id)
        self._filed[id] = at

    def customer(self, id: str) -> Mapping[str, Value] | None:
        versions = self._customers.get(id)
        return versions[-1][1] if versions else None

    def customer_at(self, id: str, at: datetime) -> Mapping[str, Value] | None:
        versions = self._customers.get(id, ())
        for since, facts in reversed(versions):
            if since is None or since <= at:
                return facts
        return None

    def set_customer(self, id: str, values: Mapping[str, Value], at: datetime) -> None:
        before = self.customer(id) or {"id": id, "filed": False}
        facts = {**before, **values}
        self._customers.setdefault(id, []).append((at, facts))
        if facts.get("filed") and not before.get("filed"):
            self._file(id, at)
        elif not facts.get("filed") and id in self._filed:
            del self._filed[id]
            self._filed_order.remove(id)
        if facts.get("owner") != before.get("owner"):
            self._owned.pop(id, None)
            if facts.get("owner"):
                self._owned[id] = at

    def filed_customers(self) -> Iterable[str]:
        return list(self._filed_order)

    def owned_customers(self) -> Iterable[str]:
        return sorted(self._owned)

    def filed_at(self, customer: str) -> datetime | None:
        return self._filed.get(customer)

    def owned_since(self, customer: str) -> datetime | None:
        return self._owned.get(customer)

    def began_at(self) -> datetime:
        if self._began is None:
            raise LookupError("the history has no beginning")
        return self._began

    # -- events --------------------------------------------------------------------------------------

    def append(self, type: str, at: datetime, keys: Mapping[str, Value]) -> Event:
        event = Event(len(self.events) + 1, type, at, {**keys, "type": type, "at": at})
        self.events.append(event)
        self._by_type[type].append(event)
        patterns = self._patterns.get(type)
        if patterns:
            for names, index in patterns.items():
                index.setdefault(
                    tuple([frozen(event.keys.get(name)) for name in names]), []
                ).append(event)
        return event

    def earlier(
        self, type: str, keys: tuple[str, ...], values: tuple[Value, ...], before: int | None
    ) -> Iterable[Event]:
        index = self._patterns[type].get(keys)
        if index is None:
            index = {}
            for event in self._by_type.get(type, ()):
                index.setdefault(tuple(frozen(event.keys.get(name)) for name in keys), []).append(
                    event
                )
            self._patterns[type][keys] = index
        found = index.get(tuple([frozen(value) for value in values]))
        if not found:
            return ()
        return (event for event in reversed(found) if before is None or event.seq < before)

    def between(self, types: tuple[str, ...], start: datetime, end: datetime) -> Iterable[Event]:
        found = [event for type in types for event in self._window(type, start, end)]
        return sorted(found, key=lambda event: event.seq) if len(types) > 1 else found

    def _window(self, type: str, start: datetime, end: datetime) -> list[Event]:
        events = self._by_type.get(type, [])
        first = bisect_right(events, start, key=lambda event: event.at) if events else 0
        while first > 0 and events[first - 1].at == start:
            first -= 1
        found = []
        for event in events[first:]:
            if event.at >= end:
                break
            found.append(event)
        return found

    def latest(self, types: tuple[str, ...], customer: str) -> Event | None:
        found = [
            next(iter(self.earlier(type, ("customer",), (customer,), None)), None) for type in types
        ]
        return max(
            (event for event in found if event is not None),
            key=lambda event: event.seq,
            default=None,
        )

    def counts(
        self, types: tuple[str, ...], start: datetime, end: datetime
    ) -> Mapping[str, list[Event]]:
        found: dict[str, list[Event]] = defaultdict(list)
        for event in self.between(types, start, end):
            if event.customer is not None:
                found[event.customer].append(event)
        return found

    # -- cases ---------------------------------------------------------------------------------------

    def case(self, id: str) -> CaseState | None:
        return self._cases.get(id)

    def save_case(self, case: CaseState) -> None:
        self._cases[case.id] = case

    # -- duties --------------------------------------------------------------------------------------

    def new_id(self) -> int:
        self._ids += 1
        return self._ids

    def add_duty(self, duty: Duty) -> None:
        self.duties[duty.id] = duty
        self._by_rule[(duty.because.policy, duty.because.rule)][duty.id] = duty
        self.save_duty(duty)

    def save_duty(self, duty: Duty) -> None:
        live = duty.state in LIVE
        indexes: list[dict[int, Duty]] = [self._live[(duty.uid, duty.key)]]
        if duty.case is not None:
            indexes.append(self._by_case[duty.case])
        for index in indexes:
            if live:
                index[duty.id] = duty
            else:
                index.pop(duty.id, None)
        for person in duty.who:
            if live:
                self._by_staff[person][duty.id] = duty
            else:
                self._by_staff[person].pop(duty.id, None)

    def drop_duty(self, duty: Duty) -> None:
        duty.state = "cancelled"
        self.save_duty(duty)
        self.duties.pop(duty.id, None)
        self._by_rule[(duty.because.policy, duty.because.rule)].pop(duty.id, None)

    def duty(self, id: int) -> Duty | None:
        return self.duties.get(id)

    def live_duties(self, uid: str, key: tuple[Hashable, ...]) -> list[Duty]:
        found = self._live.get((uid, key))
        return list(found.values()) if found else []

    def live_of_rule(self, policy: str, rule: str) -> Iterable[Duty]:
        found = self._by_rule.get((policy, rule), {})
        return [duty for duty in found.values() if duty.state in ("open", "suspended", "overdue")]

    def live_of_staff(self, staff: str) -> list[Duty]:
        found = self._by_staff.get(staff, {})
        return sorted(
            (duty for duty in found.values() if staff in duty.who), key=lambda duty: duty.id
        )

    def live_of_owner_rule(self, uid: str, customer: str) -> list[Duty]:
        edition, _, rule = uid.partition("/")
        found = self._by_rule.get((edition.partition("@")[0], rule), {})
        return [
            duty
            for duty in found.values()
            if duty.uid == uid and duty.customer == customer and duty.state in LIVE
        ]

    def live_of_case(self, case: str, uid_prefix: str) -> list[Duty]:
        found = self._by_case.get(case, {})
        return [duty for duty in found.values() if duty.uid.startswith(uid_prefix)]

    def duties_of_rule(self, policy: str, rule: str) -> Iterable[Duty]:
        return list(self._by_rule.get((policy, rule), {}).values())

    def open_duties(self, staff: str) -> int:
        return sum(1 for duty in self.live_of_staff(staff) if duty.state != "waiting")

    def ever(
        self,
        policy: str,
        rule: str,
        key: tuple[Hashable, ...],
        who: tuple[str, ...],
        each: tuple[str, Value] | None,
    ) -> bool:
        return any(
            duty.key == key
            and duty.each == each
            and duty.state != "cancelled"
            and set(who) in (set(duty.who), set(duty.first_who))
            for duty in self._by_rule.get((policy, rule), {}).values()
        )

    # -- breaches and sanctions ------------------------------------------------------------------------

    def add_breach(self, breach: Breach) -> None:
        self.breaches.append(breach)
        for person in breach.who:
            self._breaches_of[(person, breach.because.policy, breach.code)].append(breach)

    def breaches_of(self, person: str, policy: str, codes: tuple[str, ...]) -> list[Breach]:
        found = [one for code in codes for one in self._breaches_of.get((person, policy, code), ())]
        return sorted(found, key=lambda one: one.id) if len(codes) > 1 else found

    def add_sanction(self, sanction: Sanction) -> None:
        self.sanctions.append(sanction)
        for person in sanction.who:
            self._sanctions_of[(sanction.because.rule, person)].append(sanction)

    def sanctions_of(self, rule: str, staff: str) -> list[Sanction]:
        return list(self._sanctions_of.get((rule, staff), ()))

    def waive(self, sanction: Sanction) -> None:
        self._waived.add(sanction.id)

    def is_waived(self, sanction: Sanction) -> bool:
        return sanction.id in self._waived

    def waived_breaches(self, uid_rule: tuple[str, str], person: str) -> set[int]:
        return {
            one.breach
            for one in self._sanctions_of.get((uid_rule[1], person), ())
            if one.id in self._waived and one.because.policy == uid_rule[0]
        }

    # -- timers and memory -------------------------------------------------------------------------------

    def schedule(self, timer: Timer) -> None:
        heapq.heappush(self._timers, timer)

    def due_timer(self, now: datetime) -> Timer | None:
        if self._timers and self._timers[0].at <= now:
            return heapq.heappop(self._timers)
        return None

    def remember(self, key: tuple[Hashable, ...], value: Value) -> None:
        self._memory[key] = value

    def recall(self, key: tuple[Hashable, ...]) -> Value:
        return self._memory.get(key)

    def measure(self, name: str, start: datetime, end: datetime) -> Mapping[str, Decimal]:
        return self.measures.get(name, NOTHING)
