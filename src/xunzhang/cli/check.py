"""`xunzhang check`: everything wrong or doubtful in policy files, all at once."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from xunzhang.cli import findings
from xunzhang.cli.command import Command, Example, argument, option
from xunzhang.cli.files import gathered, kind_of, must_exist
from xunzhang.cli.shelf import Loaded, load_together
from xunzhang.cli.terminal import ERROR, FAINT, GOOD, STRONG, WARNING, blank, data, say
from xunzhang.cli.words import Words, counted, in_language, listed
from xunzhang.law.facts import jsonable
from xunzhang.law.lint import lint
from xunzhang.law.lint.together import discords
from xunzhang.law.problems import Problem
from xunzhang.law.text import Edition, Setting

NO_POLICY = Words(
    "那里没有制度文件（含 policy: 的 YAML）", "there is no policy there (YAML with policy:)"
)
LISTED_APART = frozenset({"open-decision"})
ERRORS = (Words("{n} 处错误", "{n} error"), Words("{n} 处错误", "{n} errors"))
WARNINGS = (Words("{n} 处提醒", "{n} warning"), Words("{n} 处提醒", "{n} warnings"))
OPEN = (
    Words("原文没有写明、由公司决定的 {n} 项：", "{n} decision that the text leaves open:"),
    Words("原文没有写明、由公司决定的 {n} 项：", "{n} decisions that the text leaves open:"),
)
FILES = (Words("{n} 个文件", "{n} file"), Words("{n} 个文件", "{n} files"))


@dataclass(frozen=True, slots=True)
class Checked:
    """One file as it was checked. A rehearsal has no edition."""

    path: Path
    kind: str
    edition: Edition | None
    problems: tuple[Problem, ...]

    def as_row(self) -> dict[str, Any]:
        """The file for programs."""
        row: dict[str, Any] = {
            "file": str(self.path),
            "kind": self.kind,
            "ok": not findings.errors(self.problems),
        }
        one = self.edition
        if one is not None:
            row |= {
                "policy": one.policy,
                "version": one.version,
                "title": dict(one.title),
                "articles": len(one.articles),
                "rules": len(one.rules()),
                "resting": list(one.resting),
                "open": [_setting(setting) for setting in open_decisions(one)],
            }
        return row


@click.command(
    cls=Command,
    about=Words(
        "检查制度文件：一次列出全部问题，写明文件、行、列、错在哪里、应怎样写。"
        "文件夹则检查其中全部制度（不含演练）；一起检查的制度可以互相引用事件。单独给出的演练文件按演练检查。",
        "Check policy files and report all problems at once: file, line, column, what is wrong, what would be right. "
        "Of a folder all policies below are checked, without rehearsals; "
        "policies checked together may use one another's events. "
        "A rehearsal that is named itself is checked as a rehearsal.",
    ),
    examples=[
        Example("xunzhang check policy.yaml", Words("检查一个文件", "check one file")),
        Example(
            "xunzhang check a.yaml b.yaml --together",
            Words("再比较两份制度之间的冲突", "and compare the two with one another"),
        ),
        Example(
            "xunzhang check policies/ --json",
            Words("检查一个文件夹，结果供程序读取", "check a folder, for a program"),
        ),
    ],
    exits=[
        (0, Words("没有错误（可能有提醒）", "no errors (there may be warnings)")),
        (1, Words("有错误", "errors")),
        (2, Words("命令写错了，或文件打不开", "a wrong command, or a file that cannot be read")),
    ],
)
@argument("paths", Words("路径", "PATH"), nargs=-1, required=True, type=click.Path(path_type=Path))
@option(
    "--together",
    is_flag=True,
    about=Words(
        "还比较这些制度之间的矛盾和重复待办，如同一起施行",
        "also compare the policies with one another, as if in force together",
    ),
)
@option("--json", "as_json", is_flag=True, about=Words("输出 JSON", "print JSON"))
def command(paths: tuple[Path, ...], *, together: bool, as_json: bool) -> int:
    must_exist(paths)
    files = gathered(paths, "policy")
    if not files:
        raise click.UsageError(str(NO_POLICY))
    checked = check(files)
    if together:
        checked = compared(checked)
    problems = [problem for one in checked for problem in one.problems]
    if as_json:
        data(
            json.dumps(
                {
                    "files": [one.as_row() for one in checked],
                    "problems": [findings.as_row(one) for one in problems],
                    "errors": len(findings.errors(problems)),
                    "warnings": len(problems) - len(findings.errors(problems)),
                },
                ensure_ascii=False,
                indent=2,
            )
        )
    else:
        _show(checked, problems)
    if findings.unreadable(problems):
        return 2
    return 1 if findings.errors(problems) else 0


def check(files: list[Path]) -> list[Checked]:
    """Check policies together and rehearsals each on its own."""
    rehearsals = [path for path in files if kind_of(path) == "rehearsal"]
    loaded = load_together([path for path in files if path not in rehearsals])
    found = [
        Checked(one.path, "policy", one.edition, tuple(sorted([*one.problems, *_doubts(one)])))
        for one in loaded
    ]
    return [*found, *map(_rehearsal, rehearsals)]


def compared(checked: list[Checked]) -> list[Checked]:
    """The same files; a policy at odds with another one carries a warning that says how to settle it."""
    files = {one.edition.name: one.path for one in checked if one.edition is not None}
    found: dict[Path, list[Problem]] = defaultdict(list)
    for discord in discords([one.edition for one in checked if one.edition is not None]):
        path = files[discord.two.edition.name]
        found[path].append(discord.finding().problem(str(path)))
    return [
        replace(one, problems=tuple(sorted([*one.problems, *found[one.path]]))) for one in checked
    ]


def _rehearsal(path: Path) -> Checked:
    """Check a rehearsal. The engine is imported only here: a policy is checked without it."""
    load_rehearsal = import_module("xunzhang.law.rehearsal").load_rehearsal
    return Checked(path, "rehearsal", None, tuple(load_rehearsal(path)[1]))


def _doubts(loaded: Loaded) -> list[Problem]:
    """The warnings of a policy; decisions that are open stand in a list of their own."""
    if loaded.draft is None:
        return []
    found = lint(loaded.draft, str(loaded.path), loaded.root, findings.errors(loaded.problems))
    return [problem for problem in found if problem.code not in LISTED_APART]


def open_decisions(edition: Edition) -> list[Setting]:
    """The settings that the document does not state and the company has to decide."""
    return [
        setting
        for setting in edition.settings.values()
        if not setting.stated or setting.value is None
    ]


def _setting(setting: Setting) -> dict[str, Any]:
    return {
        "name": setting.name,
        "value": jsonable(setting.value),
        "stated": setting.stated,
        "why": dict(setting.why),
        "line": setting.mark.line,
    }


def _show(checked: list[Checked], problems: list[Problem]) -> None:
    findings.show(problems)
    for one in checked:
        if one.edition is not None:
            _show_open(one.edition)
    if problems or any(one.edition is not None and open_decisions(one.edition) for one in checked):
        blank()
    bad = len(findings.errors(problems))
    parts: list[str | tuple[str, str]] = [
        counted(len(checked), *FILES),
        " · ",
        (counted(bad, *ERRORS), ERROR if bad else GOOD),
    ]
    doubtful = len(problems) - bad
    if doubtful:
        parts += [" · ", (counted(doubtful, *WARNINGS), WARNING)]
    say(*parts)


def _show_open(edition: Edition) -> None:
    settings = open_decisions(edition)
    if not settings:
        return
    blank()
    say((in_language(edition.title), STRONG), " ", (edition.name, FAINT))
    say(counted(len(settings), *OPEN), indent=2)
    for setting in settings:
        value = (
            str(Words("未定", "not decided"))
            if setting.value is None
            else str(jsonable(setting.value))
        )
        say(
            (f"${setting.name}", "cyan"),
            " = ",
            (value, WARNING if setting.value is None else ""),
            "  ",
            (in_language(setting.why), FAINT),
            indent=4,
            hanging=2,
        )
    if edition.resting:
        say(
            (
                Words("因此停用的规则：{rules}", "rules at rest for want of them: {rules}")(
                    rules=listed(edition.resting)
                ),
                WARNING,
            ),
            indent=2,
            hanging=2,
        )
