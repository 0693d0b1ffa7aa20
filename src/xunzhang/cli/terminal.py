"""Prints for people: colours where the terminal has them, lines folded where it ends.

What is piped is not folded, so that one finding stays one line.
"""

from __future__ import annotations

import shutil
import sys

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

WIDEST = 100
NEVER_FIRST = "，。；：！？、）】》”’,.;:!?)]}>…%"
NEVER_LAST = "（《【〈“‘([{<$"
ERROR, WARNING, GOOD, FAINT, STRONG, NAME = "bold red", "yellow", "green", "dim", "bold", "cyan"


def width() -> int | None:
    """The columns to fold at; None where output is not read on a terminal."""
    return min(shutil.get_terminal_size((80, 24)).columns, WIDEST) if sys.stdout.isatty() else None


def say(
    *parts: str | tuple[str, str], indent: int = 0, hanging: int = 0, err: bool = False
) -> None:
    """Print one paragraph; a part is text or (text, style). Further lines hang `hanging` deeper."""
    text = Text.assemble(" " * indent, *parts)
    console = Console(stderr=err, highlight=False, soft_wrap=True)
    columns = width()
    lines = [text] if columns is None else folded(text, columns, indent + hanging)
    for line in lines:
        console.print(line, soft_wrap=True)


def blank() -> None:
    """Print an empty line."""
    print()


def data(text: str) -> None:
    """Print text for a program, exactly as it is."""
    print(text)


def padded(text: str, columns: int) -> str:
    """Text filled with spaces up to a number of columns; a Chinese character takes two."""
    return text + " " * max(0, columns - cell_len(text))


def folded(text: Text, columns: int, hanging: int) -> list[Text]:
    """The lines of a text at a width: broken at spaces and between Chinese characters."""
    lines: list[Text] = []
    for paragraph in text.split("\n", allow_blank=True):
        rest, room, first = paragraph, columns, True
        while cell_len(rest.plain) > room:
            cut = _cut(rest.plain, room)
            head, rest = rest.divide([cut])
            head.rstrip()
            lines.append(head if first else _hung(head, hanging))
            rest = rest[len(rest.plain) - len(rest.plain.lstrip(" ")) :]
            first, room = False, max(columns - hanging, 20)
        lines.append(rest if first else _hung(rest, hanging))
    return lines


def _hung(line: Text, hanging: int) -> Text:
    return Text(" " * hanging) + line


def _cut(text: str, room: int) -> int:
    """After how many characters to break: the last good place that fits, else where the room ends."""
    used, fits, good = 0, 0, 0
    for index, char in enumerate(text):
        used += cell_len(char)
        if used > room:
            break
        fits = index + 1
        if _may_break(text, fits):
            good = fits
    return good if text[:good].strip() else max(fits, 1)


def _may_break(text: str, at: int) -> bool:
    """Whether a line may end before the character at an index."""
    if at >= len(text) or text[at] in NEVER_FIRST:
        return False
    before, after = text[at - 1], text[at]
    if before in NEVER_LAST:
        return False
    return before == " " or after == " " or cell_len(before) == 2 or cell_len(after) == 2
