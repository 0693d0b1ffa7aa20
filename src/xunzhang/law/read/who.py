"""Reads whos."""

from __future__ import annotations

import re

from xunzhang.law import who as w
from xunzhang.law.paths import KeyBook, Path
from xunzhang.law.problems import Mark
from xunzhang.law.read.conditions import ConditionReader
from xunzhang.law.read.context import Context
from xunzhang.law.source import Mapping, Node, Scalar, Sequence

_KEYED = re.compile(r"(event|case|customer|owner|by)\.([^\s]+)\Z")
_ROLE_IN = re.compile(r"role:(.+?) in (event\.\S+|case\.\S+|customer\.\S+)\Z")
_HINT_ZH = (
    "可写 by、owner、event.KEY、role:角色、manager of …、head of …、in 部门、everyone、each …"
)
_HINT_EN = "write by, owner, event.KEY, role:NAME, manager of …, head of …, in DEPARTMENT, everyone or each …"


class WhoReader:
    """Reads the whos of one place; `event.KEY` speaks of the keys of its book."""

    def __init__(self, context: Context, book: KeyBook) -> None:
        self.context = context
        self.book = book
        self.settings: dict[str, Node] = {}

    def read(self, node: Node | None) -> w.Who | None:
        """The who; None where it is missing or was wrong (and noted)."""
        if node is None:
            return None
        if isinstance(node, Scalar):
            self.settings = {**self.settings, **(node.settings or {})}
            return self.text(node.text, node.mark)
        if isinstance(node, Sequence):
            return self._list(node)
        return self._table([node])

    def _list(self, node: Sequence) -> w.Who | None:
        maps = [item for item in node.items if isinstance(item, Mapping)]
        if maps and len(maps) == len(node.items):
            return self._table(maps)
        parts = [part for item in node.items if (part := self.read(item)) is not None]
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else w.Together(tuple(parts))

    def _table(self, maps: list[Mapping]) -> w.Who | None:
        rows = []
        for row in maps:
            for name in row.entries:
                if name not in ("if", "is"):
                    self.context.problems.unknown(
                        row.mark_of(name), "unknown-key", ("键", "key"), name, ("if", "is")
                    )
            who = self.read(row.get("is"))
            if who is None and row.get("is") is None:
                self.context.problems.error(
                    row.mark,
                    "missing-key",
                    "人员表的每一行要有 is",
                    "each row of a table of whos needs is",
                )
            if who is not None:
                rows.append((ConditionReader(self.context, self.book).read(row.get("if")), who))
        return w.Table(tuple(rows)) if rows else None

    def text(self, text: str, mark: Mark) -> w.Who | None:
        """A who written as words."""
        text = " ".join(text.split())
        left, found, right = text.rpartition(" except ")
        if found:
            one, two = self.text(left, mark), self.text(right, mark)
            return w.Except(one, two) if one is not None and two is not None else None
        for prefix, make in (("each ", w.Each), ("manager of ", w.Manager)):
            if text.startswith(prefix):
                inner = self.text(text.removeprefix(prefix), mark)
                return make(inner) if inner is not None else None
        if text.startswith("head of "):
            return self._head(text.removeprefix("head of "), mark)
        return self._atom(text, mark)

    def _atom(self, text: str, mark: Mark) -> w.Who | None:
        simple: dict[str, w.Who] = {
            "by": w.By(),
            "owner": w.Owner(),
            "everyone": w.Everyone(),
            "who": w.InBreach(),
        }
        if text in simple:
            return simple[text]
        if text.startswith("$") and text[1:] in self.settings:
            return self.read(self.settings[text[1:]])
        if text.startswith("on duty role:"):
            return w.OnDuty(self._role(text.removeprefix("on duty role:"), mark))
        inside = _ROLE_IN.match(text)
        if inside:
            path = self._path(inside[2], mark)
            return w.RoleIn(self._role(inside[1], mark), path) if path is not None else None
        if text.startswith("role:"):
            return w.Role(self._role(text.removeprefix("role:"), mark))
        if text.startswith("in "):
            return self._in(text.removeprefix("in "), mark)
        if _KEYED.match(text):
            path = self._path(text, mark)
            return w.Keyed(path) if path is not None else None
        self._unknown(text, mark)
        return None

    def _unknown(self, text: str, mark: Mark) -> None:
        if text in self.context.roles:
            self.context.problems.error(
                mark,
                "who",
                f"看不懂的人员“{text}”；角色要写成 role:{text}",
                f"cannot read the who “{text}”; a role is written role:{text}",
            )
            return
        if text in self.book.own:
            self.context.problems.error(
                mark,
                "who",
                f"看不懂的人员“{text}”；事件的键要写成 event.{text}",
                f"cannot read the who “{text}”; a key of the event is written event.{text}",
            )
            return
        self.context.problems.error(
            mark,
            "who",
            f"看不懂的人员“{text}”；{_HINT_ZH}",
            f"cannot read the who “{text}”; {_HINT_EN}",
        )

    def _role(self, name: str, mark: Mark) -> str:
        name = name.strip()
        self.context.used_roles.add(name)
        if name not in self.context.roles:
            self.context.problems.unknown(
                mark, "unknown-role", ("角色", "role"), name, self.context.roles
            )
        return name

    def _path(self, text: str, mark: Mark) -> Path | None:
        return self.context.path(text.removeprefix("event."), self.book, mark)

    def _in(self, text: str, mark: Mark) -> w.Who | None:
        if text.startswith(("event.", "case.", "customer.", "by.", "owner.")):
            path = self._path(text, mark)
            return w.In(path) if path is not None else None
        return w.In(text.strip())

    def _head(self, text: str, mark: Mark) -> w.Who | None:
        if _KEYED.match(text):
            path = self._path(text, mark)
            if path is None:
                return None
            is_department = path.key.type == "department" or path.key.name == "department"
            return w.Head(path) if is_department else w.Head(w.Keyed(path))
        if text in ("by", "owner", "who", "everyone") or text.startswith(
            ("role:", "manager of ", "head of ", "each ", "in ", "on duty ", "$")
        ):
            inner = self.text(text, mark)
            return w.Head(inner) if inner is not None else None
        return w.Head(text.strip())
