"""Which rules were looked at, which of them speak, and what was missing where one nearly did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xunzhang.law.calendar import company_time
from xunzhang.law.conditions import All, Any, Clock, Condition, Happened, Not, PolicyScope, Test
from xunzhang.law.explain.names import Names, names_in, shown
from xunzhang.law.facts import NOTHING
from xunzhang.law.kinds import AnyRule
from xunzhang.law.paths import Path
from xunzhang.law.rules.checklist import ChecklistRule
from xunzhang.law.scope import Scope
from xunzhang.law.vocabulary import Vocabulary
from xunzhang.law.words.conditions import compared, said, say_happened, say_path
from xunzhang.law.words.speaker import Speaker, spaced, speaker

Silencing = Mapping[str, Sequence[str]]
"""For the uid of each rule that silences others, the uids of those."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A rule that was looked at; `failed` says why it does not speak (empty where it does)."""

    rule: AnyRule
    failed: tuple[str, ...]

    @property
    def speaks(self) -> bool:
        """Whether the rule applied."""
        return not self.failed


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that did not speak, and each thing that kept it from it."""

    rule: AnyRule
    failed: tuple[str, ...]


def rules_about(rules: Iterable[AnyRule], type_: str) -> list[AnyRule]:
    """Those rules that listen to an event type, or decide on an action."""
    found = []
    for rule in rules:
        listens = type_ in getattr(rule, "when", ()) or type_ == getattr(rule, "action", None)
        if (
            listens
            or (isinstance(rule, ChecklistRule) and type_ in rule.on)
            or type_ == getattr(rule, "of", None)
        ):
            found.append(rule)
    return found


def looked_at(
    rules: Sequence[AnyRule], scope: Scope, by: Speaker, silences: Silencing = NOTHING
) -> list[Looked]:
    """All these rules, each with why it does not speak, if so. The scope is that of the event or ask.

    `silences` are those of the day's frame; without them only `instead_of` silences.
    """
    spoken = [_looked(rule, scope, by) for rule in rules]
    speaking = [one.rule for one in spoken if one.speaks]
    return [_silenced(one, speaking, by, silences) for one in spoken]


def near_misses(
    rules: Sequence[AnyRule], scope: Scope, lang: str = "zh", vocabulary: Vocabulary | None = None
) -> list[NearMiss]:
    """The rules that do not speak here, those that lack least first."""
    by = speaker(vocabulary if vocabulary is not None else Vocabulary(), lang)
    found = [
        NearMiss(one.rule, one.failed) for one in looked_at(rules, scope, by) if not one.speaks
    ]
    return sorted(found, key=lambda one: len(one.failed))


def _looked(rule: AnyRule, scope: Scope, by: Speaker) -> Looked:
    if rule.effective is not None and company_time(scope.now).date() < rule.effective:
        since = rule.effective.isoformat()
        return Looked(
            rule,
            (by.pick(f"该条自 {since} 起才施行", f"its article takes effect only on {since}"),),
        )
    place = Scope(
        scope.world,
        scope.now,
        rule.calendar,
        kind=scope.kind,
        thing=scope.thing,
        customer=scope.customer,
        by=scope.by,
        case=scope.case,
        seq=scope.seq,
        asof=scope.asof,
    )
    place.present, place.who = scope.present, scope.who
    return Looked(
        rule, tuple(failures(rule.condition, place, by.about((), asking=scope.kind == "action")))
    )


def _silenced(one: Looked, speaking: list[AnyRule], by: Speaker, silences: Silencing) -> Looked:
    """A rule that another one stands in for does not speak."""
    if not one.speaks:
        return one
    for other in speaking:
        named = any(
            (silent.policy, silent.rule) == (one.rule.policy, one.rule.id)
            for silent in other.instead_of
        )
        if named or one.rule.uid in silences.get(other.uid, ()):
            place = by.article(other.article)
            return Looked(
                one.rule,
                (by.pick(f"由{place}的规则代替", f"the rule of {place} stands in for it"),),
            )
    return one


def failures(
    condition: Condition, scope: Scope, by: Speaker, names: Names | None = None
) -> Iterator[str]:
    """What in a condition does not hold, each with the value found; nothing where it holds."""
    if condition.holds(scope):
        return
    names = names or names_in(scope.world)
    match condition:
        case All(parts):
            for part in parts:
                yield from failures(part, scope, by, names)
        case Any(parts):
            either = by.pick("；", "; ").join(
                text for part in parts for text in failures(part, scope, by, names)
            )
            yield by.pick(f"几项都不满足：{either}", f"none of these holds: {either}")
        case _:
            yield _failure(condition, scope, by, names)


def _failure(condition: Condition, scope: Scope, by: Speaker, names: Names) -> str:
    """Why a part that joins no others does not hold."""
    match condition:
        case PolicyScope(part):
            words = said(part, by)
            return by.pick(f"不在制度的适用范围内：{words}", f"outside the policy's scope: {words}")
        case Test():
            return _test(condition, scope, by, names)
        case Happened():
            return _happened(condition, scope, by)
        case Not(Test() as test):
            found = shown(test.path.get(scope), test.path.key, by, names)
            path, words = say_path(test.path, by), said(condition, by)
            return _unmet(path, found, words, by)
        case _:
            words = said(condition, by)
            return by.pick(f"不满足“{words}”", f"asked for: {words}")


def _test(test: Test, scope: Scope, by: Speaker, names: Names) -> str:
    """`金额为 800 元，不满足“不低于 1000 元”`."""
    path = say_path(test.path, by)
    if test.path.hops and test.path.hops[-1].term is not None:
        words = said(test, by)
        return by.pick(f"不满足“{words}”", f"asked for: {words}")
    value = test.path.get(scope)
    found = shown(value, test.path.key, by, names)
    asked = compared(test, by)
    looked_up = isinstance(test.operand, Path | Clock)
    other = shown(test.value_of_operand(scope), test.path.key, by, names) if looked_up else ""
    told = by.pick(f"（{other}）", f" ({other})") if other else ""
    if value in (None, "", []):
        return by.pick(
            f"{path}{found}，不满足“{asked}{told}”",
            f"{path} is not given; asked for: {asked}{told}",
        )
    return _unmet(path, found, asked + told, by)


def _unmet(path: str, found: str, asked: str, by: Speaker) -> str:
    return by.pick(
        spaced(path, "为", f"{found}，不满足“{asked}”"), f"{path} is {found}; asked for: {asked}"
    )


def _happened(happened: Happened, scope: Scope, by: Speaker) -> str:
    found = sum(1 for _ in happened.matching(scope))
    words = say_happened(happened, by)
    return by.pick(
        f"此前只有 {found} 次，不满足“{words}”", f"it happened {found} times; asked for: {words}"
    )
