"""Reads the head of a policy: its names, dates and roles."""

from __future__ import annotations

import re
from datetime import date

from xunzhang.law.malformed import Malformed
from xunzhang.law.problems import Problems
from xunzhang.law.read.rule import iso_date, words
from xunzhang.law.source import Mapping, Scalar, Sequence, plain

_CODE = re.compile(r"[a-z0-9-]+\Z")


class Head:
    """The head of a policy: its names, dates and roles."""

    def __init__(self, root: Mapping, problems: Problems) -> None:
        self.root = root
        self.problems = problems
        self.code = self._code()
        self.title = self.words("title", required=True)
        self.version = self._scalar("version", required=True)
        self.effective = self._date("effective", required=True)
        self.until = self._date("until")
        self.roles = list(self.names("roles"))
        if self.effective is not None and self.until is not None and self.until <= self.effective:
            problems.error(
                root.mark_of("until"),
                "until",
                "until 应晚于 effective",
                "until must be after effective",
            )
        approver = self.text("approver")
        role = approver.removeprefix("role:")
        if approver.startswith("role:") and role not in self.roles:
            problems.unknown(
                root.entries["approver"].mark, "unknown-role", ("角色", "role"), role, self.roles
            )

    def _missing(self, key: str) -> None:
        self.problems.error(
            self.root.mark, "missing-key", f"制度缺少 {key}", f"a policy needs {key}"
        )

    def _scalar(self, key: str, *, required: bool = False) -> str:
        node = self.root.get(key)
        if isinstance(node, Scalar):
            return node.text
        if node is not None:
            self.problems.error(node.mark, "value", f"{key} 应为一个词", f"{key} is a single word")
        elif required:
            self._missing(key)
        return ""

    def _code(self) -> str:
        code = self._scalar("policy", required=True)
        if code and not _CODE.match(code):
            self.problems.error(
                self.root.entries["policy"].mark,
                "code",
                f"制度代码“{code}”只能用小写字母、数字和连字符",
                f"the policy code “{code}” may hold only a–z, 0–9 and hyphens",
            )
        return code

    def _date(self, key: str, *, required: bool = False) -> date | None:
        node = self.root.get(key)
        if node is None:
            if required:
                self._missing(key)
            return None
        try:
            return iso_date(node.text if isinstance(node, Scalar) else "")
        except Malformed as error:
            self.problems.error(node.mark, "date", error.zh, error.en)
            return None

    def text(self, key: str) -> str:
        """A word or text, empty where missing."""
        node = self.root.get(key)
        if isinstance(node, Mapping):
            return str((plain(node) or {}).get("zh", ""))
        return node.text if isinstance(node, Scalar) else ""

    def words(self, key: str, *, required: bool = False) -> dict[str, str]:
        """A Chinese string or a map {zh, en}."""
        node = self.root.get(key)
        if node is None:
            if required:
                self._missing(key)
            return {}
        return words(self.problems, node, key)

    def names(self, key: str) -> tuple[str, ...]:
        """A list of words."""
        node = self.root.get(key)
        items = node.items if isinstance(node, Sequence) else [node] if node is not None else []
        for item in items:
            if not isinstance(item, Scalar):
                self.problems.error(
                    item.mark,
                    "value",
                    f"{key} 应为词或词的列表",
                    f"{key} is a word or a list of words",
                )
        return tuple(item.text for item in items if isinstance(item, Scalar))
