"""`xunzhang vocabulary`: the product's own events, actions, customer and staff keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import click

from xunzhang.cli.command import Command, Example, argument, option
from xunzhang.cli.terminal import FAINT, NAME, STRONG, blank, data, padded, say
from xunzhang.cli.words import Words, in_language, listed
from xunzhang.law.loader import product_vocabulary
from xunzhang.law.problems import nearest
from xunzhang.law.vocabulary import EVERYWHERE, Key, Kind, Vocabulary

EVENTS = Words("事件（{n} 种）", "Events ({n})")
ACTIONS = Words("动作（{n} 种）", "Actions ({n})")
CUSTOMER_KEYS = Words("客户的键", "Keys of a customer")
STAFF_KEYS = Words("人员的键", "Keys of a member of staff")
ANYWHERE = Words("每个事件都可带的键", "Keys that every event may carry")
NO_NAME = Words("没有叫“{name}”的事件或动作{hint}", "there is no event or action “{name}”{hint}")
MEANT = Words("；是不是“{name}”？", "; did you mean “{name}”?")


@click.command(
    cls=Command,
    about=Words(
        "列出产品自带的事件、动作、客户键和人员键，连同各键的类型和名称。制度可以直接使用它们，也可以另行声明自己的。",
        "List the product's own events, actions, customer and staff keys with their types and names. "
        "A policy may use them as they are and declare more of its own.",
    ),
    examples=[
        Example("xunzhang vocabulary", Words("全部词汇", "the whole vocabulary")),
        Example(
            "xunzhang vocabulary complaint",
            Words(
                "名称含 complaint 的事件和动作", "events and actions with complaint in their name"
            ),
        ),
        Example("xunzhang vocabulary --json", Words("供程序读取", "for a program")),
    ],
    exits=[
        (0, Words("完成", "done")),
        (2, Words("没有这样的事件或动作", "no such event or action")),
    ],
)
@argument("name", Words("名称", "NAME"), required=False)
@option("--json", "as_json", is_flag=True, about=Words("输出 JSON", "print JSON"))
def command(name: str | None, *, as_json: bool) -> None:
    found = product_vocabulary()
    shown = _named(found, name) if name else found
    if as_json:
        data(json.dumps(as_row(shown), ensure_ascii=False, indent=2))
        return
    for title, kinds in ((EVENTS, shown.events), (ACTIONS, shown.actions)):
        if kinds:
            _show_kinds(title(n=len(kinds)), kinds)
    for heading, keys in (
        (ANYWHERE, {} if name else EVERYWHERE),
        (CUSTOMER_KEYS, shown.customer_keys),
        (STAFF_KEYS, shown.staff_keys),
    ):
        if keys:
            _show_keys(heading, keys)


def as_row(vocabulary: Vocabulary) -> dict[str, Any]:
    """The vocabulary for programs."""
    return {
        "events": {name: _kind(kind) for name, kind in vocabulary.events.items()},
        "actions": {name: _kind(kind) for name, kind in vocabulary.actions.items()},
        "customer_keys": {name: _key(key) for name, key in vocabulary.customer_keys.items()},
        "staff_keys": {name: _key(key) for name, key in vocabulary.staff_keys.items()},
    }


def _kind(kind: Kind) -> dict[str, Any]:
    row = {"name": dict(kind.name), "keys": {name: _key(key) for name, key in kind.keys.items()}}
    return {**row, "action": kind.action} if kind.action else row


def _key(key: Key) -> dict[str, Any]:
    row: dict[str, Any] = {"type": key.type, "label": dict(key.label)}
    if key.choices:
        row["choices"] = [str(one) for one in key.choices]
    if key.unique:
        row["unique"] = True
    if key.columns:
        row["columns"] = {name: _key(column) for name, column in key.columns.items()}
    return row


def _named(vocabulary: Vocabulary, part: str) -> Vocabulary:
    """The events and actions whose type or name holds a word."""

    def fits(kind: Kind) -> bool:
        return part in kind.type or any(
            part.lower() in words.lower() for words in kind.name.values()
        )

    found = Vocabulary(
        {name: kind for name, kind in vocabulary.events.items() if fits(kind)},
        {name: kind for name, kind in vocabulary.actions.items() if fits(kind)},
    )
    if not found.events and not found.actions:
        near = nearest(part, [*vocabulary.events, *vocabulary.actions])
        raise click.UsageError(NO_NAME(name=part, hint=MEANT(name=near) if near else ""))
    return found


def _show_kinds(title: str, kinds: Mapping[str, Kind]) -> None:
    say((title, STRONG))
    for kind in kinds.values():
        say((kind.type, NAME), "  ", in_language(kind.name), indent=2, hanging=2)
        if kind.keys:
            say((listed([told(key) for key in kind.keys.values()]), FAINT), indent=6)
    blank()


def told(key: Key) -> str:
    """A key with its name and type."""
    label = in_language(key.label)
    named = f"{label} " if label and label != key.name else ""
    choices = f" [{' | '.join(map(str, key.choices))}]" if key.choices else ""
    return f"{named}{key.name}: {key.type}{choices}"


def _show_keys(heading: Words, keys: Mapping[str, Key]) -> None:
    say((str(heading), STRONG))
    for key in keys.values():
        say(
            (padded(key.name, 18), NAME),
            padded(key.type, 12),
            in_language(key.label),
            (f"  {' | '.join(map(str, key.choices))}" if key.choices else "", FAINT),
            indent=2,
            hanging=30,
        )
    blank()
