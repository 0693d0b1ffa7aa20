"""`xunzhang schema`: JSON Schema, with which an editor helps to write policies and rehearsals."""

from __future__ import annotations

import json

import click

from xunzhang.cli.command import Command, Example, option
from xunzhang.cli.terminal import data
from xunzhang.cli.words import Words
from xunzhang.law.schema import json_schema, rehearsal_schema


@click.command(
    cls=Command,
    about=Words(
        "输出制度文件（或演练文件）的 JSON Schema。编辑器据此提示键名、取值和说明，边写边指出错误。",
        "Print the JSON Schema of policy files (or of rehearsals). "
        "With it an editor offers keys, values and their meaning, and marks mistakes while you write.",
    ),
    examples=[
        Example("xunzhang schema > policy.schema.json", Words("制度文件的", "of policy files")),
        Example(
            "xunzhang schema --rehearsal > rehearsal.schema.json",
            Words("演练文件的", "of rehearsals"),
        ),
        Example(
            "# yaml-language-server: $schema=policy.schema.json",
            Words(
                "写在制度文件第一行，编辑器就会使用",
                "as the first line of a policy, for the editor to use it",
            ),
        ),
    ],
    exits=[(0, Words("完成", "done"))],
)
@option("--rehearsal", is_flag=True, about=Words("演练文件的", "of rehearsal files"))
def command(*, rehearsal: bool) -> None:
    data(
        json.dumps(rehearsal_schema() if rehearsal else json_schema(), ensure_ascii=False, indent=2)
    )
