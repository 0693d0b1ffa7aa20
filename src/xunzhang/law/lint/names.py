"""Names that two policies give to different things: forms and processes, keys, the starts of processes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xunzhang.law.lint.clashes import Said
from xunzhang.law.lint.discord import Discord, Side
from xunzhang.law.lint.regions import disjoint
from xunzhang.law.problems import Mark
from xunzhang.law.text import Edition, Form, Process
from xunzhang.law.vocabulary import Key, Kind

_STARTS: Said = (
    "同一事件开始两个流程，只有一个会开始",
    "one event starts two processes, of which only one will start",
)
_STARTS_APART: Said = ("应把两个 starts 的 if 分开", "set the if of both starts apart")
_ANOTHER_CODE: Said = ("应给其中一个另起代码", "give one of them another code")
_ONE_TYPE: Said = (
    "应在两处写同一种类型，或给其中一个键另起名字",
    "declare one type in both, or rename one of the keys",
)
_TOP = Mark(1, 1)


def names(one: Edition, two: Edition) -> Iterator[Discord]:
    """Forms and processes of one code, keys of two types, events that start a process in each."""
    yield from _two_types(one, two)
    for code in one.forms.keys() & two.forms.keys():
        yield _same_code(one, two, one.forms[code], two.forms[code], ("表单", "form"))
    for code in one.processes.keys() & two.processes.keys():
        yield _same_code(one, two, one.processes[code], two.processes[code], ("流程", "process"))
    for mine in one.processes.values():
        for theirs in two.processes.values():
            if mine.code != theirs.code and _start_together(mine, theirs):
                sides = _place(one, mine), _place(two, theirs)
                yield Discord("contradiction", *sides, _STARTS, _STARTS_APART)


def _place(edition: Edition, thing: Form | Process) -> Side:
    return Side(edition, thing.article, thing.code, thing.mark)


def _same_code(
    one: Edition, two: Edition, mine: Form | Process, theirs: Form | Process, what: Said
) -> Discord:
    said = f"两份制度都有{what[0]}“{mine.code}”", f"both have a {what[1]} “{mine.code}”"
    return Discord("same-code", _place(one, mine), _place(two, theirs), said, _ANOTHER_CODE)


def _start_together(mine: Process, theirs: Process) -> bool:
    """Whether one event can start both."""
    return any(
        set(start.when) & set(other.when) and not disjoint(start.condition, other.condition)
        for start in mine.starts
        for other in theirs.starts
    )


def _two_types(one: Edition, two: Edition) -> Iterator[Discord]:
    """Keys that the two declare with different types."""
    ours, others = one.declared, two.declared
    tables = [
        *_shared(ours.events, others.events),
        *_shared(ours.actions, others.actions),
        ("customer", ours.customer_keys, others.customer_keys),
        ("staff", ours.staff_keys, others.staff_keys),
    ]
    for place, mine, theirs in tables:
        for name in mine.keys() & theirs.keys():
            types = mine[name].type, theirs[name].type
            if types[0] != types[1]:
                key = f"{place}.{name}"
                said = (
                    f"“{key}”声明了两种类型：{types[0]} 和 {types[1]}",
                    f"“{key}” is declared with two types, {types[0]} and {types[1]}",
                )
                sides = Side(one, "", key, _TOP), Side(two, "", key, _TOP)
                yield Discord("two-types", *sides, said, _ONE_TYPE)


def _shared(
    ours: Mapping[str, Kind], others: Mapping[str, Kind]
) -> Iterator[tuple[str, Mapping[str, Key], Mapping[str, Key]]]:
    for type_ in ours.keys() & others.keys():
        yield type_, ours[type_].keys, others[type_].keys
