"""Finds policy and rehearsal files below the paths that a person named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import click

from xunzhang.cli.words import Words
from xunzhang.law.problems import Problems
from xunzhang.law.source import MAX_BYTES, Mapping, parse

Kind = Literal["policy", "rehearsal", "other"]
ENDINGS = (".yaml", ".yml")
_KEY = re.compile(rb"^[\"']?(rehearsal|steps|policy|articles|chapters)[\"']?[ \t]*:", re.MULTILINE)


def must_exist(paths: Iterable[Path]) -> None:
    """Raise a usage error naming every path that is not there."""
    lost = [str(path) for path in paths if not path.exists()]
    if lost:
        raise click.UsageError(
            Words("没有这个文件或文件夹：{paths}", "there is no such file or folder: {paths}")(
                paths=", ".join(lost)
            )
        )


def kind_of(path: Path) -> Kind:
    """What a YAML file holds, by the keys at its top; what cannot be read is `other`."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError:
        return "other"
    found = {match[1].decode() for match in _KEY.finditer(data)}
    if not found and data.lstrip()[:1] == b"{":
        root = parse(data, Problems(str(path)))
        found = set(root.entries) if isinstance(root, Mapping) else set()
    if "rehearsal" in found or "steps" in found:
        return "rehearsal"
    return "policy" if found & {"policy", "articles", "chapters"} else "other"


def below(path: Path, kind: Kind) -> list[Path]:
    """The file itself, or all files of a kind below a folder, in order of their names."""
    if not path.is_dir():
        return [path]
    found = sorted(one for one in path.rglob("*") if one.suffix in ENDINGS and one.is_file())
    return [one for one in found if kind_of(one) == kind]


def gathered(paths: Iterable[Path], kind: Kind) -> list[Path]:
    """All files of a kind, each once, in the order named."""
    return list(dict.fromkeys(one for path in paths for one in below(path, kind)))
