"""What policies that are in force together do twice, or differently: rules of one against rules of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from itertools import combinations

from xunzhang.law.book import same_matter
from xunzhang.law.conditions import ALWAYS, Condition
from xunzhang.law.kinds import AnyRule
from xunzhang.law.lint.clashes import Said, clash
from xunzhang.law.lint.discord import Discord, Side
from xunzhang.law.lint.names import names
from xunzhang.law.lint.people import overlap
from xunzhang.law.lint.regions import disjoint
from xunzhang.law.rules.approval import ApprovalRule
from xunzhang.law.rules.breach import BreachRule
from xunzhang.law.rules.cadence import CadenceRule
from xunzhang.law.rules.cap import CapRule
from xunzhang.law.rules.duty import DutyRule
from xunzhang.law.rules.gate import GateRule
from xunzhang.law.rules.grade import GradeRule
from xunzhang.law.rules.recurring import RecurringRule
from xunzhang.law.rules.set import SetRule
from xunzhang.law.text import Edition

_TWICE: Said = (
    "同一件事由同一人做，却开出两次待办",
    "the same duty opens twice for the same people",
)
_TWICE_LATE: Said = (
    "同一件事开出两次待办，期限还不同",
    "the same duty opens twice, with two different due times",
)
_BREACH: Said = ("同一件事记两次违规", "the same failing is a breach twice")
_KEY: Said = ("两条规则给同一对象定同一个键", "two rules give the same key to the same thing")


def discords(editions: Iterable[Edition], about: Set[str] | None = None) -> list[Discord]:
    """Everything in which editions that stand together are at odds.

    `about` names the policies (by code) of which at least one must be concerned; None means all.
    """
    kept = list(editions)
    ended = {(one.policy, code) for one in kept for code in one.replaces}

    def meet(first: Edition, second: Edition) -> bool:
        """Whether both are in force at once, and either is asked about."""
        pair = (first.policy, second.policy)
        if pair in ended or pair[::-1] in ended:
            return False
        return about is None or bool(set(pair) & about)

    found: list[Discord] = []
    for one, two in _pairs_of_rules(kept):
        if meet(one[0], two[0]):
            found += _at_odds(one, two)
    for first, second in combinations(kept, 2):
        if meet(first, second):
            found += names(first, second)
    return found


# -- rules -------------------------------------------------------------------------------------------

Placed = tuple[Edition, AnyRule]


def _pairs_of_rules(editions: list[Edition]) -> Iterator[tuple[Placed, Placed]]:
    """Pairs of rules of different policies that listen to, do or decide the same thing; each pair once."""
    places: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for edition in editions:
        for rule in edition.rules():
            for subject in _subjects(rule):
                places[
                    (type(rule).__name__ if subject[0] != "may" else "", "/".join(subject))
                ].append((edition, rule))
    seen: set[tuple[str, str]] = set()
    for found in places.values():
        for one, two in combinations(found, 2):
            pair = (one[1].uid, two[1].uid)
            if one[0].policy != two[0].policy and pair not in seen:
                seen.add(pair)
                yield one, two


def _subjects(rule: AnyRule) -> list[tuple[str, str]]:
    match rule:
        case DutyRule() | BreachRule() | SetRule():
            return [("on", type_) for type_ in rule.when]
        case CadenceRule() | RecurringRule():
            return [("do", type_) for type_ in rule.do]
        case GateRule() | ApprovalRule() | CapRule():
            return [("may", rule.action)]
        case GradeRule():
            return [("of", rule.of)]
        case _:
            return []


def _at_odds(first: Placed, second: Placed) -> Iterator[Discord]:
    (here, one), (there, two) = first, second
    if _silenced(first, second):
        return
    found = _twice(one, two)
    if found is None and not disjoint(one.condition, two.condition):
        told = clash(one, two)
        found = ("contradiction", told[0]) if told is not None else None
    if found is not None:
        yield Discord(
            found[0],
            _side(here, one),
            _side(there, two),
            found[1],
            _way_out(found[0], first, second),
        )


def _side(edition: Edition, rule: AnyRule) -> Side:
    return Side(edition, rule.article, rule.id, rule.mark)


def _silenced(first: Placed, second: Placed) -> bool:
    """Whether one of them is silent where the other speaks, by `instead_of` or `prevails_over`."""
    for (edition, rule), (other, theirs) in ((first, second), (second, first)):
        if any((one.policy, one.rule) == (other.policy, theirs.id) for one in rule.instead_of):
            return True
        if other.policy in edition.prevails_over and same_matter(rule, theirs):
            return True
    return False


def _twice(one: AnyRule, two: AnyRule) -> tuple[str, Said] | None:
    match one, two:
        case DutyRule(), DutyRule():
            return _duties(one, two)
        case CadenceRule(), CadenceRule():
            return _periodic(one, two)
        case RecurringRule(), RecurringRule():
            return _periodic(one, two)
        case BreachRule(), BreachRule():
            same = one.breach == two.breach and overlap(one.who, two.who)
            return ("double", _BREACH) if same and _together(one.condition, two.condition) else None
        case GradeRule(), GradeRule():
            same = one.key is not None and one.key == two.key
            return ("grade-twice", _KEY) if same else None
        case _:
            return None


def _duties(one: DutyRule, two: DutyRule) -> tuple[str, Said] | None:
    same = set(one.do) & set(two.do) and overlap(one.who, two.who) and _one_value(one, two)
    parts = [(one.condition, two.condition), (one.where, two.where), (_for(one), _for(two))]
    if not same or not all(_together(mine, theirs) for mine, theirs in parts):
        return None
    return "double", _TWICE if one.due == two.due else _TWICE_LATE


def _one_value(one: DutyRule, two: DutyRule) -> bool:
    """Whether duties for each value can be for the same one."""
    if one.for_each is None or two.for_each is None or one.for_each.key != two.for_each.key:
        return True
    return bool(set(map(str, one.for_each.values)) & set(map(str, two.for_each.values)))


def _for(rule: DutyRule) -> Condition:
    return rule.customers if rule.customers is not None else ALWAYS


def _periodic(
    one: CadenceRule | RecurringRule, two: CadenceRule | RecurringRule
) -> tuple[str, Said] | None:
    parts = [(one.condition, two.condition), (one.where, two.where)]
    if isinstance(one, CadenceRule) and isinstance(two, CadenceRule):
        parts.append((one.customers, two.customers))
    same = overlap(one.who, two.who) and all(_together(mine, theirs) for mine, theirs in parts)
    return ("double", _TWICE if one.every == two.every else _TWICE_LATE) if same else None


def _together(one: Condition, two: Condition) -> bool:
    return not disjoint(one, two)


def _way_out(code: str, first: Placed, second: Placed) -> Said:
    (here, one), (there, two) = first, second
    if code == "grade-twice":
        return "应给其中一条另起一个 key", "give one of them another key"
    silent, over = f"instead_of: [{here.policy}/{one.id}]", f"prevails_over: [{here.policy}]"
    zh = f"应在“{two.id}”写 {silent}，或在 {there.policy} 写 {over}，或用 replaces 取代另一份，或把 if 分开"
    en = (
        f"write {silent} on “{two.id}”, or {over} in {there.policy}, "
        "or end the other with replaces, or set their if apart"
    )
    return zh, en
