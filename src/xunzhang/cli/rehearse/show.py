"""Prints stories: what failed, everything that happened, and the count at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xunzhang.cli import findings
from xunzhang.cli.rehearse.lines import facts, kind, line, moment, place, plain
from xunzhang.cli.rehearse.story import Row, Story
from xunzhang.cli.terminal import ERROR, FAINT, GOOD, NAME, STRONG, WARNING, blank, say
from xunzhang.cli.words import Words, counted, in_language, language

HOLDS = Words("成立", "holds")
FAILS = Words("不成立", "fails")
BROKEN = Words("无法演练", "cannot be played")
STEP = Words("第 {n} 步", "step {n}")
STEP_AT = Words("{file}:{line}  第 {n} 步，{at}", "{file}:{line}  step {n}, {at}")
EXPECTED = Words("期望{kind} ", "expected {kind} ")
NONE = Words("没有", "none")
NEAREST = Words("最接近的 ", "nearest ")
DIFFERS = Words("{key} 应为 {wanted}，实为 {found}", "{key} should be {wanted}, is {found}")
INSTEAD = Words("实际有 ", "there was ")
NOTHING = Words("实际没有任何{kind}", "there was no {kind} at all")
NEARLY = Words("差一点就适用的规则：", "rules that nearly applied:")
BECAUSE = Words("依据 ", "because ")
FACTS = Words("比对 ", "facts ")
NONE_OF = Words("实际没有这样的{kind}", "there was no such {kind}")
OTHERS = frozenset({"rule", "code"})
MOST_SHOWN = 6

PLAYED = (Words("{n} 个演练", "{n} rehearsal"), Words("{n} 个演练", "{n} rehearsals"))
HELD = Words("{n} 个成立", "{n} hold")
FAILED = (Words("{n} 个不成立", "{n} fails"), Words("{n} 个不成立", "{n} fail"))
CANNOT = Words("{n} 个无法演练", "{n} cannot be played")
EXPECTATIONS = (Words("{n} 项期望", "{n} expectation"), Words("{n} 项期望", "{n} expectations"))


def summary(stories: Sequence[Story]) -> None:
    """One line with all counts."""
    broken = sum(story.broken for story in stories)
    failed = sum(not story.ok and not story.broken for story in stories)
    parts: list[str | tuple[str, str]] = [
        counted(len(stories), *PLAYED),
        ": ",
        (HELD(n=len(stories) - failed - broken), GOOD),
    ]
    if failed:
        parts += [" · ", (counted(failed, *FAILED), ERROR)]
    if broken:
        parts += [" · ", (CANNOT(n=broken), ERROR)]
    total = sum(story.expectations for story in stories)
    parts += [" · ", (counted(total, *EXPECTATIONS), FAINT)]
    say(*parts)


def failures(story: Story) -> None:
    """What did not hold, what there was instead, and which rules nearly applied."""
    if story.broken:
        say((str(BROKEN), ERROR), " ", (story.file, STRONG))
        findings.show(findings.errors(story.problems))
        blank()
        return
    say((str(FAILS), ERROR), " ", story.name, "  ", (story.file, FAINT), hanging=4)
    for step in story.steps:
        if step["error"]:
            say(
                (
                    STEP_AT(
                        file=story.file, line=step["line"], n=step["step"], at=moment(step["at"])
                    ),
                    STRONG,
                ),
                indent=2,
                hanging=4,
            )
            say((in_language(step["error"]), ERROR), indent=4, hanging=2)
        for failure in step["failures"]:
            say(
                (
                    STEP_AT(
                        file=story.file,
                        line=failure["line"],
                        n=failure["step"],
                        at=moment(step["at"]),
                    ),
                    STRONG,
                ),
                indent=2,
                hanging=4,
            )
            _failure(failure, story)
    blank()


def _failure(failure: Row, story: Story) -> None:
    wanted = failure["expected"]
    bare = failure["kind"].removeprefix("only ")
    say(
        (EXPECTED(kind=kind(failure["kind"])), NAME),
        str(NONE) if wanted == "none" else plain(wanted),
        indent=4,
        hanging=4,
    )
    nearest = failure["nearest"]
    if nearest is not None and not OTHERS & set(failure["differs"]):
        say((str(NEAREST), NAME), line(bare, nearest, story.names), indent=4, hanging=4)
        for key in failure["differs"]:
            say(
                DIFFERS(key=key, wanted=plain(wanted.get(key)), found=plain(nearest.get(key))),
                indent=6,
                hanging=2,
            )
    elif nearest is not None:
        say(NONE_OF(kind=kind(bare)), indent=4)
    elif failure["found"]:
        for row in failure["found"][:MOST_SHOWN]:
            say((str(INSTEAD), NAME), line(bare, row, story.names), indent=4, hanging=4)
    else:
        say(NOTHING(kind=kind(bare)), indent=4)
    if failure["near"]:
        say((str(NEARLY), NAME), indent=4)
    for near in failure["near"]:
        say((near["rule"], WARNING), "  ", near[language()], indent=6, hanging=2)


def trace(story: Story) -> None:
    """Everything that happened, step by step, with because."""
    say((story.name, STRONG), "  ", (story.file, FAINT), hanging=4)
    for step in story.steps:
        _step(step, story)
    blank()


def _step(step: Row, story: Story) -> None:
    say(
        (STEP(n=step["step"]), STRONG),
        "  ",
        (moment(step["at"]), STRONG),
        ("  :" + str(step["line"]), FAINT),
        indent=1,
    )
    _told(step)
    for kind_, rows in step["new"].items():
        for row in rows:
            _result("+ ", kind_, row, story)
    for row in step["moved"]:
        _result("~ ", "duties", row, story)
    if step["ruling"] is not None:
        _result("= ", "ruling", step["ruling"], story)
    if step["error"]:
        say((in_language(step["error"]), ERROR), indent=3, hanging=2)
    for failure in step["failures"]:
        say((str(FAILS), ERROR), indent=3)
        _failure(failure, story)


def _told(step: Row) -> None:
    asked = [step["ask"]] if step["ask"] else []
    for title, told in (("set", step["set"]), ("event", step["events"]), ("ask", asked)):
        for one in told:
            say((title + " ", FAINT), plain(one), indent=3, hanging=4)


def _result(sign: str, kind_: str, row: Row, story: Story) -> None:
    say((sign, GOOD), (kind(kind_) + " ", NAME), line(kind_, row, story.names), indent=3, hanging=4)
    because: Any = row.get("because")
    for one in because if isinstance(because, list) else [because]:
        if not one:
            continue
        say((str(BECAUSE) + place(one), FAINT), indent=7, hanging=2)
        if facts(one):
            say((str(FACTS) + facts(one), FAINT), indent=7, hanging=2)
