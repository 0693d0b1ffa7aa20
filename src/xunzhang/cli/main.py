"""The command `xunzhang`. A command's module is imported when it is called, and no earlier."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, NoReturn

import click
from typing_extensions import override

from xunzhang import __version__
from xunzhang.cli.command import Example, Group, option
from xunzhang.cli.terminal import ERROR, say
from xunzhang.cli.usage import no_command, told
from xunzhang.cli.words import Words, language_named, language_of, speak

INTERRUPTED = 130

Place = tuple[str, Words]
"""Where a command is defined (MODULE, or MODULE:NAME where it is not called `command`), and what it does."""

COMMANDS: Mapping[str, Place] = {
    "check": ("xunzhang.cli.check", Words("检查制度文件", "check policy files")),
    "rehearse": (
        "xunzhang.cli.rehearse.command",
        Words("演练：把情景在制度上走一遍", "play rehearsals and compare"),
    ),
    "why": (
        "xunzhang.cli.why.command",
        Words("解释演练中的一个结果", "explain one result of a rehearsal"),
    ),
    "diff": ("xunzhang.cli.diff", Words("比较制度的两个版本", "what changed between two versions")),
    "packs": (
        "xunzhang.cli.packs",
        Words("随产品提供的制度包", "the policies shipped with the product"),
    ),
    "vocabulary": (
        "xunzhang.cli.vocabulary",
        Words("产品自带的事件、动作和客户键", "the product's events, actions and keys"),
    ),
    "schema": (
        "xunzhang.cli.schema",
        Words("供编辑器使用的 JSON Schema", "JSON Schema for editors"),
    ),
    "clauses": (
        "xunzhang.cli.clauses.command",
        Words("条款由哪些规则承载和证明", "which rules carry and prove which clauses"),
    ),
    "demo": (
        "xunzhang.cli.server:demo",
        Words("生成演示公司并启动", "make the demonstration company and serve it"),
    ),
    "serve": ("xunzhang.cli.server:serve", Words("提供网页", "serve the pages")),
    "worker": (
        "xunzhang.cli.server:worker",
        Words("后台工作进程", "the work that nobody waits for"),
    ),
    "tick": ("xunzhang.cli.server:tick", Words("执行到期的事项", "carry out what has fallen due")),
}


class Main(Group):
    """The group of all commands; `--lang` may stand anywhere on the line."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        found = getattr(import_module(module), name or "command")
        if not isinstance(found, click.Command):
            raise TypeError(cmd_name)
        return found

    @override
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise no_command(args[0], COMMANDS)
        return super().resolve_command(ctx, args)

    @override
    def commands_told(self, ctx: click.Context) -> list[tuple[str, str]]:
        return [(name, str(words)) for name, (_, words) in COMMANDS.items()]

    @override
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, _without_language(args))

    @override
    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run; a wrong call says in the spoken language what would be right, and exits 2."""
        speak(language_of(os.environ))
        try:
            found = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.ClickException as error:
            _fail(error)
        except ValueError as error:
            # The law's own errors speak both languages; the law itself is not imported for a call's help.
            if not (hasattr(error, "zh") and hasattr(error, "en")):
                raise
            _fail(click.UsageError(str(Words(error.zh, error.en))))
        except click.Abort:
            sys.exit(INTERRUPTED)
        sys.exit(found if isinstance(found, int) else 0)


def _fail(error: click.ClickException) -> NoReturn:
    if isinstance(error, click.UsageError) and error.ctx is not None:
        say(error.ctx.get_usage(), err=True)
    say((str(Words("错误：", "Error: ")), ERROR), told(error), err=True)
    sys.exit(error.exit_code)


def _without_language(args: list[str]) -> list[str]:
    """The line without `--lang`, which is obeyed before anything else is read."""
    rest: list[str] = []
    pending = list(args)
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
            raise click.UsageError(
                str(
                    Words(
                        f"--lang 应为 zh 或 en，不是“{value}”", f"--lang is zh or en, not “{value}”"
                    )
                )
            )
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
        Example(
            "xunzhang packs", Words("看随产品提供了哪些制度", "see which policies are shipped")
        ),
        Example(
            "xunzhang packs copy dealer-complaints my-policies",
            Words("复制一份来修改", "copy one, to change it"),
        ),
        Example("xunzhang check my-policies", Words("检查改过的制度", "check the changed policy")),
        Example(
            "xunzhang rehearse my-policies", Words("演练其中的全部情景", "play all its rehearsals")
        ),
    ],
    exits=[
        (0, Words("一切正常", "all is well")),
        (
            1,
            Words("有错误，或有期望没有实现", "something is wrong, or an expectation did not hold"),
        ),
        (2, Words("命令写错了，或文件打不开", "the command is wrong, or a file cannot be read")),
    ],
)
@option(
    "--lang",
    value=Words("zh|en", "zh|en"),
    expose_value=False,
    about=Words(
        "语言（也可用环境变量 XUNZHANG_LANG）；可写在任何位置",
        "language (or the variable XUNZHANG_LANG); may stand anywhere",
    ),
)
@option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    about=Words("显示版本", "show the version"),
)
def main() -> None:
    """Entry point."""
