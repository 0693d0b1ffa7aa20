"""The directories that this process keeps until people, roles or departments change."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from xunzhang.law.facts import Directory
from xunzhang.organisation.directory import Rows, build_directory, read_rows
from xunzhang.organisation.mark import current_mark

MOST_KEPT = 64


@dataclass
class _Shelf:
    """The rows under one mark, and the directories made of them, by the period that they describe."""

    mark: UUID
    rows: Rows
    directories: dict[int, Directory] = field(default_factory=dict)

    def at(self, moment: datetime) -> Directory:
        stage = self.rows.stage(moment)
        if stage not in self.directories:
            if len(self.directories) == MOST_KEPT:
                self.directories.clear()
            self.directories[stage] = build_directory(self.rows, moment)
        return self.directories[stage]


_shelves: dict[str, _Shelf] = {}


def directory_at(moment: datetime, *, database: str) -> Directory:
    """Return the directory at the moment; one query when nothing has changed since the last."""
    mark = current_mark()
    if mark is None:
        return build_directory(read_rows(), moment)
    shelf = _shelves.get(database)
    if shelf is None or shelf.mark != mark:
        shelf = _shelves[database] = _Shelf(mark, read_rows())
    return shelf.at(moment)
