"""What is entered into a form, as it is recorded; and what a form still lacks, by the law's own answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xunzhang.cases import law
from xunzhang.law.arithmetic import compute
from xunzhang.law.calendar import CHINA
from xunzhang.law.engine.forms import EMPTY
from xunzhang.law.engine.run import Run
from xunzhang.law.facts import Ask
from xunzhang.law.scope import Scope
from xunzhang.law.text import Field, Form, say
from xunzhang.law.vocabulary import BadValue, coerce
from xunzhang.lib.errors import Invalid
from xunzhang.lib.text import tidy_long

Values = Mapping[str, Any]
ITEMS = "items"
"""Beside its fields a form may hold what the checklists on its event ask for."""
_LONGEST = 20_000
_WRITTEN = frozenset({"text", "long", "phone", "signature", "choice", "file"})


def language() -> str:
    """Return the language in which the law's words are said: zh or en."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def label_of(field: Field) -> str:
    """Return the name of a field in the reader's language."""
    return (
        capfirst(say(field.key.label, language()))
        if field.key.label
        else capfirst(field.name.replace("_", " "))
    )


def cleaned(form: Form, entered: Values, *, at: datetime) -> dict[str, Any]:
    """Return the entered values with their types, computed fields among them; Invalid names each that cannot be."""
    problems: dict[str, list[str]] = defaultdict(list)
    known = {ITEMS, *(field.name for field in form.fields)}
    for name in sorted(set(entered) - known):
        problems[name].append(_("This form has no such field."))
    found: dict[str, Any] = {}
    run = law.reading(at)
    for field in form.fields:
        if field.computed is not None:
            continue
        try:
            value = _value(run, field, entered.get(field.name))
        except BadValue as wrong:
            problems[field.name].append(wrong.en if language() == "en" else wrong.zh)
            continue
        if value not in EMPTY:
            found[field.name] = value
    if problems:
        raise Invalid(problems)
    if entered.get(ITEMS):
        found[ITEMS] = dict(entered[ITEMS])
    return {**found, **run.cases.forms.computed(form, found)}


def _value(run: Run, field: Field, raw: Any) -> Any:
    if raw in EMPTY:
        return None
    if field.key.type == "table":
        rows = [_row(run, field, row) for row in raw]
        return [row for row in rows if row]
    value = coerce(field.key, tidy_long(raw) if isinstance(raw, str) else raw)
    if field.key.type in _WRITTEN and isinstance(value, str) and len(value) > _LONGEST:
        raise BadValue(f"最多 {_LONGEST} 个字", f"at most {_LONGEST} characters")
    _check_names(run, field.key.type, value)
    return value


def _row(run: Run, field: Field, row: Values) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column in field.columns:
        value = (
            compute(column.computed, found)
            if column.computed is not None
            else _value(run, column, row.get(column.name))
        )
        if value not in EMPTY:
            found[column.name] = value
    return found


def _check_names(run: Run, type_: str, value: Any) -> None:
    """Refuse people and departments that the directory does not know."""
    directory = run.history.directory()
    if type_ in ("staff", "staffs"):
        for one in value if isinstance(value, list) else [value]:
            if one not in directory.staff:
                raise BadValue(f"没有编号为“{one}”的人员", f"there is nobody with the id “{one}”")
    if type_ == "department" and value not in directory.departments:
        raise BadValue(f"没有部门“{value}”", f"there is no department “{value}”")


def refuse_incomplete(form: Form, keys: Values, *, at: datetime) -> None:
    """Raise Invalid with what the law misses, at the fields that miss it."""
    run = law.reading(at)
    scope = Scope.of_ask(run.history, Ask("form.file", at, keys), CHINA)
    problems: dict[str, list[str]] = defaultdict(list)
    for name, what in run.cases.forms.lacking(form, keys, scope):
        for field, line in _told(form, keys, name, what):
            if line not in problems[field]:
                problems[field].append(line)
    if problems:
        raise Invalid(problems, values={"article": form.article, "form": form.code})


def _told(form: Form, keys: Values, name: str, what: str) -> Iterator[tuple[str, str]]:
    table, _dot, column = name.partition(".")
    field = next(one for one in form.fields if one.name == table)
    if not column:
        yield table, _wrong(field, what)
        return
    inner = next(one for one in field.columns if one.name == column)
    line = _("Row %(row)s, %(column)s: %(wrong)s")
    for place, row in enumerate(keys.get(table) or (), start=1):
        if what != "required" or row.get(column) in EMPTY:
            told = {"row": place, "column": label_of(inner), "wrong": _wrong(inner, what)}
            yield table, line % told


def _wrong(field: Field, what: str) -> str:
    if what == "required":
        return _("This is required.")
    if what == "pattern":
        return _("This has another form than the policy asks for.")
    choices = "、".join(map(str, field.key.choices))
    return _("Choose one of: %(choices)s.") % {"choices": choices}
