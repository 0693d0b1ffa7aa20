"""What is wrong with a command line, in both languages."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

import click

from xunzhang.cli.words import Words, listed


def told(error: click.ClickException) -> str:
    """What is wrong and what would be right."""
    match error:
        case click.NoSuchOption():
            words = Words("没有选项 {name}", "there is no option {name}")
            return words(name=error.option_name) + near(list(error.possibilities or ()))
        case click.MissingParameter():
            return Words("缺少 {name}", "{name} is missing")(name=_name(error))
        case click.BadParameter() if error.param is not None:
            words = Words("{name} 的值不对：{why}", "the value of {name} is wrong: {why}")
            return words(name=_name(error), why=error.message)
        case click.BadOptionUsage():
            return Words("选项 {name} 后面要写一个值", "the option {name} needs a value")(
                name=error.option_name
            )
        case _:
            return error.message or error.format_message()


def near(names: Sequence[str]) -> str:
    """A hint at the names most likely meant; empty where there are none."""
    return (
        Words("；是不是 {names}？", "; did you mean {names}?")(names=listed(names)) if names else ""
    )


def no_command(name: str, known: Iterable[str]) -> click.UsageError:
    """There is no command of that name."""
    found = difflib.get_close_matches(name, list(known), n=3)
    hint = near(found) or str(
        Words("；xunzhang --help 列出全部命令", "; xunzhang --help lists all commands")
    )
    return click.UsageError(
        Words("没有命令 {name}", "there is no command {name}")(name=name) + hint
    )


def _name(error: click.BadParameter) -> str:
    """The option or argument at hand, as the help calls it."""
    if error.param is None or error.ctx is None:
        return ""
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    return error.param.make_metavar(error.ctx)
