"""Where a policy uses its settings: under which key, and in which article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from xunzhang.law.source import Mapping, Node, Scalar, Sequence

_NAME = re.compile(r"\$([A-Za-z_][\w-]*)")
_PLACES = ("articles", "chapters", "forms", "processes", "terms")


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a setting; `whole` where the value stands alone, `article` empty outside the articles."""

    key: str
    article: str
    whole: bool


def uses(root: Node | None) -> dict[str, list[Use]]:
    """The uses of every setting, in the order of the file."""
    found: dict[str, list[Use]] = defaultdict(list)
    if isinstance(root, Mapping):
        for place in _PLACES:
            for name, use in _below(root.entries.get(place), "", ""):
                if use not in found[name]:
                    found[name].append(use)
    return dict(found)


def _below(node: Node | None, key: str, article: str) -> Iterator[tuple[str, Use]]:
    match node:
        case Scalar():
            for name in _NAME.findall(node.text):
                yield name, Use(key, article, node.text.strip() == f"${name}")
        case Sequence():
            for item in node.items:
                yield from _below(item, key, article)
        case Mapping():
            here = _article(node) or article
            for name, value in node.entries.items():
                yield from _below(value, name, here)
        case None:
            return


def _article(node: Mapping) -> str:
    """The article of a map: of an article its number, of a form, process or stage the one that it names."""
    label = node.entries.get("no") or node.entries.get("article")
    return label.text if isinstance(label, Scalar) else ""
