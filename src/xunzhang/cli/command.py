"""Commands whose help is laid out in both languages, with examples and exit codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import click
from rich.cells import cell_len
from rich.text import Text
from typing_extensions import override

from xunzhang.cli.terminal import folded, padded, width
from xunzhang.cli.words import Words

USAGE = Words("用法", "Usage")
OPTIONS = Words("选项", "Options")
COMMANDS = Words("命令", "Commands")
EXAMPLES = Words("示例", "Examples")
EXITS = Words("退出码", "Exit codes")
HELP = Words("显示这页说明", "show this page")
FOR_OPTIONS = Words("[选项]", "[OPTIONS]")
LEFT = 34

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Example:
    """A command line to try, and what it does."""

    line: str
    does: Words


class Option(click.Option):
    """An option with its help, and the name of its value, in both languages."""

    def __init__(self, *args: Any, about: Words, value: Words | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.about = about
        self.value = value

    @override
    def make_metavar(self, ctx: click.Context) -> str:
        return str(self.value) if self.value is not None else super().make_metavar(ctx)

    @override
    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        return (record[0], str(self.about)) if record is not None else None


class Argument(click.Argument):
    """An argument with its name in both languages."""

    def __init__(self, *args: Any, called: Words, **more: Any) -> None:
        super().__init__(*args, **more)
        self.called = called

    @override
    def make_metavar(self, ctx: click.Context) -> str:
        name = str(self.called) + ("…" if self.nargs != 1 else "")
        return name if self.required else f"[{name}]"


def option(*names: str, about: Words, **more: Any) -> Callable[[Function], Function]:
    """Give a command an option."""
    return click.option(*names, cls=Option, about=about, **more)


def argument(name: str, called: Words, **more: Any) -> Callable[[Function], Function]:
    """Give a command an argument."""
    return click.argument(name, cls=Argument, called=called, **more)


class Page:
    """The help page of a command."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def paragraph(self, text: str, indent: int = 0, hanging: int = 0) -> None:
        """Add text, folded."""
        for paragraph in text.split("\n"):
            found = folded(Text(" " * indent + paragraph), width() or 80, indent + hanging)
            self.lines += [line.plain for line in found]

    def table(self, title: Words, rows: Sequence[tuple[str, str]]) -> None:
        """Add a titled list of two columns."""
        if not rows:
            return
        self.lines += ["", str(title)]
        left = min(max(cell_len(name) for name, _ in rows), LEFT) + 2
        for name, text in rows:
            if cell_len(name) + 2 > left:
                self.lines.append("  " + name)
                self.paragraph(text, 2 + left)
            else:
                self.paragraph(padded(name, left) + text, 2, left)

    @override
    def __str__(self) -> str:
        return "\n".join(self.lines)


class Helpful:
    """The help of a command or group: usage, what it does, options, examples, exit codes."""

    def __init__(
        self,
        *args: Any,
        about: Words,
        examples: Sequence[Example] = (),
        exits: Sequence[tuple[int, Words]] = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.about = about
        self.examples = tuple(examples)
        self.exits = tuple(exits)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        found = super().get_help_option(ctx)  # type: ignore[misc]
        if found is not None:
            found.help = str(HELP)
        return found  # type: ignore[no-any-return]

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002
        return str(self.about).partition("\n")[0]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        pieces = super().collect_usage_pieces(ctx)  # type: ignore[misc]
        return [str(FOR_OPTIONS) if piece == "[OPTIONS]" else piece for piece in pieces]

    def get_usage(self, ctx: click.Context) -> str:
        return " ".join([f"{USAGE}:", ctx.command_path, *self.collect_usage_pieces(ctx)])

    def get_help(self, ctx: click.Context) -> str:
        """The whole page, in the language that is spoken."""
        page = Page()
        page.paragraph(self.get_usage(ctx), hanging=4)
        page.lines.append("")
        page.paragraph(str(self.about), 2)
        page.table(COMMANDS, self.commands_told(ctx))
        page.table(
            OPTIONS,
            [
                record
                for param in self.get_params(ctx)  # type: ignore[attr-defined]
                for record in [param.get_help_record(ctx)]
                if isinstance(param, click.Option) and record is not None
            ],
        )
        self._examples(page)
        page.table(EXITS, [(str(code), str(words)) for code, words in self.exits])
        return str(page)

    def commands_told(self, ctx: click.Context) -> list[tuple[str, str]]:  # noqa: ARG002
        """The commands of a group, with what they do."""
        return []

    def _examples(self, page: Page) -> None:
        if self.examples:
            page.lines += ["", str(EXAMPLES)]
        for example in self.examples:
            page.paragraph("$ " + example.line, 2, 4)
            page.paragraph(str(example.does), 6)


class Command(Helpful, click.Command):
    """One command."""


class Group(Helpful, click.Group):
    """A command with commands of its own."""

    @override
    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [*super().collect_usage_pieces(ctx)[:-1], str(Words("命令 …", "COMMAND …"))]

    @override
    def commands_told(self, ctx: click.Context) -> list[tuple[str, str]]:
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        return [
            (name, command.get_short_help_str()) for name, command in found if command is not None
        ]
