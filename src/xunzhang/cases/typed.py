"""An event that no form of a policy records, as a form to fill in: a field for each key, and its checklists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from xunzhang.cases import law
from xunzhang.law.conditions import ALWAYS
from xunzhang.law.problems import Mark
from xunzhang.law.rules.checklist import ChecklistRule
from xunzhang.law.text import Field, Form
from xunzhang.law.vocabulary import Key, Kind

_NOWHERE = Mark(1, 1)
_LINE = Key("text", "text", {"zh": "内容", "en": "content"})


def form_of(kind: Kind, keys: Iterable[Key], *, required: frozenset[str] = frozenset()) -> Form:
    """Return the form whose fields are these keys of an event; a table without columns takes one line in each row."""
    fields = tuple(_field(key, required=key.name in required) for key in keys)
    title = kind.name or {"zh": kind.type}
    return Form(kind.type, title, "none", kind.type, fields, (), 1, "", "", "", _NOWHERE)


def checklists_on(type_: str, *, at: datetime) -> list[ChecklistRule]:
    """Return the checklists of the editions in force that are checked when such an event is recorded."""
    followers = law.reading(at).frame(at).followers.get(type_, ())
    return [rule for rule in followers if isinstance(rule, ChecklistRule)]


def _field(key: Key, *, required: bool) -> Field:
    columns: tuple[Field, ...] = ()
    if key.type == "table":
        columns = tuple(_field(one, required=False) for one in key.columns.values() or (_LINE,))
    return Field(key, ALWAYS if required else None, None, None, None, None, columns, _NOWHERE)
