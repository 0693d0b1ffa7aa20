"""Rules that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from xunzhang.law.conditions import ALWAYS, All, Condition
from xunzhang.law.facts import frozen
from xunzhang.law.kinds import AnyRule
from xunzhang.law.lint.finding import Finding
from xunzhang.law.lint.regions import disjoint, implies
from xunzhang.law.rules.approval import ApprovalRule, Row
from xunzhang.law.rules.cap import CapRule, Limit
from xunzhang.law.rules.duty import DutyRule
from xunzhang.law.rules.gate import GateRule
from xunzhang.law.rules.grade import GradeRule
from xunzhang.law.rules.set import SetRule
from xunzhang.law.text import Edition


def clashes(edition: Edition) -> Iterator[Finding]:
    """Every pair of rules of the edition that cannot both be meant."""
    for one, two in combinations(edition.rules(), 2):
        if _silenced(one, two) or disjoint(one.condition, two.condition):
            continue
        found = clash(one, two)
        if found is not None:
            what, right = found
            yield Finding(
                two.mark,
                "contradiction",
                f"第{two.article}条的“{two.id}”与第{one.article}条的“{one.id}”矛盾：{what[0]}；{right[0]}",
                f"“{two.id}” (article {two.article}) contradicts “{one.id}” (article {one.article}): "
                f"{what[1]}; {right[1]}",
            )


Said = tuple[str, str]
_NEVER: Said = (
    "两条的 only_if 不可能同时满足，这个操作永远不能办",
    "both only_if can never hold together, so the action is always refused",
)
_ALL_REFUSED: Said = (
    "一条要审批或准许的，另一条全都不准",
    "what the one allows or lets people approve, the other always refuses",
)
_TWO_LIMITS: Said = (
    "同一数额定了两个不同的上限，只有低的起作用",
    "the same amount has two different limits, of which the lower counts",
)
_APART: Said = ("应把两条的 if 分开，或写 instead_of", "set their if apart, or write instead_of")


def _silenced(one: AnyRule, two: AnyRule) -> bool:
    """Whether one of them is silent where the other speaks."""
    return any(
        silent.rule == other.id
        for rule, other in ((one, two), (two, one))
        for silent in rule.instead_of
    )


def clash(one: AnyRule, two: AnyRule) -> tuple[Said, Said] | None:
    """What two rules that can speak of one case contradict each other in, and what would be right."""
    match one, two:
        case DutyRule(), DutyRule():
            return _duties(one, two)
        case ((GateRule() | ApprovalRule()), (GateRule() | ApprovalRule())):
            return _decisions(one, two)
        case GradeRule(), GradeRule():
            return _grades(one, two)
        case CapRule(), CapRule():
            return _caps(one, two)
        case SetRule(), SetRule():
            return _sets(one, two)
        case _:
            return None


def _duties(one: DutyRule, two: DutyRule) -> tuple[Said, Said] | None:
    same = (
        set(one.when) & set(two.when)
        and set(one.do) & set(two.do)
        and one.who == two.who
        and one.match == two.match
    )
    if not same or one.due == two.due or one.where != two.where or one.for_each != two.for_each:
        return None
    if (
        one.due is None
        or two.due is None
        or one.opens != two.opens
        or one.customers != two.customers
    ):
        return None
    return ("同一件事定了两个不同的期限", "the same thing has two different due times"), _APART


def _decisions(
    one: GateRule | ApprovalRule, two: GateRule | ApprovalRule
) -> tuple[Said, Said] | None:
    if isinstance(one, GateRule):
        return _gates(one, two) if isinstance(two, GateRule) else _gate_and_table(one, two)
    return _gate_and_table(two, one) if isinstance(two, GateRule) else _tables(one, two)


def _gates(one: GateRule, two: GateRule) -> tuple[Said, Said] | None:
    if one.action != two.action or one.warn or two.warn:
        return None
    if one.only_if is not None and two.only_if is not None and disjoint(one.only_if, two.only_if):
        return _NEVER, _APART
    for gate, other in ((one, two), (two, one)):
        if (
            gate.only_if is not None
            and other.refuse_if is not None
            and implies(gate.only_if, other.refuse_if)
        ):
            return (
                "一条准许的，另一条全都不准",
                "what the one lets pass, the other always refuses",
            ), _APART
    return None


def _gate_and_table(gate: GateRule, rule: ApprovalRule) -> tuple[Said, Said] | None:
    """A row of a table that allows, or asks people, where a gate always refuses."""
    if gate.action != rule.action or gate.warn or gate.refuse_if is None:
        return None
    refused = _and(gate.condition, gate.refuse_if)
    for row in rule.table.rows:
        case = _and(rule.condition, row.condition)
        if row.refuse is None and case is not ALWAYS and implies(case, refused):
            return _ALL_REFUSED, _APART
    return None


def _tables(one: ApprovalRule, two: ApprovalRule) -> tuple[Said, Said] | None:
    """A row that needs nobody where the other rule's row refuses the same case."""
    if one.action != two.action:
        return None
    for first, second in ((one, two), (two, one)):
        for row in first.table.rows:
            if row.allow and any(_refuses(row, other) for other in second.table.rows):
                return (
                    "一条不须审批的，另一条不准",
                    "what the one allows, the other refuses",
                ), _APART
    return None


def _refuses(row: Row, other: Row) -> bool:
    return (
        other.refuse is not None
        and row.condition is not ALWAYS
        and implies(row.condition, other.condition)
    )


def _grades(one: GradeRule, two: GradeRule) -> tuple[Said, Said] | None:
    if one.of != two.of or one.classes == two.classes:
        return None
    if one.key is not None and one.key == two.key:
        return (f"两条规则都给同一对象定“{one.key}”", f"both give “{one.key}” to the same thing"), (
            "应合成一条，或另起一个 key",
            "make them one rule, or give one another key",
        )
    if one.of_thing and one.name == two.name:
        return (f"两条评定同名“{one.name}”", f"both grades are called “{one.name}”"), (
            "应合成一条，或改一个名字",
            "make them one rule, or rename one",
        )
    return None


def _caps(one: CapRule, two: CapRule) -> tuple[Said, Said] | None:
    if (one.action, one.of, one.per, one.every) != (
        two.action,
        two.of,
        two.per,
        two.every,
    ) or one.over != two.over:
        return None
    if any(_differ(mine, theirs) for mine in one.limits for theirs in two.limits):
        return _TWO_LIMITS, _APART
    return None


def _differ(mine: Limit, theirs: Limit) -> bool:
    return (mine.key, mine.times) == (theirs.key, theirs.times) and mine.amount != theirs.amount


def _sets(one: SetRule, two: SetRule) -> tuple[Said, Said] | None:
    if not set(one.when) & set(two.when):
        return None
    for mine, theirs in ((one.customer, two.customer), (one.staff, two.staff)):
        for key in mine.keys() & theirs.keys():
            if frozen(mine[key]) != frozen(theirs[key]):
                return (
                    f"同一事件把“{key}”改成两个不同的值，以后写的为准",
                    f"one event sets “{key}” to two different values, of which the later counts",
                ), _APART
    return None


def _and(one: Condition, two: Condition) -> Condition:
    if one is ALWAYS:
        return two
    return one if two is ALWAYS else All((one, two))
