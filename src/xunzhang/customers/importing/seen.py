"""What stood in earlier rows of a file, kept on disk: a file of any length is compared in little memory."""

from __future__ import annotations

import sqlite3

ASKED = """
INSERT INTO seen (value, number) VALUES (?, ?)
ON CONFLICT (value) DO UPDATE SET number = number RETURNING number
"""


class Seen:
    """The first row of each value, as a dictionary would remember it."""

    def __init__(self) -> None:
        # A database without a name is a temporary file that goes with the connection
        self.rows = sqlite3.connect("", isolation_level=None)
        self.rows.execute("PRAGMA journal_mode = OFF")
        self.rows.execute("CREATE TABLE seen (value INTEGER PRIMARY KEY, number INTEGER NOT NULL)")

    def setdefault(self, value: int, number: int) -> int:
        """Return in which row the value stood first; that is this one where it is new."""
        first: int = self.rows.execute(ASKED, (value, number)).fetchone()[0]
        return first

    def close(self) -> None:
        """Forget everything."""
        self.rows.close()
