"""checklist: what a file must hold. Checked on an event, before an action, or for a customer."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from xunzhang.law.calendar import company_time
from xunzhang.law.conditions import ALWAYS, Condition
from xunzhang.law.facts import Event, Value
from xunzhang.law.outcome import Because, Missing
from xunzhang.law.read.rule import RuleReader
from xunzhang.law.rules.common import Rule, Words
from xunzhang.law.scope import Scope
from xunzhang.law.source import Mapping, Node, Scalar, Sequence
from xunzhang.law.who import Who, groups

if TYPE_CHECKING:
    from xunzhang.law.engine.run import Run


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a file must hold. `article` stands where it has an `item` of its own, else the rule's counts."""

    key: str
    label: Words
    copies: int = 1
    signed: bool = False
    condition: Condition = ALWAYS
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistRule(Rule):
    """Its data: `on` events, or an `action`, or of a customer."""

    items: tuple[Item, ...]
    file: Words = field(default_factory=dict)
    on: tuple[str, ...] = ()
    action: str | None = None
    of_customer: bool = False
    who: Who | None = None
    breach: str | None = None
    unsigned: str | None = None

    @property
    def when(self) -> tuple[str, ...]:
        """The events that are checked."""
        return self.on


def read(reader: RuleReader) -> ChecklistRule | None:
    """The rule of a map; None after noting what is missing."""
    context = reader.context
    on = reader.events("on")
    action = reader.action() if reader.has("action") else None
    of = reader.text("of", among=("customer",))
    if sum(map(reader.has, ("on", "action", "of"))) != 1:
        reader.error(
            reader.node.mark,
            "missing-key",
            "checklist 需要 on、action、of: customer 之一",
            "a checklist needs one of on, action, of: customer",
        )
    if on:
        reader.book = context.event_book(on)
    elif action is not None:
        reader.book = context.action_book(action)
    else:
        reader.book = context.book_of("customer")
    base = reader.base()
    items = _items(reader, of_customer=of is not None)
    rest: dict[str, Any] = {
        "file": reader.words("file"),
        "who": reader.who(),
        "breach": reader.code(),
        "unsigned": reader.code("unsigned"),
    }
    for name in ("breach", "unsigned"):
        if rest[name] is not None and not reader.has("who"):
            reader.error(
                reader.node.mark_of(name), "missing-key", f"{name} 需要 who", f"{name} needs who"
            )
    return ChecklistRule(
        **base, items=items, on=on, action=action, of_customer=of is not None, **rest
    )


def _items(reader: RuleReader, *, of_customer: bool) -> tuple[Item, ...]:
    node = reader.get("items", required=True)
    if node is None:
        return ()
    if not isinstance(node, Sequence):
        reader.error(node.mark, "value", "items 应为列表", "items is a list")
        return ()
    found: dict[str, Item] = {}
    for one in node.items:
        item = _item(reader, one)
        if item is None:
            continue
        if item.key in found:
            reader.error(
                one.mark,
                "duplicate-item",
                f"项目“{item.key}”重复",
                f"the item “{item.key}” is repeated",
            )
        if of_customer:
            _check_customer_item(reader, item.key, one)
        found[item.key] = item
    return tuple(found.values())


def _check_customer_item(reader: RuleReader, key: str, node: Node) -> None:
    context = reader.context
    known = [*context.vocabulary.customer_keys, *context.forms]
    if key not in known:
        reader.problems.unknown(
            node.mark, "unknown-key", ("客户键或表单", "customer key or form"), key, known
        )


def _item(reader: RuleReader, node: Node) -> Item | None:
    if isinstance(node, Scalar):
        return Item(node.text, {"zh": node.text})
    if not isinstance(node, Mapping):
        reader.error(node.mark, "value", "项目应为 {key, label}", "an item is {key, label}")
        return None
    inner = RuleReader(reader.context, node, "item")
    inner.asked, inner.book = {"if", "item"}, reader.book
    key = inner.text("key") or inner.text("form")
    label = inner.words("label")
    copies, signed = inner.number("copies", 1), inner.flag("signed")
    condition = inner.condition()
    own = inner.text("item")
    article = _article(reader) + own if own else ""
    inner.finish()
    if key is None:
        reader.error(node.mark, "missing-key", "项目缺少 key", "an item needs key")
        return None
    return Item(key, label or {"zh": key}, copies, signed, condition, article)


def _article(reader: RuleReader) -> str:
    return reader.site.article if reader.site is not None else ""


def missing(rule: ChecklistRule, scope: Scope, held: Value) -> list[Missing]:
    """The items that are not there; those that lack only a signature are marked `unsigned`."""
    given = as_held(held)
    because = rule.because(scope)
    found = []
    for item in rule.items:
        if not item.condition.holds(scope):
            continue
        lack = _lack(item, given.get(item.key))
        if lack is not None:
            found.append(Missing(item.key, item.label, _because(because, item), lack == "unsigned"))
    return found


def _because(because: Because, item: Item) -> Because:
    if not item.article:
        return because
    return Because(because.policy, because.version, item.article, because.rule, because.facts)


def as_held(held: Value) -> Map[str, Any]:
    """What an event's `items` say is there: key → copies or {copies, signed, waived}."""
    if isinstance(held, Map):
        return held
    if isinstance(held, list | tuple):
        found: dict[str, Any] = {}
        for one in held:
            if isinstance(one, Map):
                found.update(one)
            else:
                found[str(one)] = {"copies": None}
        return found
    return {}


def _lack(item: Item, held: Any) -> str | None:
    if held is None or held is False or held == 0:
        return "missing"
    if isinstance(held, Map):
        if held.get("waived"):
            return None
        copies, signed = held.get("copies", 1), held.get("signed", False)
    else:
        copies, signed = held, False
    there = copies if isinstance(copies, int | Decimal) else 1
    if there < item.copies:
        return "missing"
    return "unsigned" if item.signed and not signed else None


def follow(rule: ChecklistRule, run: Run, event: Event, scope: Scope) -> None:
    """Check the file; a breach for what is missing, and one of its own for signatures."""
    found = missing(rule, scope, event.get("items"))
    run.miss(found)
    for code, items in _breaches(rule, found):
        because = rule.because(scope, {"missing": [one.key for one in items]})
        for group in groups(rule.who, scope) if rule.who is not None else []:
            run.breaches.put(
                code,
                group,
                len(items),
                event.at,
                company_time(event.at).date(),
                scope.thing,
                because,
            )


def _breaches(rule: ChecklistRule, found: list[Missing]) -> Iterator[tuple[str, list[Missing]]]:
    apart = rule.unsigned is not None
    lacking = [one for one in found if not (apart and one.unsigned)]
    unsigned = [one for one in found if apart and one.unsigned]
    if rule.breach is not None and lacking:
        yield rule.breach, lacking
    if rule.unsigned is not None and unsigned:
        yield rule.unsigned, unsigned


def of_customer(rule: ChecklistRule, run: Run, customer: str, scope: Scope) -> list[Missing]:
    """What a customer's file lacks now: keys without a value, forms not filed; nothing where `if` does not hold."""
    if not rule.condition.holds(scope):
        return []
    facts = scope.facts_of(customer) or {}
    because = rule.because(scope)
    found = []
    for item in rule.items:
        if not item.condition.holds(scope):
            continue
        form = run.book.form(rule.policy, rule.version, item.key)
        if form is not None:
            filed = next(iter(run.filings(form.code, form.event, "customer", customer)), None)
            there = filed is not None and not (
                item.signed and run.cases.forms.unsigned(form, filed)
            )
        else:
            there = facts.get(item.key) not in (None, "", [])
        if not there:
            found.append(Missing(item.key, item.label, _because(because, item)))
    return found
