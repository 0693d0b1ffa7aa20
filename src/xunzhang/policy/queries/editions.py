"""What the reader of a policy shows: its articles, and beside each its rules and what they touch now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count as CountRows
from django.db.models import Q

from xunzhang.law.conditions import ALWAYS, Condition
from xunzhang.law.kinds import AnyRule
from xunzhang.law.text import Article
from xunzhang.law.text import Edition as LawEdition
from xunzhang.policy import registry
from xunzhang.policy.book import current_law, editions_kept
from xunzhang.policy.conditions import NotCompilable, compile_condition
from xunzhang.policy.models import DutyRow, Edition

MOST = 1_000


@dataclass(frozen=True, slots=True)
class Touch:
    """What a rule touches now; `customers` is None where it speaks of no customers, at most a thousand and one."""

    rule: AnyRule
    open_duties: int
    customers: int | None


def editions() -> list[Edition]:
    """Return all adopted and withdrawn editions, by policy and date."""
    return editions_kept()


def edition_in_force(policy: str, on: date) -> LawEdition | None:
    """Return the edition of a policy that governs on a day."""
    return current_law().book.at(on).edition(policy)


def edition_to_read(policy: str, version: str) -> LawEdition | None:
    """Return an edition by its name."""
    return current_law().edition(policy, version)


def touched(edition: LawEdition, article: Article, at: datetime) -> list[Touch]:
    """Return each rule of an article with what it touches now."""
    counted = (
        DutyRow.objects.filter(
            policy=edition.policy, version=edition.version, article=article.label, live=True
        )
        .exclude(state="waiting")
        .values_list("rule")
        .annotate(number=CountRows("pk"))
    )
    open_ = dict(counted)
    return [Touch(rule, open_.get(rule.id, 0), _customers(rule, at)) for rule in article.rules]


def _customers(rule: AnyRule, at: datetime) -> int | None:
    condition: Condition | None = getattr(rule, "customers", None)
    if condition is None:
        return None
    try:
        wanted = Q() if condition is ALWAYS else compile_condition(condition, at, rule.calendar)
    except NotCompilable:
        return None
    return len(registry.customers().filed_ids(at=at, condition_q=wanted, limit=MOST + 1))
