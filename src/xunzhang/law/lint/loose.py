"""Loose ends: breaches that nothing follows, roles that nothing uses, settings that are open or idle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Sequence as Listed

from xunzhang.law.conditions import Test
from xunzhang.law.kinds import AnyRule
from xunzhang.law.lint.finding import Finding
from xunzhang.law.parts import everything, roles
from xunzhang.law.problems import Mark
from xunzhang.law.rules.sanction import SanctionRule
from xunzhang.law.source import Mapping, Node, Scalar, Sequence
from xunzhang.law.text import Edition, say

_START = Mark(1, 1)
_ROLE = re.compile(r"role:(\S+)")
_NAME = re.compile(r"\$([A-Za-z_][\w-]*)")


# -- breaches ----------------------------------------------------------------------------------------


def unanswered(edition: Edition, unread: Listed[Mapping] = ()) -> Iterator[Finding]:
    """Every breach code that no sanction proposes anything for and no rule follows.

    A rule that could not be read may follow every code that it names.
    """
    followed = {text.text for rule in unread for text in _scalars(rule)}
    for rule in edition.rules():
        if isinstance(rule, SanctionRule):
            followed |= {*rule.codes, *rule.counting}
        elif "breach.raised" in getattr(rule, "when", ()):
            spoken = _codes(rule)
            if spoken is None:
                return
            followed |= spoken
    for code, (mark, article) in raisers(edition).items():
        if code not in followed:
            yield Finding(
                mark,
                "unanswered-breach",
                f"违规“{code}”（第{article}条）之后什么也不发生；应写一条 sanction，或一条 when: breach.raised 的规则",
                f"nothing follows the breach “{code}” (article {article}); "
                "write a sanction, or a rule with when: breach.raised",
            )


def _codes(rule: AnyRule) -> set[str] | None:
    """The codes that a rule about breaches speaks of; None where it follows all."""
    tests = [
        test
        for test in rule.condition.tests()
        if isinstance(test, Test) and test.path.text == "code"
    ]
    found = {
        str(value)
        for test in tests
        if test.op in ("=", "in")
        for value in (test.operand if isinstance(test.operand, tuple) else (test.operand,))
    }
    return found if tests and found else None


def raisers(edition: Edition) -> dict[str, tuple[Mark, str]]:
    """Where each breach code is first raised: its place and article."""
    found: dict[str, tuple[Mark, str]] = {}
    for rule in edition.rules():
        for name in ("breach", "unsigned"):
            code = getattr(rule, name, None)
            if isinstance(code, str):
                found.setdefault(code, (rule.mark, rule.article))
    for process in edition.processes.values():
        for stage in process.stages:
            if stage.breach is not None:
                found.setdefault(stage.breach, (stage.mark, stage.article))
    return found


# -- roles -------------------------------------------------------------------------------------------


def idle_roles(
    edition: Edition, root: Node | None, unread: Listed[Mapping] = ()
) -> Iterator[Finding]:
    """Every role listed that no rule, form or stage names, those that could not be read among them."""
    used = roles(everything(edition)) | {edition.approver.removeprefix("role:")}
    used |= {
        name for rule in unread for text in _scalars(rule) for name in _ROLE.findall(text.text)
    }
    if root is not None:
        used |= {
            text.text.removeprefix("role:")
            for text in _scalars(root)
            if text.text.startswith("role:")
        }
    marks = _role_marks(root)
    for name in edition.roles:
        if name not in used:
            yield Finding(
                marks.get(name, _START),
                "idle-role",
                f"角色“{name}”没有任何规则、表单或阶段用到，担任它的人无事可做；应写进规则，或从 roles 删去",
                f"no rule, form or stage names the role “{name}”, so its holder has nothing to do; "
                "name it in a rule, or take it from roles",
            )


def _role_marks(root: Node | None) -> dict[str, Mark]:
    node = root.get("roles") if isinstance(root, Mapping) else None
    items = node.items if isinstance(node, Sequence) else []
    return {item.text: item.mark for item in items if isinstance(item, Scalar)}


def dropped(edition: Edition, root: Node | None) -> list[Mapping]:
    """The rules of a file that a draft of it lacks, since they have errors."""
    read = {rule.id for rule in edition.rules()} | set(edition.resting)
    return [
        rule
        for rule in (_rules(root) if root is not None else ())
        if not (isinstance(id_ := rule.get("id"), Scalar) and id_.text in read)
    ]


# -- settings ----------------------------------------------------------------------------------------


def open_settings(edition: Edition, root: Node | None) -> Iterator[Finding]:
    """Settings without a value, settings that the text does not state, and those that nothing uses."""
    used = _used(root) if root is not None else {}
    for one in edition.settings.values():
        rules = used.get(one.name, [])
        if one.value is None:
            zh, en = "、".join(rules), ", ".join(rules)
            yield Finding(
                one.mark,
                "at-rest",
                f"设置“{one.name}”还没有值，用到它的规则不起作用"
                + (f"：{zh}" if rules else "")
                + "；应给它一个 value",
                f"the setting “{one.name}” has no value, so the rules that use it rest"
                + (f": {en}" if rules else "")
                + "; give it a value",
            )
        elif not one.stated:
            yield Finding(
                one.mark,
                "open-decision",
                f"设置“{one.name}”是公司自定的（现为 {one.value}）：{say(one.why) or '原文没有写明'}；请确认",
                f"the setting “{one.name}” is the company's own choice (now {one.value}), "
                f"the text does not state it; confirm it",
            )
        if root is not None and one.name not in used:
            yield Finding(
                one.mark,
                "idle-setting",
                f"设置“{one.name}”没有用到；应在规则里写 ${one.name}，或删去",
                f"the setting “{one.name}” is not used; write ${one.name} in a rule, or remove it",
            )


def _used(root: Node) -> dict[str, list[str]]:
    """The settings named anywhere, each with the ids of the rules that name it."""
    found: dict[str, list[str]] = {
        name: [] for text in _scalars(root) for name in _NAME.findall(text.text)
    }
    for rule in _rules(root):
        id_ = rule.get("id")
        for name in {name for text in _scalars(rule) for name in _NAME.findall(text.text)}:
            if isinstance(id_, Scalar):
                found[name].append(id_.text)
    return found


def _rules(node: Node) -> Iterator[Mapping]:
    if isinstance(node, Mapping):
        if "kind" in node.entries and "id" in node.entries:
            yield node
        for inner in node.entries.values():
            yield from _rules(inner)
    elif isinstance(node, Sequence):
        for inner in node.items:
            yield from _rules(inner)


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
        return
    for inner in node.items if isinstance(node, Sequence) else node.entries.values():
        yield from _scalars(inner)
