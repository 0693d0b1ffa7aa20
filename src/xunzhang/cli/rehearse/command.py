"""`xunzhang rehearse`: play rehearsals and say what did not hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from xunzhang.cli import findings
from xunzhang.cli.command import Command, Example, argument, option
from xunzhang.cli.files import gathered, must_exist
from xunzhang.cli.parallel import each
from xunzhang.cli.rehearse import against as versions
from xunzhang.cli.rehearse import show
from xunzhang.cli.rehearse.story import Story, tell
from xunzhang.cli.shelf import load_together
from xunzhang.cli.terminal import data
from xunzhang.cli.words import Words
from xunzhang.law.text import Edition

NO_REHEARSAL = Words(
    "那里没有演练文件（含 rehearsal: 或 steps: 的 YAML）",
    "there is no rehearsal there (YAML with rehearsal: or steps:)",
)


@click.command(
    cls=Command,
    about=Words(
        "把演练（一个小世界和一条时间线）在制度上走一遍，并与期望比较。文件夹则演练其中的全部；几个演练同时进行。"
        "没有实现的期望会写明行号、实际结果，以及差一点就适用的规则和原因。",
        "Play rehearsals (a small world and a timeline) on the policies and compare with what they expect. "
        "Of a folder every rehearsal below is played, several at a time. "
        "An expectation that did not hold is shown with its line, "
        "what there was instead, and the rules that nearly applied with the reason why they did not.",
    ),
    examples=[
        Example("xunzhang rehearse story.yaml", Words("演练一个情景", "play one story")),
        Example(
            "xunzhang rehearse policies/",
            Words("演练文件夹中的全部情景", "play all stories of a folder"),
        ),
        Example(
            "xunzhang rehearse story.yaml --trace",
            Words("列出发生的一切及其依据", "print everything that happened, and why"),
        ),
        Example(
            "xunzhang rehearse stories/ --against draft.yaml",
            Words("如果换成草案，会多出和少掉什么", "what would a draft add and take away"),
        ),
    ],
    exits=[
        (0, Words("全部成立", "everything held")),
        (
            1,
            Words(
                "有期望没有实现，或演练、制度有错误",
                "an expectation did not hold, or a rehearsal or its policy has an error",
            ),
        ),
        (2, Words("命令写错了，或文件打不开", "a wrong command, or a file that cannot be read")),
    ],
)
@argument("paths", Words("文件", "FILE"), nargs=-1, required=True, type=click.Path(path_type=Path))
@option(
    "--trace",
    is_flag=True,
    about=Words("列出发生的一切及其依据", "print everything that happened, with because"),
)
@option("--json", "as_json", is_flag=True, about=Words("输出 JSON", "print JSON"))
@option(
    "--against",
    type=click.Path(path_type=Path),
    value=Words("制度.yaml", "POLICY.yaml"),
    about=Words(
        "用这个文件替换同代码的制度再演练一遍，列出待办、违规、罚款和裁定的增减",
        "play again with this file in the place of the policy of its code; "
        "print duties, breaches, fines and rulings gained and lost",
    ),
)
def command(paths: tuple[Path, ...], *, trace: bool, as_json: bool, against: Path | None) -> int:
    must_exist(paths)
    files = gathered(paths, "rehearsal")
    if not files:
        raise click.UsageError(str(NO_REHEARSAL))
    if against is not None:
        return _against(files, against, as_json=as_json)
    stories = each(tell, files)
    if as_json:
        held = sum(story.ok for story in stories)
        data(
            json.dumps(
                {
                    "rehearsals": [story.as_row() for story in stories],
                    "total": len(stories),
                    "held": held,
                    "failed": len(stories) - held,
                },
                ensure_ascii=False,
                indent=2,
            )
        )
    else:
        for story in stories:
            if trace and not story.broken:
                show.trace(story)
            elif not story.ok:
                show.failures(story)
        show.summary(stories)
    return exit_status(stories)


def exit_status(stories: Sequence[Story]) -> int:
    """0 where all hold, 2 where a file could not be read, else 1."""
    if any(findings.unreadable(story.problems) for story in stories):
        return 2
    return 0 if all(story.ok for story in stories) else 1


def _against(files: Sequence[Path], path: Path, *, as_json: bool) -> int:
    other = _other(path)
    if other is None:
        return 1
    differences = each(partial(versions.compare, other=other), files)
    stories = [one.before for one in differences if one.before is not None]
    if as_json:
        data(
            json.dumps(
                {
                    "policy": other.policy,
                    "version": other.version,
                    "rehearsals": [one.as_row() for one in differences],
                },
                ensure_ascii=False,
                indent=2,
            )
        )
        return exit_status(stories)
    for one in differences:
        versions.show(one, other.policy)
    versions.total(differences)
    for story in stories:
        if not story.ok:
            show.failures(story)
    return exit_status(stories)


def _other(path: Path) -> Edition | None:
    """The edition to play against; what is wrong with it is said."""
    must_exist([path])
    loaded = load_together([path])[0]
    if loaded.edition is None:
        findings.show(findings.errors(loaded.problems))
    return loaded.edition
