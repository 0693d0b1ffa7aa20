"""The command `xunzhang`. A command's module is imported when it is called, and no earlier."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any, NoReturn

import click

from xunzhang import __version__
from xunzhang.cli.command import Example, Group, option
from xunzhang.cli.terminal import ERROR, say
from xunzhang.cli.usage import told
from xunzhang.cli.words import Words, language_named, language_of, speak

USAGE_ERROR = 2

COMMANDS: Mapping[str, tuple[str, Words]] = {
    "check": ("xunzhang.cli.check", Words("检查制度文件", "check policy files")),
    "rehearse": ("xunzhang.cli.rehearse.command", Words("演练：把情景在制度上走一遍", "play rehearsals and compare")),
    "why": ("xunzhang.cli.why.command", Words("解释演练中的一个结果", "explain one result of a rehearsal")),
    "diff": ("xunzhang.cli.diff", Words("比较制度的两个版本", "what changed between two versions")),
    "packs": ("xunzhang.cli.packs", Words("随产品提供的制度包", "the policies shipped with the product")),
    "vocabulary": ("xunzhang.cli.vocabulary", Words("产品自带的事件、动作和客户键", "the product's events, actions and keys")),
    "schema": ("xunzhang.cli.schema", Words("供编辑器使用的 JSON Schema", "JSON Schema for editors")),
    "clauses": ("xunzhang.cli.clauses.command", Words("条款由哪些规则承载和证明", "which rules carry and prove which clauses")),
}


class Main(Group):
    """The group of all commands; `--lang` may stand anywhere on the line."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        found = import_module(COMMANDS[cmd_name][0]).command
        if not isinstance(found, click.Command):
            raise TypeError(cmd_name)
        return found

    def commands_told(self, ctx: click.Context) -> list[tuple[str, str]]:  # noqa: ARG002
        return [(name, str(words)) for name, (_, words) in COMMANDS.items()]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, _without_language(args))

    def main(self, *args: Any, standalone_mode: bool = True, **more: Any) -> Any:
        """Run; a wrong call says in the spoken language what would be right, and exits 2."""
        if not standalone_mode:
            return super().main(*args, standalone_mode=False, **more)
        speak(language_of(os.environ))
        try:
            found = super().main(*args, standalone_mode=False, **more)
        except click.ClickException as error:
            _fail(error)
        except click.Abort:
            sys.exit(130)
        sys.exit(found if isinstance(found, int) else 0)


def _fail(error: click.ClickException) -> NoReturn:
    if isinstance(error, click.UsageError) and error.ctx is not None:
        say(error.ctx.get_usage(), err=True)
    say((str(Words("错误：", "Error: ")), ERROR), told(error), err=True)
    sys.exit(USAGE_ERROR)


def _without_language(args: list[str]) -> list[str]:
    """The line without `--lang`, which is obeyed before anything else is read."""
    rest, pending = [], list(args)
    while pending:
        word = pending.pop(0)
        if word == "--":
            return [*rest, word, *pending]
        name, equals, value = word.partition("=")
        if name != "--lang":
            rest.append(word)
            continue
        value = value if equals else pending.pop(0) if pending else ""
        found = language_named(value)
        if found is None:
            raise click.UsageError(str(Words(f"--lang 应为 zh 或 en，不是“{value}”", f"--lang is zh or en, not “{value}”")))
        speak(found)
    return rest


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001, FBT001
    if value:
        click.echo(f"xunzhang {__version__}")
        ctx.exit()


@click.group(
    cls=Main,
    about=Words(
        "循章：公司的客户管理制度，写成文件，就能执行。\n这些命令检查、演练、比较和解释制度。",
        "Xunzhang: a company's customer policy, written as a file, is carried out.\n"
        "These commands check, rehearse, compare and explain policies.",
    ),
    examples=[
        Example("xunzhang packs", Words("看随产品提供了哪些制度", "see which policies are shipped")),
        Example("xunzhang packs copy dealer-complaints my-policies", Words("复制一份来修改", "copy one, to change it")),
        Example("xunzhang check my-policies", Words("检查改过的制度", "check the changed policy")),
        Example("xunzhang rehearse my-policies", Words("演练其中的全部情景", "play all its rehearsals")),
    ],
    exits=[
        (0, Words("一切正常", "all is well")),
        (1, Words("有错误，或有期望没有实现", "something is wrong, or an expectation did not hold")),
        (2, Words("命令写错了，或文件打不开", "the command is wrong, or a file cannot be read")),
    ],
)
@option("--lang", value=Words("zh|en", "zh|en"), expose_value=False,
        about=Words("语言（也可用环境变量 XUNZHANG_LANG）；可写在任何位置", "language (or the variable XUNZHANG_LANG); may stand anywhere"))
@option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_version,
        about=Words("显示版本", "show the version"))
def main() -> None:
    """Entry point."""
