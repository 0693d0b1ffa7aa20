"""post: a role that must be filled, or customers that must have an owner."""

from __future__ import annotations

from dataclasses import dataclass

from xunzhang.law.conditions import Condition
from xunzhang.law.read.rule import RuleReader
from xunzhang.law.rules.common import Repeat, Rule
from xunzhang.law.times import Within
from xunzhang.law.who import Who


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRule(Rule):
    """Its data: either `role`, or `customers` that must have an owner."""

    who: Who
    breach: str
    role: str | None = None
    customers: Condition | None = None
    within: Within | None = None
    again: Repeat | None = None


def read(reader: RuleReader) -> PostRule | None:
    """The rule of a map; None after noting what is missing."""
    context = reader.context
    reader.book = context.book_of("customer")
    role = _role(reader)
    customers = reader.condition("for") if reader.has("for") else None
    has = reader.text("has", among=("owner",))
    who = reader.who(required=True)
    code = reader.code(required=True)
    base = reader.base()
    within, again = reader.within(), reader.again()
    if (role is None) == (customers is None):
        reader.error(
            reader.node.mark,
            "missing-key",
            "post 需要 role，或 for 与 has: owner",
            "a post needs role, or for with has: owner",
        )
        return None
    if customers is not None and has is None:
        reader.error(
            reader.node.mark_of("for"), "missing-key", "for 需要 has: owner", "for needs has: owner"
        )
    if who is None or code is None:
        return None
    return PostRule(
        **base, who=who, breach=code, role=role, customers=customers, within=within, again=again
    )


def _role(reader: RuleReader) -> str | None:
    for name, mark in reader.names("role"):
        role = name.removeprefix("role:")
        reader.context.used_roles.add(role)
        if role not in reader.context.roles:
            reader.problems.unknown(
                mark, "unknown-role", ("角色", "role"), role, reader.context.roles
            )
        return role
    return None
