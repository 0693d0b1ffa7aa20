"""Conditions as sentences: `客户等级为 A，且金额不低于 1000 元`."""

from __future__ import annotations

from xunzhang.law.conditions import (
    All,
    Always,
    Any,
    Clock,
    Condition,
    Happened,
    Not,
    PolicyScope,
    Range,
    Test,
)
from xunzhang.law.durations import say_lately
from xunzhang.law.facts import NOTHING
from xunzhang.law.paths import Hop, Path
from xunzhang.law.vocabulary import Key, Vocabulary, Words
from xunzhang.law.words.speaker import Speaker, spaced, speaker

_TIMES = frozenset({"date", "datetime", "time"})
_LOOSE = (" on", " at", " by", " to", " from", " for", " of")
_LISTS = frozenset({"choices", "staffs", "table"})
_NUMBERS = {
    ">=": ("不低于", "is at least"),
    ">": ("大于", "is more than"),
    "<=": ("不超过", "is at most"),
    "<": ("小于", "is less than"),
}
_MOMENTS = {
    ">=": ("不早于", "is not before"),
    ">": ("晚于", "is after"),
    "<=": ("不晚于", "is not after"),
    "<": ("早于", "is before"),
}
_OPPOSITE = {"=": "!=", "!=": "=", "present": "absent", "absent": "present"}


def say_condition(condition: Condition, lang: str, vocabulary: Vocabulary) -> str:
    """The condition as a sentence without its full stop."""
    return said(condition, speaker(vocabulary, lang))


def said(condition: Condition, by: Speaker) -> str:
    """The condition in the words of a speaker."""
    match condition:
        case Always():
            return by.pick("任何情况", "in any case")
        case All(parts):
            return by.pick("，且", " and ").join(_part(one, by) for one in parts)
        case Any(parts):
            return by.pick("，或", " or ").join(_part(one, by) for one in parts)
        case Not(part):
            return _negated(part, by)
        case PolicyScope(part):
            return said(part, by)
        case Test():
            return say_test(condition, by)
        case Happened():
            return say_happened(condition, by)
        case _:
            raise TypeError(type(condition).__name__)


def _part(condition: Condition, by: Speaker) -> str:
    """A part of a longer condition, in brackets where it joins several itself."""
    inner = condition.part if isinstance(condition, PolicyScope) else condition
    words = said(condition, by)
    if isinstance(inner, All | Any) and len(inner.parts) > 1:
        return by.pick(f"（{words}）", f"({words})")
    return words


def _negated(part: Condition, by: Speaker) -> str:
    if isinstance(part, Test) and part.op in _OPPOSITE:
        return say_test(Test(part.path, _OPPOSITE[part.op], part.operand, part.text), by)
    if isinstance(part, Test) and part.op == "in":
        return _in(part, by, by.pick("不为", "is not"))
    if isinstance(part, Happened):
        return say_happened(part, by, never=True)
    if isinstance(part, Not):
        return said(part.part, by)
    words = _part(part, by)
    return by.pick(f"并非{words}", f"it is not so that {words}")


# -- paths -------------------------------------------------------------------------------------------


def say_path(path: Path, by: Speaker) -> str:
    """A key path in words: `客户等级`, `the customer's grade`, `来访人的角色`."""
    parts = [_start(path, by), *(_hop(hop, by) for hop in path.hops)]
    if path.key.type == "boolean" or (by.english and parts[-1].endswith(_LOOSE)):
        parts[-1] = by.quoted(parts[-1])
    if by.english:
        words = "'s ".join(parts)
        return words if words.startswith("“") else f"the {words}"
    if path.root == "customer" and len(parts) > 1:
        whole = parts[1] if parts[1].startswith(parts[0]) else parts[0] + parts[1]
        parts = [whole, *parts[2:]]
    return "的".join(parts)


def _start(path: Path, by: Speaker) -> str:
    if path.root == "thing" and path.first != "by":
        own = path.key.label if not path.hops else NOTHING
        return by.key(path.first) if path.first in by.own or not own else by.label(path.first, own)
    if path.root in ("thing", "by"):
        return by.pick("申请人", "asker") if by.asking else by.pick("经办人", "person concerned")
    words = {
        "customer": ("客户", "customer"),
        "owner": ("客户负责人", "customer's owner"),
        "case": ("个案", "case"),
    }
    return by.pick(*words[path.root])


def _hop(hop: Hop, by: Speaker) -> str:
    if hop.term is not None:
        return by.label(hop.key, hop.term.label)
    return by.label(hop.key, _label(hop, by.vocabulary))


def _label(hop: Hop, vocabulary: Vocabulary) -> Words:
    known = {"customer": vocabulary.customer_keys, "staff": vocabulary.staff_keys}.get(hop.kind)
    if known is None:
        known = vocabulary.case_keys()
    key = known.get(hop.key)
    return key.label if key is not None else NOTHING


# -- tests -------------------------------------------------------------------------------------------


def say_test(test: Test, by: Speaker) -> str:
    """One comparison: `金额不低于 1000 元`, `the amount is at least CNY 1000`."""
    subject, key = say_path(test.path, by), test.path.key
    if key.name == "code" and _codes(test, by):
        return _breaks(test, by)
    if test.path.hops and test.path.hops[-1].term is not None:
        return _term(test, by)
    match test.op:
        case "present":
            return subject + by.pick("已填写", " is given")
        case "absent":
            return subject + by.pick("未填写", " is not given")
        case "in":
            return _in(test, by, by.pick("为", "is"))
        case "range" if isinstance(test.operand, Range):
            return subject + by.pick("", " ") + say_range(test.operand, key, by)
    return subject + by.pick("", " ") + compared(test, by)


def _codes(test: Test, by: Speaker) -> tuple[str, ...]:
    """The breach codes of a test, where the policy says which articles they break."""
    operand = test.operand
    if test.op not in ("in", "=", "!="):
        return ()
    values = operand if isinstance(operand, tuple) else (operand,)
    return values if all(value in by.articles for value in values) else ()


def _breaks(test: Test, by: Speaker) -> str:
    labels = [label for code in _codes(test, by) for label in by.articles[code]]
    if test.op == "!=":
        return by.pick("违反的不是", "the breach is not of ") + by.listed(
            map(by.article, labels), either=True
        )
    return by.pick("违反的是", "the breach is of ") + by.listed(
        map(by.article, labels), either=True
    )


def compared(test: Test, by: Speaker) -> str:
    """What is asked of the key, without the key: `不低于 1000 元`, `is at least CNY 1000`."""
    key = test.path.key
    match test.op:
        case "present":
            return by.pick("已填写", "is given")
        case "absent":
            return by.pick("未填写", "is not given")
        case "in":
            return f"{by.pick('为', 'is')} {by.value(test.operand, key)}"
        case "range" if isinstance(test.operand, Range):
            return say_range(test.operand, key, by)
    if test.op == "!=" and test.operand is True:
        return by.pick("为否", "is no")
    return _joined(_verb(test.op, test.path, by), _operand(test, by), by)


def _verb(op: str, path: Path, by: Speaker) -> str:
    key = path.key
    if key.type in _LISTS and op in ("=", "!="):
        several = by.label(key.name, key.label).endswith("s")
        if op == "=":
            return by.pick("包含", "include" if several else "includes")
        return by.pick("不包含", "do not include" if several else "does not include")
    if op in ("=", "!="):
        return by.pick("为", "is") if op == "=" else by.pick("不为", "is not")
    return by.pick(*(_MOMENTS if key.type in _TIMES else _NUMBERS)[op])


def _operand(test: Test, by: Speaker) -> str:
    operand = test.operand
    if isinstance(operand, Path):
        words = say_path(operand, by)
        if by.earlier:
            return by.pick(f"本次的{words}", f"{words} at hand")
        return words
    if isinstance(operand, Clock):
        return _clock(operand, by)
    return by.value(operand, test.path.key)


def _joined(verb: str, operand: str, by: Speaker) -> str:
    """Verb and operand; in Chinese a blank only before letters and figures."""
    ascii_start = operand[:1].isascii() and operand[:1].isalnum()
    return f"{verb} {operand}" if by.english or ascii_start else verb + operand


def _clock(clock: Clock, by: Speaker) -> str:
    if clock.amount is None:
        return by.pick("今天", "today")
    amount = clock.amount.say(by.lang)
    if clock.sign < 0:
        return by.pick(f"{amount}前", f"{amount} ago")
    return by.pick(f"{amount}后", f"{amount} from now")


def say_range(bounds: Range, key: Key, by: Speaker) -> str:
    """`不低于 5 且小于 10`, `is at least 5 and less than 10`."""
    words = _MOMENTS if key.type in _TIMES else _NUMBERS
    low, high = (by.value(value, key) for value in (bounds.low, bounds.high))
    first = by.pick(*words[">=" if bounds.with_low else ">"])
    second = by.pick(*words["<=" if bounds.with_high else "<"])
    if by.english:
        return f"{first} {low} and {second.removeprefix('is ')} {high}"
    return spaced(f"{first} {low}", "且", f"{second} {high}")


def _in(test: Test, by: Speaker, verb: str) -> str:
    return (
        say_path(test.path, by)
        + by.pick("", " ")
        + _joined(verb, by.value(test.operand, test.path.key), by)
    )


def _term(test: Test, by: Speaker) -> str:
    """A term of the policy: the thing counts as what the term is called."""
    term = by.quoted(_hop(test.path.hops[-1], by))
    thing = say_path(
        Path(
            test.path.text,
            test.path.root,
            test.path.first,
            test.path.hops[:-1],
            Key(test.path.first, "text"),
        ),
        by,
    )
    holds = (test.op in ("=", "present")) == (test.operand is not False)
    if by.english:
        return f"{thing} {'counts' if holds else 'does not count'} as {term}"
    return f"{thing}{'属于' if holds else '不属于'}{term}"


# -- what happened before ----------------------------------------------------------------------------


def say_happened(happened: Happened, by: Speaker, *, never: bool = False) -> str:
    """`同一客户在 3 个月内发生过“拜访客户”`, or with `never` that it has not."""
    where = (
        said(happened.where, by.of_earlier((happened.event,)))
        if not isinstance(happened.where, Always)
        else ""
    )
    words = _happened_en if by.english else _happened_zh
    return words(happened, by, where, never=never)


def _happened_zh(happened: Happened, by: Speaker, where: str, *, never: bool) -> str:
    same = "、".join(by.key(key) for key in happened.match)
    who = f"同一{same}" if same else ""
    within = say_lately(happened.within)
    since = f"自上次{by.event(happened.unless)}以来" if happened.unless is not None else ""
    verb = "没有发生过" if never else "发生过"
    times = "" if happened.at_least == 1 else f"至少 {happened.at_least} 次"
    detail = f"（{where}）" if where else ""
    return f"{who}{within}{since}{verb}{times}{by.event(happened.event)}{detail}"


def _happened_en(happened: Happened, by: Speaker, where: str, *, never: bool) -> str:
    times = "" if happened.at_least == 1 else f" at least {happened.at_least} times"
    parts = [f"{by.event(happened.event)} has{' not' if never else ''} happened{times}"]
    if happened.match:
        parts.append("for the same " + by.listed(by.key(key) for key in happened.match))
    if happened.within is not None:
        parts.append(say_lately(happened.within, "en"))
    if happened.unless is not None:
        parts.append(f"since the last {by.event(happened.unless)}")
    if where:
        parts.append(f"({where})")
    return " ".join(parts)
