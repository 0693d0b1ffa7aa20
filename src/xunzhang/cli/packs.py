"""`xunzhang packs`: the policies shipped with the product."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import click

from xunzhang.cli.check import OPEN, open_decisions
from xunzhang.cli.command import Command, Example, Group, argument, option
from xunzhang.cli.parallel import each
from xunzhang.cli.terminal import FAINT, GOOD, NAME, STRONG, WARNING, blank, data, padded, say
from xunzhang.cli.words import Words, counted, in_language, language, listed
from xunzhang.law.facts import jsonable
from xunzhang.law.kinds import KIND_OF
from xunzhang.law.loader import PACKS, pack_codes, pack_file
from xunzhang.law.problems import nearest
from xunzhang.law.published import page
from xunzhang.law.shelf import Head, heads, pack, pack_read
from xunzhang.law.text import Edition, Process
from xunzhang.law.words.digest import digest

KINDS = {
    "duty": Words("待办", "duties"),
    "cadence": Words("频次", "cadences"),
    "recurring": Words("定期事项", "recurring duties"),
    "quota": Words("比例", "quotas"),
    "breach": Words("违规认定", "breaches"),
    "gate": Words("门槛", "gates"),
    "approval": Words("审批", "approvals"),
    "cap": Words("限额", "caps"),
    "checklist": Words("清单", "checklists"),
    "grade": Words("分级", "grades"),
    "target": Words("指标", "targets"),
    "sanction": Words("处罚建议", "sanctions"),
    "award": Words("奖励", "awards"),
    "promotion": Words("晋升", "promotions"),
    "allocation": Words("分配", "allocations"),
    "reclaim": Words("收回", "reclaims"),
    "guide": Words("指引", "guides"),
    "notice": Words("通知", "notices"),
    "set": Words("变更", "changes"),
    "post": Words("岗位", "posts"),
}
GENERAL = Words("通用", "general")
COUNTS = Words("{articles} 条 · {rules} 条规则", "{articles} articles · {rules} rules")
NONE = Words("没有制度含有“{words}”", "no policy has “{words}” in it")
STYLE = Path(__file__).parents[1] / "web" / "static" / "xunzhang" / "css" / "published.css"
NO_PACK = Words(
    "没有制度包“{code}”{hint}；xunzhang packs list 列出全部",
    "there is no pack “{code}”{hint}; xunzhang packs list names all",
)
MEANT = Words("，是不是“{code}”？", ", did you mean “{code}”?")
THERE = Words("{path} 已经存在，不会覆盖", "{path} is already there and is not overwritten")
CANNOT = Words("写不了 {path}：{why}", "cannot write {path}: {why}")
COPIED = Words(
    "已复制到 {path}：policy.yaml 和 {n} 个演练", "copied to {path}: policy.yaml and {n} rehearsals"
)
NEXT = Words(
    "修改后：xunzhang check {path}，再 xunzhang rehearse {path}",
    "after changing it: xunzhang check {path}, then xunzhang rehearse {path}",
)
OWN = Words(
    "副本中的演练改为使用副本里的 policy.yaml。",
    "The copied rehearsals now use the policy.yaml beside them.",
)


@click.group(
    cls=Group,
    invoke_without_command=True,
    about=Words(
        "随产品提供的制度：按行业列出、查找、查看、打印、复制到文件夹里修改。",
        "The policies shipped with the product: list them by industry, look for words, show or print one, "
        "copy one to a folder to change it.",
    ),
    examples=[
        Example("xunzhang packs", Words("按行业列出", "list by industry")),
        Example(
            "xunzhang packs show dealer-complaints",
            Words("它做什么、有哪些表单和待定事项", "what it does, its forms, what is still open"),
        ),
        Example("xunzhang packs copy dealer-complaints my-policies", Words("复制一份", "copy one")),
    ],
    exits=[
        (0, Words("完成", "done")),
        (1, Words("复制不了", "cannot be copied")),
        (2, Words("没有这个制度包", "no such pack")),
    ],
)
@click.pass_context
def command(ctx: click.Context) -> int | None:
    if ctx.invoked_subcommand is None:
        return _list("", as_json=False)
    return None


@command.command(
    "list",
    cls=Command,
    about=Words("按行业列出", "list by industry"),
    examples=[
        Example(
            "xunzhang packs list 投诉", Words("含有这个词的制度", "those with this word in them")
        ),
        Example("xunzhang packs list --json", Words("供程序读取", "for a program")),
    ],
)
@argument("words", Words("词", "WORD"), nargs=-1)
@option("--json", "as_json", is_flag=True, about=Words("输出 JSON", "print JSON"))
def list_(words: tuple[str, ...], *, as_json: bool) -> int:
    return _list(" ".join(words), as_json=as_json)


def _list(words: str, *, as_json: bool) -> int:
    found = heads(words)
    if as_json:
        codes = sorted(one.code for one in found)
        rows = [row for row in each(_row_of, codes) if row is not None]
        data(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    if not found:
        say(NONE(words=words), err=True)
        return 1
    industries: dict[str, list[Head]] = defaultdict(list)
    for one in found:
        industries[one.industry or str(GENERAL)].append(one)
    wide = max(len(one.code) for one in found) + 2
    for industry, packs in sorted(industries.items()):
        say((industry, STRONG))
        for one in packs:
            say(
                (padded(one.code, wide), NAME),
                in_language(one.title),
                "  ",
                (one.issuer, FAINT),
                indent=2,
                hanging=wide,
            )
    return 0


def _row_of(code: str) -> dict[str, Any] | None:
    edition = pack(code)
    return as_row(edition) if edition is not None else None


@command.command(
    "show",
    cls=Command,
    about=Words(
        "它做什么：角色、规则、表单、流程、待定事项",
        "what it does: roles, rules, forms, processes, what is open",
    ),
    examples=[
        Example(
            "xunzhang packs show dealer-complaints",
            Words("查看客户投诉管理制度", "look at the complaint policy"),
        )
    ],
)
@argument("code", Words("代码", "CODE"))
@option("--json", "as_json", is_flag=True, about=Words("输出 JSON", "print JSON"))
def show(code: str, *, as_json: bool) -> int:
    edition = _pack(code)
    if as_json:
        data(json.dumps(as_row(edition), ensure_ascii=False, indent=2))
    else:
        _show(edition)
    return 0


def _pack(code: str) -> Edition:
    path = _path(code)
    edition, problems = pack_read(code)
    if edition is None:
        raise click.UsageError("\n".join(one.say(language()) for one in problems) or str(path))
    return edition


def _path(code: str) -> Path:
    path = pack_file(code) if code in pack_codes() else None
    if path is None:
        near = nearest(code, pack_codes())
        raise click.UsageError(NO_PACK(code=code, hint=MEANT(code=near) if near else ""))
    return path


def as_row(edition: Edition) -> dict[str, Any]:
    """A pack for programs."""
    return {
        "policy": edition.policy,
        "version": edition.version,
        "title": dict(edition.title),
        "industry": edition.industry,
        "issuer": edition.issuer,
        "approver": edition.approver,
        "effective": edition.effective.isoformat(),
        "roles": list(edition.roles),
        "articles": len(edition.articles),
        "rules": dict(_kinds(edition)),
        "forms": {form.code: dict(form.title) for form in edition.forms.values()},
        "processes": {one.code: dict(one.title) for one in edition.processes.values()},
        "open": {
            one.name: {"value": jsonable(one.value), "why": dict(one.why)}
            for one in open_decisions(edition)
        },
    }


def _kinds(edition: Edition) -> Counter[str]:
    return Counter(KIND_OF[type(rule)] for rule in edition.rules())


def _show(edition: Edition) -> None:
    """Who and what, ten lines of what it does, then what the company has to decide."""
    kinds = [f"{KINDS[kind]} {number}" for kind, number in _kinds(edition).most_common()]
    forms = [f"{in_language(form.title)} ({form.code})" for form in edition.forms.values()]
    lines = digest(edition, language())
    say((in_language(edition.title), STRONG), "  ", (edition.name, FAINT))
    rows = [
        (Words("行业", "industry"), edition.industry or str(GENERAL)),
        (Words("责任部门", "issuer"), edition.issuer),
        (Words("批准", "approver"), edition.approver),
        (Words("生效", "effective"), edition.effective.isoformat()),
        (Words("角色", "roles"), listed(edition.roles)),
        (
            Words("条文", "articles"),
            COUNTS(articles=len(edition.articles), rules=len(edition.rules())),
        ),
        (Words("规则", "rules"), listed(kinds)),
        (Words("做什么", "what it does"), "\n".join(one.text(language()) for one in lines)),
        (Words("表单", "forms"), listed(forms)),
        (
            Words("流程", "processes"),
            "\n".join(_process(one) for one in edition.processes.values()),
        ),
        (Words("演练", "rehearsals"), str(len(_rehearsals(edition.policy)))),
    ]
    for title, text in rows:
        for index, line in enumerate(text.split("\n") if text else []):
            say((padded(str(title) if index == 0 else "", 14), FAINT), line, indent=2, hanging=14)
    _show_open(edition)


def _process(process: Process) -> str:
    stages = " → ".join(in_language(stage.title) or stage.code for stage in process.stages)
    return f"{in_language(process.title)}: {stages}"


def _rehearsals(code: str) -> list[Path]:
    return sorted((PACKS / code / "rehearsals").glob("*.yaml"))


def _show_open(edition: Edition) -> None:
    settings = open_decisions(edition)
    if not settings:
        return
    blank()
    say((counted(len(settings), *OPEN), STRONG))
    for one in settings:
        value = str(Words("未定", "not decided")) if one.value is None else str(jsonable(one.value))
        say(
            (one.name, NAME),
            " = ",
            (value, WARNING if one.value is None else ""),
            "  ",
            (in_language(one.why), FAINT),
            indent=2,
            hanging=4,
        )


@command.command(
    "print",
    cls=Command,
    about=Words(
        "打印成一个可以发布的网页：条文、规则索引、附件和空白表单",
        "print as a page that can be published: articles, index of rules, annexes with empty forms",
    ),
    examples=[
        Example(
            "xunzhang packs print dealer-complaints > complaints.html",
            Words("存成一个文件，在浏览器里打印", "keep it in a file, to print in a browser"),
        )
    ],
)
@argument("code", Words("代码", "CODE"))
def print_(code: str) -> int:
    data(page(_pack(code), language(), style=STYLE.read_text(encoding="utf-8")))
    return 0


@command.command(
    "copy",
    cls=Command,
    about=Words("复制制度和演练到一个文件夹", "copy the policy and its rehearsals to a folder"),
    examples=[
        Example(
            "xunzhang packs copy dealer-complaints my-policies",
            Words("复制到 my-policies/dealer-complaints", "copy to my-policies/dealer-complaints"),
        )
    ],
)
@argument("code", Words("代码", "CODE"))
@argument("folder", Words("文件夹", "FOLDER"), type=click.Path(path_type=Path))
def copy(code: str, folder: Path) -> int:
    source = _path(code).parent
    goal = folder / code
    if goal.exists():
        say((THERE(path=goal), WARNING), err=True)
        return 1
    try:
        shutil.copytree(source, goal, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
        for path in goal.glob("rehearsals/*.yaml"):
            _use_copy(path, code)
    except OSError as error:
        say((CANNOT(path=goal, why=error.strerror), WARNING), err=True)
        return 1
    say((COPIED(path=goal, n=len(_rehearsals(code))), GOOD))
    say(str(OWN))
    say(NEXT(path=goal))
    return 0


def _use_copy(path: Path, code: str) -> None:
    """Let a copied rehearsal play the policy beside it instead of the shipped one."""
    text = path.read_text(encoding="utf-8")
    line = re.compile(rf"^policies:.*\b{re.escape(code)}\b.*$", re.MULTILINE)
    changed = line.sub(
        lambda found: re.sub(rf"(?<![\w-]){re.escape(code)}(?![\w-])", "../policy.yaml", found[0]),
        text,
        count=1,
    )
    path.write_text(changed, encoding="utf-8")
