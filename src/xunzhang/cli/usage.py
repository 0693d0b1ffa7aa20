"""What is wrong with a command line, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import click

from xunzhang.cli.words import Words, listed


def told(error: click.ClickException) -> str:
    """What is wrong and what would be right."""
    for kind, tell in _TELLERS.items():
        if isinstance(error, kind):
            return tell(error)
    return error.format_message()


def _option(error: click.ClickException) -> str:
    assert isinstance(error, click.NoSuchOption)
    near = list(error.possibilities or ())
    hint = Words(f"；是不是 {listed(near)}？", f"; did you mean {listed(near)}?") if near else Words("", "")
    return str(Words("没有选项 {name}", "there is no option {name}"))\
        .format(name=error.option_name) + str(hint)


def _command(error: click.ClickException) -> str:
    assert isinstance(error, click.NoSuchCommand)
    near = list(error.possibilities or ())
    hint = Words(f"；是不是 {listed(near)}？", f"; did you mean {listed(near)}?") if near else Words(
        "；xunzhang --help 列出全部命令", "; xunzhang --help lists all commands")
    return Words("没有命令 {name}", "there is no command {name}")(name=error.command_name) + str(hint)


def _missing(error: click.ClickException) -> str:
    assert isinstance(error, click.MissingParameter)
    return Words("缺少 {name}", "{name} is missing")(name=_name(error))


def _bad(error: click.ClickException) -> str:
    assert isinstance(error, click.BadParameter)
    if error.param is None:
        return error.message
    return Words("{name} 的值不对：{why}", "the value of {name} is wrong: {why}")(name=_name(error), why=error.message)


def _name(error: click.BadParameter) -> str:
    if error.param is None or error.ctx is None:
        return ""
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    return error.param.make_metavar(error.ctx)


def _no_value(error: click.ClickException) -> str:
    assert isinstance(error, click.BadOptionUsage)
    return Words("选项 {name} 后面要写一个值", "the option {name} needs a value")(name=error.option_name)


_TELLERS: Mapping[type[click.ClickException], Callable[[click.ClickException], str]] = {
    click.NoSuchOption: _option,
    click.NoSuchCommand: _command,
    click.MissingParameter: _missing,
    click.BadParameter: _bad,
    click.BadOptionUsage: _no_value,
}
