"""`xunzhang diff`: what a new version of a policy changes, in sentences."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import click

from xunzhang.cli import findings
from xunzhang.cli.command import Command, Example, argument, option
from xunzhang.cli.files import must_exist
from xunzhang.cli.shelf import Loaded, load_together
from xunzhang.cli.terminal import ERROR, FAINT, GOOD, STRONG, WARNING, blank, data, say
from xunzhang.cli.words import Words, counted, in_language, language
from xunzhang.law.amend import Difference, differences
from xunzhang.law.text import Edition

SIGNS = {"added": ("+", GOOD), "removed": ("-", ERROR), "changed": ("~", WARNING)}
SAME = Words("两个版本没有差别", "the two versions do not differ")
WHOLE = Words("制度整体", "the policy as a whole")
CHANGES = (Words("{n} 处变化", "{n} change"), Words("{n} 处变化", "{n} changes"))
OTHER = Words(
    "这是两份不同的制度：{old} 和 {new}", "these are two different policies: {old} and {new}"
)


@click.command(
    cls=Command,
    about=Words(
        "比较一份制度的两个版本：条文、规则、数值、表单、流程有哪些变化，用句子说出来。",
        "Compare two versions of a policy: articles, rules, figures, forms and processes that changed, in sentences.",
    ),
    examples=[
        Example(
            "xunzhang diff policy-2025.yaml policy-2026.yaml",
            Words("新版改了什么", "what the new version changes"),
        ),
        Example(
            "xunzhang rehearse stories/ --against policy-2026.yaml",
            Words("这些变化带来什么后果", "what comes of these changes"),
        ),
    ],
    exits=[
        (0, Words("完成，不论有无差别", "done, with or without differences")),
        (1, Words("制度有错误", "a policy has errors")),
        (2, Words("命令写错了，或文件打不开", "a wrong command, or a file that cannot be read")),
    ],
)
@argument("old", Words("旧版", "OLD"), type=click.Path(path_type=Path, dir_okay=False))
@argument("new", Words("新版", "NEW"), type=click.Path(path_type=Path, dir_okay=False))
@option("--json", "as_json", is_flag=True, about=Words("输出 JSON", "print JSON"))
def command(old: Path, new: Path, *, as_json: bool) -> int:
    must_exist([old, new])
    sides: list[Loaded] = [load_together([path])[0] for path in (old, new)]
    before, after = (side.edition for side in sides)
    if before is None or after is None:
        wrong = [problem for side in sides for problem in findings.errors(side.problems)]
        findings.show(dict.fromkeys(wrong))
        return 2 if findings.unreadable(wrong) else 1
    found = differences(before, after)
    if as_json:
        data(
            json.dumps(
                {
                    "old": before.name,
                    "new": after.name,
                    "differences": [_as_row(one) for one in found],
                },
                ensure_ascii=False,
                indent=2,
            )
        )
    else:
        _show(before, after, found)
    return 0


def _as_row(one: Difference) -> dict[str, object]:
    row = {name: getattr(one, name) for name in ("part", "change", "name", "zh", "en", "article")}
    return row | {"before": dict(one.before), "after": dict(one.after)}


def _show(before: Edition, after: Edition, found: Sequence[Difference]) -> None:
    if before.policy != after.policy:
        say((OTHER(old=before.policy, new=after.policy), WARNING))
    say((in_language(after.title), STRONG), "  ", (f"{before.name} → {after.name}", FAINT))
    if not found:
        say((str(SAME), GOOD), indent=2)
        return
    places: dict[str | None, list[Difference]] = defaultdict(list)
    for one in found:
        places[one.article].append(one)
    for article, ones in places.items():
        blank()
        say((_heading(article, before, after), STRONG))
        for one in ones:
            say(
                SIGNS[one.change],
                " ",
                one.en if language() == "en" else one.zh,
                indent=2,
                hanging=2,
            )
    blank()
    say(counted(len(found), *CHANGES))


def _heading(label: str | None, before: Edition, after: Edition) -> str:
    if label is None:
        return str(WHOLE)
    article = after.article(label) or before.article(label)
    return f"{label} {in_language(article.title)}".rstrip() if article is not None else label
