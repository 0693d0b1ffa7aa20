"""Reads rehearsal files."""

from __future__ import annotations

from collections.abc import Mapping as Map
from functools import lru_cache
from pathlib import Path

from xunzhang.law.facts import Department, Staff, Value
from xunzhang.law.loader import (
    among,
    arrangement,
    declared_in,
    load_node,
    pack_codes,
    pack_file,
    product_vocabulary,
    read_bytes,
)
from xunzhang.law.problems import Mark, Problem, Problems
from xunzhang.law.read.document import read_calendars
from xunzhang.law.rehearsal.expecting import listed, read_expect
from xunzhang.law.rehearsal.repeating import numbered, rows_numbered
from xunzhang.law.rehearsal.story import Rehearsal, Stated, Step
from xunzhang.law.source import Mapping, Node, Scalar, Sequence, parse, plain
from xunzhang.law.text import Edition
from xunzhang.law.vocabulary import EVERYWHERE, BadValue, Key, coerce, company_time

REHEARSAL_KEYS = (
    "rehearsal",
    "policies",
    "departments",
    "staff",
    "customers",
    "calendars",
    "steps",
    "note",
    "clause",
)
STEP_KEYS = ("at", "event", "events", "ask", "set", "expect", "clause", "repeat", "note")
_SINGLE = frozenset(
    {"type", "action", "by", "customer", "case", "form", "batch", "grade", "checklist"}
)
_STAFF = ("name", "department", "manager", "region", "successor")


def load_rehearsal(
    path: Path, *, instead: Map[str, Path] | None = None
) -> tuple[Rehearsal | None, list[Problem]]:
    """The rehearsal of a file and everything wrong with it and its policies.

    `instead` puts another file in the place of a policy code (to try a draft on the same story).
    """
    problems = Problems(str(path))
    data = read_bytes(path, problems)
    root = parse(data, problems) if data is not None else None
    if root is None:
        if not problems.failed:
            problems.error(Mark(1, 1), "empty", "文件是空的", "the file is empty")
        return None, sorted(problems.found)
    if not isinstance(root, Mapping):
        problems.error(
            root.mark,
            "rehearsal",
            "演练应为映射：rehearsal、policies、steps",
            "a rehearsal is a map: rehearsal, policies, steps",
        )
        return None, sorted(problems.found)
    reader = _Reader(root, path, problems, instead or {})
    found = reader.read()
    return found, sorted([*problems.found, *reader.others])


@lru_cache(maxsize=16)
def _faultless(data: bytes) -> Node | None:
    """The root node of a policy, which many rehearsals play; None where anything is to be said of it."""
    problems = Problems("")
    root = parse(data, problems)
    return root if not problems.found else None


def _parsed(data: bytes, problems: Problems) -> Node | None:
    return _faultless(data) or parse(data, problems)


class _Reader:
    def __init__(
        self, root: Mapping, path: Path, problems: Problems, instead: Map[str, Path]
    ) -> None:
        self.root = root
        self.path = path
        self.problems = problems
        self.instead = instead
        self.others: list[Problem] = []
        self.editions: list[Edition] = []
        self.vocabulary = product_vocabulary()

    def read(self) -> Rehearsal | None:
        root = self.root
        for key in root.entries:
            if key not in REHEARSAL_KEYS:
                self.problems.unknown(
                    root.mark_of(key), "unknown-key", ("键", "key"), key, REHEARSAL_KEYS
                )
        self.editions = editions = self._editions()
        staff = tuple(self._staff(node) for node in self._maps("staff"))
        departments = tuple(self._department(node) for node in self._maps("departments"))
        customers = tuple(self._customer(node) for node in self._maps("customers"))
        steps = self._steps()
        if self.problems.failed or any(not problem.warning for problem in self.others):
            return None
        name = plain(root.get("rehearsal"))
        return Rehearsal(
            str(name or self.path.stem),
            str(self.path),
            tuple(editions),
            staff,
            departments,
            customers,
            tuple(steps),
            self.vocabulary,
        )

    def _maps(self, key: str) -> list[Mapping]:
        node = self.root.get(key)
        if node is None:
            return []
        if not isinstance(node, Sequence):
            self.problems.error(node.mark, "value", f"{key} 应为列表", f"{key} is a list")
            return []
        found = []
        for item in node.items:
            if isinstance(item, Mapping):
                found.append(item)
            else:
                self.problems.error(
                    item.mark, "value", f"{key} 的每一项应为映射", f"an entry of {key} is a map"
                )
        return found

    # -- policies ------------------------------------------------------------------------------------

    def _editions(self) -> list[Edition]:
        node = self.root.get("policies")
        items = node.items if isinstance(node, Sequence) else [node] if node is not None else []
        if not items:
            self.problems.error(
                self.root.mark, "missing-key", "演练缺少 policies", "a rehearsal needs policies"
            )
        roots = [found for item in items for found in [self._policy(item)] if found is not None]
        calendars = read_calendars(self.root.get("calendars"), self.problems, arrangement())
        declared = [declared_in(root) for root, _ in roots]
        for one in declared:
            self.vocabulary = self.vocabulary.joined(one)
        editions = []
        for index, (root, problems) in enumerate(roots):
            edition = load_node(root, problems, among(declared, index, calendars))
            if problems is not self.problems:
                self.others += [problem for problem in problems.found if not problem.warning]
            if edition is not None:
                editions.append(edition)
        return editions

    def _policy(self, item: Node) -> tuple[Node, Problems] | None:
        if isinstance(item, Mapping):
            return item, self.problems
        if not isinstance(item, Scalar):
            self.problems.error(
                item.mark,
                "policy",
                "应为制度代码、文件路径或制度本身",
                "should be a policy code, a path or a policy",
            )
            return None
        path = self._path(item)
        if path is None:
            return None
        problems = Problems(str(path))
        data = read_bytes(path, problems)
        root = _parsed(data, problems) if data is not None else None
        if root is None:
            self.others += problems.found
            return None
        return root, problems

    def _path(self, item: Scalar) -> Path | None:
        if item.text in self.instead:
            return self.instead[item.text]
        pack = (
            pack_file(item.text)
            if "/" not in item.text and not item.text.endswith((".yaml", ".yml"))
            else None
        )
        if pack is not None:
            return pack
        path = self.path.parent / item.text
        if path.is_file():
            return path
        self.problems.unknown(
            item.mark, "unknown-policy", ("制度", "policy"), item.text, pack_codes()
        )
        return None

    # -- the world -----------------------------------------------------------------------------------

    def _id(self, node: Mapping) -> str:
        found = node.get("id") or node.get("staff") or node.get("customer")
        if not isinstance(found, Scalar):
            self.problems.error(node.mark, "missing-key", "缺少 id", "id is missing")
            return ""
        return found.text

    def _staff(self, node: Mapping) -> Staff:
        values = self.staff_values(node)
        roles = values.pop("roles", ())
        known = {key: values.pop(key) for key in (*_STAFF, "outside", "left") if key in values}
        values.pop("id", None)
        return Staff(self._id(node), roles=tuple(roles), keys=values, **known)

    def staff_values(self, node: Mapping) -> dict[str, Value]:
        """The keys of a member of staff."""
        found: dict[str, Value] = {}
        for key, value in node.entries.items():
            if key == "roles":
                listed = plain(value)
                found[key] = (
                    [str(one) for one in listed] if isinstance(listed, list) else [str(listed)]
                )
            elif key in _STAFF and not isinstance(value, Scalar):
                self.problems.error(
                    value.mark, "value", f"{key} 应为单个值", f"{key} is a single value"
                )
            elif key not in ("id", "staff"):
                found[key] = self._value(self.vocabulary.staff_keys.get(key), value)
        return found

    def _department(self, node: Mapping) -> Department:
        name = node.get("name")
        head, parent = node.get("head"), node.get("parent")
        return Department(
            name.text if isinstance(name, Scalar) else "",
            head.text if isinstance(head, Scalar) else None,
            parent.text if isinstance(parent, Scalar) else None,
        )

    def _customer(self, node: Mapping) -> dict[str, Value]:
        return {**self.customer_values(node), "id": self._id(node)}

    def customer_values(self, node: Mapping) -> dict[str, Value]:
        """The keys of a customer."""
        owner = node.get("owner")
        if owner is not None and not isinstance(owner, Scalar):
            self.problems.error(owner.mark, "value", "owner 应为单个值", "owner is a single value")
            return {}
        return {
            key: self._value(self.vocabulary.customer_keys.get(key), value)
            for key, value in node.entries.items()
            if key not in ("id", "customer")
        }

    def _value(self, key: Key | None, node: Node) -> Value:
        if key is not None and isinstance(node, Sequence) and key.type == "table":
            return [self._row(key, row) for row in node.items]
        raw = _words(node) if key is not None and _wordy(key) else plain(node)
        if key is None:
            return raw
        try:
            return coerce(Key(key.name, key.type), raw)
        except BadValue:
            return raw

    def _row(self, key: Key, row: Node) -> Value:
        if not isinstance(row, Mapping):
            return plain(row)
        return {
            name: self._value(key.columns.get(name), value) for name, value in row.entries.items()
        }

    # -- steps -----------------------------------------------------------------------------------------

    def _steps(self) -> list[Step]:
        found: list[Step] = []
        for node in self._maps("steps"):
            for key in node.entries:
                if key not in STEP_KEYS:
                    self.problems.unknown(
                        node.mark_of(key),
                        "unknown-key",
                        ("键（步骤）", "key of a step"),
                        key,
                        STEP_KEYS,
                    )
            for one in self._repeated(node):
                step = self._step(one, len(found) + 1)
                if step is None:
                    continue
                if found and step.at < found[-1].at:
                    self.problems.error(
                        node.mark_of("at"),
                        "order",
                        "步骤的时间早于上一步",
                        "the step is earlier than the one before",
                    )
                found.append(step)
        if not found and not self.problems.failed:
            self.problems.error(
                self.root.mark, "missing-key", "演练缺少 steps", "a rehearsal needs steps"
            )
        return found

    def _repeated(self, node: Mapping) -> list[Mapping]:
        """A step told N times at N times becomes N steps; at one time its parts are told N times."""
        repeat = plain(node.get("repeat"))
        if "repeat" not in node.entries:
            return [node]
        if not isinstance(repeat, int) or isinstance(repeat, bool) or not 1 <= repeat <= 100_000:
            self.problems.error(
                node.mark_of("repeat"),
                "value",
                "repeat 应为 1 到 100000 的整数",
                "repeat is a whole number from 1 to 100000",
            )
            return []
        at = node.get("at")
        if isinstance(at, Scalar) and "{n}" in at.text:
            return [numbered(node, n) for n in range(1, repeat + 1)]  # type: ignore[misc]
        entries = dict(node.entries)
        told = [
            item
            for key in ("event", "events")
            if key in entries
            for item in listed(entries.pop(key))
        ]
        if told:
            entries["events"] = Sequence(
                [numbered(item, n) for n in range(1, repeat + 1) for item in told], node.mark
            )
        if (sets := entries.get("set")) is not None:
            entries["set"] = Sequence(
                [numbered(item, n) for n in range(1, repeat + 1) for item in listed(sets)],
                node.mark,
            )
        expect = entries.get("expect")
        if isinstance(expect, Mapping):
            entries["expect"] = rows_numbered(expect, repeat)
        return [Mapping(entries, node.mark, node.flow, node.keys)]

    def _step(self, node: Mapping, number: int) -> Step | None:
        at = node.get("at")
        try:
            moment = company_time(at.text if isinstance(at, Scalar) else "")
        except ValueError:
            mark = at.mark if at is not None else node.mark
            self.problems.error(
                mark,
                "time",
                "步骤的 at 应写作 2026-03-02T10:00",
                "at is written as 2026-03-02T10:00",
            )
            return None
        events = tuple(
            found
            for key in ("event", "events")
            for item in listed(node.get(key))
            for found in [self._event(item)]
            if found is not None
        )
        sets = tuple(
            found
            for item in listed(node.get("set"))
            for found in [self._set(item)]
            if found is not None
        )
        ask = node.get("ask")
        clause = plain(node.get("clause"))
        expect = node.get("expect")
        return Step(
            number,
            moment,
            sets,
            events,
            self._ask(ask) if isinstance(ask, Mapping) else None,
            read_expect(self.problems, expect),
            tuple(map(str, clause if isinstance(clause, list) else [clause] if clause else [])),
            node.mark,
        )

    def _event(self, node: Node) -> Stated | None:
        if not isinstance(node, Mapping):
            self.problems.error(node.mark, "event", "事件应为 {type, …}", "an event is {type, …}")
            return None
        type_ = node.get("type")
        name = type_.text if isinstance(type_, Scalar) else ""
        if name not in self.vocabulary.events:
            mark = type_.mark if type_ is not None else node.mark
            self.problems.unknown(
                mark, "unknown-event", ("事件", "event"), name, self.vocabulary.events
            )
            return None
        known = self.vocabulary.event_keys((name,))
        keys = self._keys(node, known)
        return Stated(keys, node.mark)

    def _keys(self, node: Mapping, known: Map[str, Key]) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for name, value in node.entries.items():
            key = known.get(name) or self._anywhere(name)
            if name in _SINGLE and not isinstance(value, Scalar):
                self.problems.error(
                    value.mark, "value", f"{name} 应为单个值", f"{name} is a single value"
                )
                continue
            found[name] = plain(value) if name == "items" else self._value(key, value)
        return {name: value for name, value in found.items() if value is not None}

    def _anywhere(self, name: str) -> Key | None:
        """The key of some event or action of that name, for facts that go with approvals and breaches."""
        for kinds in (self.vocabulary.actions, self.vocabulary.events):
            for kind in kinds.values():
                if name in kind.keys:
                    return kind.keys[name]
        return EVERYWHERE.get(name)

    def _set(self, node: Node) -> Stated | None:
        if not isinstance(node, Mapping) or not {"customer", "staff"} & set(node.entries):
            self.problems.error(
                node.mark,
                "set",
                "set 应为 {customer: ID, …} 或 {staff: ID, …}",
                "set is {customer: ID, …} or {staff: ID, …}",
            )
            return None
        kind = "customer" if "customer" in node.entries else "staff"
        values = self.customer_values(node) if kind == "customer" else self.staff_values(node)
        return Stated({**values, "=": (kind, self._id(node))}, node.mark)

    def _ask(self, node: Mapping) -> Stated | None:
        action = node.get("action")
        if action is None:
            indicators = node.get("indicators")
            if indicators is not None and not isinstance(indicators, Mapping):
                self.problems.error(
                    indicators.mark, "value", "indicators 应为映射", "indicators is a map"
                )
                return None
            keys = self._keys(
                Mapping(
                    {k: v for k, v in node.entries.items() if k != "indicators"},
                    node.mark,
                    node.flow,
                    node.keys,
                ),
                {},
            )
            return Stated({**keys, "indicators": plain(indicators) or {}}, node.mark)
        name = action.text if isinstance(action, Scalar) else ""
        if name not in self.vocabulary.actions:
            self.problems.unknown(
                action.mark, "unknown-action", ("动作", "action"), name, self.vocabulary.actions
            )
            return None
        known = self.vocabulary.event_keys((name,))
        if name == "form.file":
            form = node.get("form")
            known.update(self._fields(form.text if isinstance(form, Scalar) else ""))
        return Stated(self._keys(node, known), node.mark)

    def _fields(self, code: str) -> dict[str, Key]:
        """The fields of a form, as its latest edition has them."""
        found: dict[str, Key] = {}
        for edition in self.editions:
            if code in edition.forms:
                found.update(edition.forms[code].keys())
        return found


def _words(node: Node) -> Value:
    """Words as they were written, also those that look like numbers."""
    if isinstance(node, Scalar) and node.value is not None:
        return node.text
    if isinstance(node, Sequence):
        return [_words(item) for item in node.items]
    return plain(node)


def _wordy(key: Key) -> bool:
    return key.type in (
        "text",
        "long",
        "choice",
        "phone",
        "staff",
        "staffs",
        "choices",
        "customer",
        "department",
        "file",
        "signature",
    )
