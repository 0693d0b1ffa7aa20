"""`xunzhang why`: explain one result of a rehearsal."""

from __future__ import annotations

import json
from pathlib import Path

import click

from xunzhang.cli import findings
from xunzhang.cli.command import Command, Example, argument, option
from xunzhang.cli.files import must_exist
from xunzhang.cli.terminal import data
from xunzhang.cli.why.answers import Answer, Question, answers
from xunzhang.cli.why.show import as_row, show
from xunzhang.cli.words import Words
from xunzhang.law.rehearsal import load_rehearsal

NO_STEP = Words("演练只有 {n} 步", "the rehearsal has {n} steps")
NOTHING = Words(
    "第 {step} 步没有这样的结果；xunzhang rehearse {file} --trace 列出全部",
    "step {step} has no such result; xunzhang rehearse {file} --trace shows them all",
)


@click.command(
    cls=Command,
    about=Words(
        "解释演练中某一步的结果：制度、版本、条文原文、规则（用一句话）、比对过的事实、期限计入和跳过的日子，"
        "以及看过但不适用的规则和原因。不写 --duty 等选项，则解释这一步的全部结果。",
        "Explain what came of one step of a rehearsal: policy, version, the article's words, the rule as a sentence, "
        "the facts compared, the days counted and skipped for a due time, "
        "and the rules that were looked at and why they did not apply. "
        "Without --duty and its like, every result of the step is explained.",
    ),
    examples=[
        Example(
            "xunzhang why story.yaml --step 2",
            Words("第 2 步的全部结果", "everything that came of step 2"),
        ),
        Example(
            "xunzhang why story.yaml --step 2 --duty visit-report",
            Words(
                "这个待办为什么存在、为什么那天到期", "why this duty exists, and why it is due then"
            ),
        ),
        Example(
            "xunzhang why story.yaml --step 5 --ruling", Words("为什么拒绝", "why it was refused")
        ),
    ],
    exits=[
        (0, Words("已解释", "explained")),
        (1, Words("没有这样的结果，或演练有错误", "no such result, or the rehearsal has errors")),
        (2, Words("命令写错了，或文件打不开", "a wrong command, or a file that cannot be read")),
    ],
)
@argument("file", Words("文件", "FILE"), type=click.Path(path_type=Path, dir_okay=False))
@option(
    "--step",
    type=click.IntRange(min=1),
    required=True,
    value=Words("N", "N"),
    about=Words("第几步", "which step"),
)
@option(
    "--duty", value=Words("规则", "RULE"), about=Words("这条规则的待办", "the duties of this rule")
)
@option(
    "--breach",
    value=Words("代码", "CODE"),
    about=Words("这个代码的违规", "the breaches of this code"),
)
@option(
    "--sanction",
    value=Words("规则", "RULE"),
    about=Words("这条规则的处罚建议", "what this rule proposes"),
)
@option(
    "--ruling", is_flag=True, about=Words("这一步所问的裁定", "the ruling that the step asks for")
)
@option("--json", "as_json", is_flag=True, about=Words("输出 JSON", "print JSON"))
def command(
    file: Path,
    step: int,
    duty: str | None,
    breach: str | None,
    sanction: str | None,
    *,
    ruling: bool,
    as_json: bool,
) -> int:
    must_exist([file])
    rehearsal, problems = load_rehearsal(file)
    if rehearsal is None:
        findings.show(findings.errors(problems))
        return 2 if findings.unreadable(problems) else 1
    if step > len(rehearsal.steps):
        raise click.BadParameter(NO_STEP(n=len(rehearsal.steps)), param_hint="--step")
    found = answers(rehearsal, step, Question(duty, breach, sanction, ruling))
    if as_json:
        data(json.dumps([as_row(one) for one in found], ensure_ascii=False, indent=2))
    else:
        _show(found, file, step)
    return 0 if found else 1


def _show(found: list[Answer], file: Path, step: int) -> None:
    for one in found:
        show(one)
    if not found:
        click.echo(NOTHING(step=step, file=file), err=True)
