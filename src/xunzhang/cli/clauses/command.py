"""`xunzhang clauses`: what carries and what proves each clause; which rules nobody misses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

import xunzhang
from xunzhang.cli import findings
from xunzhang.cli.clauses import report
from xunzhang.cli.clauses.carriers import Carriers, carriers_of
from xunzhang.cli.clauses.catalogue import Clause, read
from xunzhang.cli.clauses.mutate import Loss, deletions, lose
from xunzhang.cli.clauses.proofs import by_rehearsal, by_tests, gathered
from xunzhang.cli.command import Command, Example, argument, option
from xunzhang.cli.files import below, must_exist
from xunzhang.cli.parallel import each
from xunzhang.cli.shelf import load_together
from xunzhang.cli.terminal import ERROR, FAINT, GOOD, STRONG, WARNING, blank, data, say
from xunzhang.cli.words import Words, counted, listed
from xunzhang.law.loader import PACKS, pack_codes

NO_CATALOGUE = Words("缺少条款目录（或用 --mutate）", "the catalogue is missing (or use --mutate)")
NO_PACK = Words("没有制度包“{code}”；有：{known}", "there is no pack “{code}”; there are: {known}")
DO_NOT_HOLD = Words(
    "这些演练不成立，其不成立的步骤不算证明：",
    "these rehearsals do not hold; their failing steps prove nothing:",
)
STRANGERS = Words("目录中没有的条款编号：{ids}", "ids that the catalogue has not: {ids}")
UNMISSED = Words("删去也没有演练察觉：", "nobody misses: ")
RULES = (
    Words("删过 {n} 条规则", "{n} rule deleted"),
    Words("删过 {n} 条规则", "{n} rules deleted"),
)
NOTICED = Words("{n} 条被察觉", "{n} noticed")
NOT_NOTICED = Words("{n} 条无人察觉", "{n} not noticed")


@click.command(
    cls=Command,
    about=Words(
        "读取条款目录（YAML 列表，每项有 id、level），逐条说明由哪个条、规则、表单或流程承载（制度中条的 clause:），"
        "由哪个演练步骤（clause: 且期望成立）或测试（@pytest.mark.clause）证明；按级别和制度合计。"
        "--mutate 依次删去制度包的每条规则，列出没有任何演练察觉的规则。",
        "Read a catalogue of clauses (YAML lists of maps with id and level) and say for each "
        "which article, rule, form or process "
        "carries it (clause: of an article) and which rehearsal step (clause: with an expectation that holds) or test "
        "(@pytest.mark.clause) proves it; totals by level and by policy. "
        "--mutate deletes each rule of a pack in turn and reports the rules whose loss no rehearsal notices.",
    ),
    examples=[
        Example(
            "xunzhang clauses catalogue/",
            Words("按级别、按制度合计", "totals by level and by policy"),
        ),
        Example("xunzhang clauses catalogue/ --missing", Words("只列缺口", "the gaps alone")),
        Example(
            "xunzhang clauses --mutate --pack dealer-complaints",
            Words("哪些规则没有被演练证明", "which rules no rehearsal proves"),
        ),
    ],
    exits=[
        (
            0,
            Words(
                "完成；--mutate：每条规则都有演练察觉",
                "done; --mutate: every rule is missed by some rehearsal",
            ),
        ),
        (
            1,
            Words(
                "目录或制度有错误；--mutate：有规则无人察觉",
                "an error in the catalogue or a policy; --mutate: a rule that nobody misses",
            ),
        ),
        (2, Words("命令写错了，或文件打不开", "a wrong command, or a file that cannot be read")),
    ],
)
@argument("catalogue", Words("目录", "CATALOGUE"), required=False, type=click.Path(path_type=Path))
@option("--missing", is_flag=True, about=Words("只列缺口", "list the gaps alone"))
@option("--all", "everything", is_flag=True, about=Words("逐条列出", "list every clause"))
@option("--json", "as_json", is_flag=True, about=Words("输出 JSON", "print JSON"))
@option(
    "--mutate",
    is_flag=True,
    about=Words(
        "依次删去每条规则，看演练是否察觉",
        "delete each rule in turn and see whether a rehearsal notices",
    ),
)
@option(
    "--pack",
    "codes",
    multiple=True,
    value=Words("代码", "CODE"),
    about=Words("只看这个制度包（可重复）", "this pack alone (may be repeated)"),
)
@option(
    "--packs",
    "folder",
    type=click.Path(path_type=Path),
    default=PACKS,
    value=Words("文件夹", "FOLDER"),
    about=Words(
        "制度包所在的文件夹（默认：随产品提供的）", "the folder of packs (default: those shipped)"
    ),
)
@option(
    "--tests",
    type=click.Path(path_type=Path),
    default=Path(xunzhang.__file__).parents[2] / "tests",
    value=Words("文件夹", "FOLDER"),
    about=Words("测试所在的文件夹", "the folder of tests"),
)
def command(
    catalogue: Path | None,
    codes: tuple[str, ...],
    folder: Path,
    tests: Path,
    *,
    missing: bool,
    everything: bool,
    as_json: bool,
    mutate: bool,
) -> int:
    packs = _packs(folder, codes)
    if mutate:
        return _mutate(packs, as_json=as_json)
    if catalogue is None:
        raise click.UsageError(str(NO_CATALOGUE))
    must_exist([catalogue])
    return _report(
        catalogue,
        packs,
        tests,
        narrowed=bool(codes),
        missing=missing,
        everything=everything,
        as_json=as_json,
    )


def _packs(folder: Path, codes: Sequence[str]) -> list[Path]:
    known = (
        pack_codes()
        if folder == PACKS
        else sorted(path.parent.name for path in folder.glob("*/policy.yaml"))
    )
    for code in codes:
        if code not in known:
            raise click.UsageError(NO_PACK(code=code, known=listed(known)))
    return [folder / code for code in known if not codes or code in codes]


def _report(
    catalogue: Path,
    packs: Sequence[Path],
    tests: Path,
    *,
    narrowed: bool,
    missing: bool,
    everything: bool,
    as_json: bool,
) -> int:
    clauses, problems = read(catalogue)
    loaded = load_together([pack / "policy.yaml" for pack in packs])
    problems += [problem for one in loaded for problem in findings.errors(one.problems)]
    proved = each(by_rehearsal, [path for pack in packs for path in below(pack, "rehearsal")])
    proofs = gathered(proved, by_tests(tests))
    carriers = carriers_of(one.edition for one in loaded if one.edition is not None)
    if narrowed:
        clauses = _of_their_files(clauses, carriers)
    found = report.standings(clauses, carriers, proofs)
    if as_json:
        data(json.dumps(report.as_json(found), ensure_ascii=False, indent=2))
    elif missing:
        report.show_missing(found)
    elif everything:
        report.show_rows(found)
    else:
        report.show_totals(found)
    _strangers(
        {*proofs, *carriers.by_clause} - {clause.id for clause in clauses},
        {clause.source for clause in clauses},
    )
    failed = [one.path for one in proved if not one.holds]
    if failed:
        say((str(DO_NOT_HOLD), WARNING), err=True)
        for path in failed:
            say(str(path), indent=2, err=True)
    if findings.errors(problems):
        findings.show(problems)
    return 2 if findings.unreadable(problems) else 1 if findings.errors(problems) else 0


def _of_their_files(clauses: Sequence[Clause], carriers: Carriers) -> list[Clause]:
    """The clauses of those files of the catalogue of which a pack names any."""
    named = {*carriers.by_clause, *(wait.id for wait in carriers.waits)}
    sources = {clause.source for clause in clauses if clause.id in named}
    return [clause for clause in clauses if clause.source in sources]


def _strangers(ids: set[str], sources: set[str]) -> None:
    """Say which ids look like clauses of this catalogue but are not in it."""
    strange = sorted(one for one in ids if one.partition("-")[0] in sources)
    if strange:
        say((STRANGERS(ids=listed(strange)), WARNING), err=True)


def _mutate(packs: Sequence[Path], *, as_json: bool) -> int:
    losses = each(lose, [deletion for pack in packs for deletion in deletions(pack)])
    unmissed = [loss for loss in losses if loss.noticed_by is None]
    if as_json:
        data(
            json.dumps(
                {
                    "deleted": len(losses),
                    "noticed": len(losses) - len(unmissed),
                    "unnoticed": [_as_row(loss) for loss in unmissed],
                    "rows": [_as_row(loss) for loss in losses],
                },
                ensure_ascii=False,
                indent=2,
            )
        )
        return 1 if unmissed else 0
    for loss in unmissed:
        one = loss.deletion
        say(
            (str(UNMISSED), ERROR),
            (one.policy, FAINT),
            " ",
            one.article,
            " ",
            (one.rule, STRONG),
            hanging=4,
        )
    if unmissed:
        blank()
    say(
        counted(len(losses), *RULES),
        ": ",
        (NOTICED(n=len(losses) - len(unmissed)), GOOD),
        " · ",
        (NOT_NOTICED(n=len(unmissed)), ERROR if unmissed else GOOD),
    )
    return 1 if unmissed else 0


def _as_row(loss: Loss) -> dict[str, str | None]:
    one = loss.deletion
    return {
        "policy": one.policy,
        "article": one.article,
        "rule": one.rule,
        "noticed_by": loss.noticed_by,
    }
