"""Reads `forms:`."""

from __future__ import annotations

import re
from collections.abc import Collection, Container

from xunzhang.law.arithmetic import Expression, Name, names, parse_expression
from xunzhang.law.conditions import ALWAYS, Condition
from xunzhang.law.paths import KeyBook
from xunzhang.law.problems import Mark
from xunzhang.law.read.conditions import ConditionReader
from xunzhang.law.read.context import Context
from xunzhang.law.read.rule import RuleReader, words
from xunzhang.law.read.who import WhoReader
from xunzhang.law.rules.approval import steps
from xunzhang.law.source import Mapping, Node, Scalar, Sequence
from xunzhang.law.text import DEFAULT_ROOTS, Field, Form
from xunzhang.law.vocabulary import TYPES, BadValue, Key, coerce
from xunzhang.law.who import Who

FORM_KEYS = ("code", "title", "about", "event", "fields", "sign", "copies", "article", "note")
FIELD_KEYS = (
    "key",
    "label",
    "type",
    "required",
    "choices",
    "pattern",
    "default",
    "is",
    "columns",
    "rows",
    "unique",
)
ABOUT = ("customer", "staff", "department", "case", "none")
TAKEN = frozenset({"type", "at", "by", "case", "form", "items", "batch"})
SUBJECTS = frozenset({"customer", "staff", "department"})
PEOPLE = frozenset({"staff", "staffs"})


def sketch(node: Node) -> tuple[str, dict[str, Key], dict[str, dict[str, Key]]] | None:
    """A form's event, its fields as keys, and the keys of its row events; problems are noted later."""
    if not isinstance(node, Mapping):
        return None
    event = node.get("event")
    fields = node.get("fields")
    about = node.get("about")
    keys: dict[str, Key] = {}
    if isinstance(about, Scalar) and about.text in ("staff", "department"):
        keys[about.text] = Key(about.text, about.text)
    rows: dict[str, dict[str, Key]] = {}
    for entry in fields.items if isinstance(fields, Sequence) else []:
        found = _key(entry)
        if found is None or not isinstance(entry, Mapping):
            continue
        keys[found.name] = found
        row = entry.get("rows")
        if isinstance(row, Scalar):
            rows.setdefault(row.text, {}).update(found.columns)
    return (event.text if isinstance(event, Scalar) else "", keys, rows)


def _key(node: Node) -> Key | None:
    if not isinstance(node, Mapping):
        return None
    name, type_ = node.get("key"), node.get("type")
    if not isinstance(name, Scalar):
        return None
    text = (
        type_.text
        if isinstance(type_, Scalar) and type_.text in TYPES
        else "decimal"
        if node.get("is")
        else "text"
    )
    choices = node.get("choices")
    listed = (
        tuple(item.text for item in choices.items if isinstance(item, Scalar))
        if isinstance(choices, Sequence)
        else ()
    )
    columns = node.get("columns")
    inner = [_key(item) for item in columns.items] if isinstance(columns, Sequence) else []
    label = node.get("label")
    said = (
        {"zh": label.text}
        if isinstance(label, Scalar)
        else (
            {lang: item.text for lang, item in label.entries.items() if isinstance(item, Scalar)}
            if isinstance(label, Mapping)
            else {}
        )
    )
    return Key(
        name.text, text, said, listed, columns={key.name: key for key in inner if key is not None}
    )


class FormReader:
    """Reads one form, its conditions on its own fields."""

    def __init__(self, context: Context, version: str, node: Mapping) -> None:
        self.context = context
        self.problems = context.problems
        self.version = version
        self.node = node
        sketched = sketch(node)
        self.event, self.keys, _ = sketched if sketched is not None else ("", {}, {})
        book = context.event_book((self.event,)) if self.event else context.any_book()
        self.book = KeyBook(book.vocabulary, {**book.own, **self.keys}, book.terms)

    def read(self) -> Form | None:
        """The form; None after noting what makes it unusable."""
        reader = RuleReader(self.context, self.node, "form")
        reader.asked, reader.book = {"note"}, self.book
        code = reader.text("code", required=True)
        title = reader.words("title", required=True)
        about = reader.text("about", among=ABOUT) or "none"
        event = reader.text("event", required=True)
        fields = self._fields(reader.get("fields"), about)
        sign_node = reader.get("sign")
        sign: tuple[Who, ...] = steps(reader, sign_node, self.book) if sign_node is not None else ()
        copies = self._copies(reader)
        article = reader.text("article") or ""
        reader.finish()
        if code is None:
            return None
        return Form(
            code,
            title,
            about,
            event or "",
            fields,
            sign,
            copies,
            article,
            self.context.policy,
            self.version,
            self.node.mark,
        )

    def _copies(self, reader: RuleReader) -> int | tuple[str, ...]:
        node = reader.get("copies")
        if isinstance(node, Sequence):
            return tuple(name for name, _ in reader.names("copies"))
        return reader.number("copies", 1)

    def _fields(self, node: Node | None, about: str) -> tuple[Field, ...]:
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self.problems.error(node.mark, "fields", "fields 应为列表", "fields is a list")
            return ()
        found: dict[str, Field] = {}
        for entry in node.items:
            one = self._field(entry)
            if one is None:
                continue
            self._once(one, found, entry.mark)
            if one.name in TAKEN or (one.name in SUBJECTS and one.name != about):
                self.problems.error(
                    one.mark,
                    "reserved-key",
                    f"字段不能叫“{one.name}”",
                    f"a field may not be called “{one.name}”",
                )
            found[one.name] = one
        self._acyclic(found.values())
        return tuple(found.values())

    def _once(self, one: Field, before: Container[str], mark: Mark) -> None:
        """Note a field or column whose key stands before it already."""
        if one.name in before:
            self.problems.error(
                mark,
                "duplicate-field",
                f"字段“{one.name}”重复",
                f"the field “{one.name}” is repeated",
            )

    def _columns(self, node: Node | None) -> tuple[Field, ...]:
        found: dict[str, Field] = {}
        for entry in node.items if isinstance(node, Sequence) else []:
            one = self._field(entry, column=True)
            if one is not None:
                self._once(one, found, entry.mark)
                found[one.name] = one
        self._acyclic(found.values())
        return tuple(found.values())

    def _acyclic(self, fields: Collection[Field]) -> None:
        """Note every computed field that is computed from itself."""
        uses = {
            one.name: {part.field for part in names(one.computed) if isinstance(part, Name)}
            for one in fields
            if one.computed is not None
        }
        for one in fields:
            reached: set[str] = set()
            ahead = set(uses.get(one.name, ()))
            while ahead:
                reached |= ahead
                ahead = {inner for name in ahead for inner in uses.get(name, ())} - reached
            if one.name in reached:
                self.problems.error(
                    one.mark,
                    "circular-field",
                    f"字段“{one.name}”的 is 用到了它自己，算不出来",
                    f"the field “{one.name}” is computed from itself",
                )

    def _field(self, node: Node, *, column: bool = False) -> Field | None:
        if not isinstance(node, Mapping):
            self.problems.error(
                node.mark, "field", "字段应为 {key, label, type}", "a field is {key, label, type}"
            )
            return None
        for name in node.entries:
            if name not in FIELD_KEYS:
                self.problems.unknown(
                    node.mark_of(name),
                    "unknown-key",
                    ("键（字段）", "key of a field"),
                    name,
                    FIELD_KEYS,
                )
        key = _key(node)
        if key is None:
            self.problems.error(node.mark, "missing-key", "字段缺少 key", "a field needs key")
            return None
        self._check_type(node)
        return Field(
            key,
            self._required(node),
            self._pattern(node),
            self._default(node, key),
            self._computed(node, column=column),
            self._rows(node),
            self._columns(node.get("columns")),
            node.mark_of("key"),
        )

    def _check_type(self, node: Mapping) -> None:
        type_ = node.get("type")
        if isinstance(type_, Scalar) and type_.text not in TYPES:
            self.problems.unknown(type_.mark, "unknown-type", ("类型", "type"), type_.text, TYPES)
        if type_ is None and node.get("is") is None:
            self.problems.error(node.mark, "missing-key", "字段缺少 type", "a field needs type")
        label = node.get("label")
        if label is not None:
            words(self.problems, label, "label")

    def _required(self, node: Mapping) -> Condition | None:
        required = node.get("required")
        if required is None:
            return None
        if isinstance(required, Scalar) and isinstance(required.value, bool):
            return ALWAYS if required.value else None
        return ConditionReader(self.context, self.book).read(required)

    def _pattern(self, node: Mapping) -> str | None:
        pattern = node.get("pattern")
        if not isinstance(pattern, Scalar):
            return None
        try:
            re.compile(pattern.text)
        except re.error as error:
            self.problems.error(
                pattern.mark,
                "pattern",
                f"pattern 不是正则表达式：{error}",
                f"pattern is no regular expression: {error}",
            )
            return None
        return pattern.text

    def _default(self, node: Mapping, key: Key) -> Who | str | None:
        """A value, a who for a field of staff, or a key of the customer, the case, the filer or the owner."""
        default = node.get("default")
        if not isinstance(default, Scalar):
            if isinstance(default, Sequence) and key.type in PEOPLE:
                return WhoReader(self.context, self.book).read(default)
            if default is not None:
                self.problems.error(
                    default.mark, "value", "default 应为单个值", "default is a single value"
                )
            return None
        text = default.text
        root, _, word = text.partition(".")
        if (
            word
            and root in DEFAULT_ROOTS
            and (key.type not in PEOPLE or root in ("customer", "case"))
        ):
            known = self.context.book_of("staff" if root in ("by", "owner") else root).own
            if word not in known:
                self.problems.unknown(default.mark, "unknown-key", ("键", "key"), word, known)
            return text
        if key.type in PEOPLE:
            return WhoReader(self.context, self.book).read(default)
        try:
            coerce(key, default.value)
        except BadValue as error:
            self.problems.error(
                default.mark, "value", f"default：{error.zh}", f"default: {error.en}"
            )
            return None
        return text

    def _computed(self, node: Mapping, *, column: bool) -> Expression | None:
        computed = node.get("is")
        if not isinstance(computed, Scalar):
            return None
        reader = RuleReader(self.context, node, "field")
        found: Expression | None = reader.parsed(computed, "is", parse_expression)
        if found is not None and not column:
            self._known(found, computed.mark)
        return found

    def _known(self, expression: Expression, mark: Mark) -> None:
        for part in names(expression):
            word = part.field if isinstance(part, Name) else part.table
            if word not in self.keys:
                self.problems.unknown(mark, "unknown-field", ("字段", "field"), word, self.keys)
            elif not isinstance(part, Name) and part.column not in self.keys[word].columns:
                self.problems.unknown(
                    mark, "unknown-field", ("列", "column"), part.column, self.keys[word].columns
                )

    def _rows(self, node: Mapping) -> str | None:
        rows = node.get("rows")
        return rows.text if isinstance(rows, Scalar) else None
