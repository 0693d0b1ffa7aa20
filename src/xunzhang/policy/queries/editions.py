"""What the reader of a policy shows: its articles, and beside each its rules and what they touch now."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Count as CountRows

from xunzhang.law.kinds import AnyRule
from xunzhang.law.problems import Problem
from xunzhang.law.text import Article
from xunzhang.law.text import Edition as LawEdition
from xunzhang.policy.book import current_law, days_kept, editions_kept, read_one
from xunzhang.policy.choices import EditionState
from xunzhang.policy.models import DutyRow, Edition
from xunzhang.policy.queries.reach import Reach, reach

_LAST_FIGURES = re.compile(r"(\d+)\Z")


@dataclass(frozen=True, slots=True)
class Touch:
    """What a rule touches now; `customers` is None where it speaks of no customers."""

    rule: AnyRule
    open_duties: int
    customers: Reach | None


def editions() -> list[Edition]:
    """Return all adopted and withdrawn editions, by policy and date, without their texts."""
    return list(Edition.objects.exclude(status=EditionState.DRAFT).defer("source"))


def edition_in_force(policy: str, on: date) -> LawEdition | None:
    """Return the edition of a policy that governs on a day."""
    return current_law().book.at(on).edition(policy)


def edition_to_read(policy: str, version: str) -> LawEdition | None:
    """Return an edition by its name."""
    return current_law().edition(policy, version)


def text_of(policy: str, version: str) -> str | None:
    """Return the text of an edition as it was adopted; None where there is none of that name."""
    row = Edition.objects.filter(policy=policy, version=version)
    return row.exclude(status=EditionState.DRAFT).values_list("source", flat=True).first()


def drafts() -> list[Edition]:
    """Return the texts that are being adopted, by policy."""
    return list(Edition.objects.filter(status=EditionState.DRAFT))


def draft_of(policy: str) -> Edition | None:
    """Return the draft of a policy."""
    return Edition.objects.filter(policy=policy, status=EditionState.DRAFT).first()


def latest_of(policy: str) -> Edition | None:
    """Return the adopted edition of a policy that takes effect last."""
    rows = Edition.objects.filter(policy=policy, status=EditionState.ADOPTED)
    return rows.order_by("-effective", "-pk").first()


def next_version(policy: str, version: str) -> str:
    """Return the version, or the first after it that no adopted or withdrawn edition of the policy has."""
    kept = Edition.objects.filter(policy=policy).exclude(status=EditionState.DRAFT)
    taken = set(kept.values_list("version", flat=True))
    while version in taken:
        found = _LAST_FIGURES.search(version)
        version = (
            version[: found.start()] + str(int(found[1]) + 1)
            if found is not None
            else f"{version}-2"
        )
    return version


def read_beside(
    source: bytes | str, beside: Iterable[str] = (), file: str = ""
) -> tuple[LawEdition | None, list[Problem]]:
    """Return the edition of a text read among the adopted ones and those that come with it, and its problems."""
    others = (*(row.source for row in editions_kept()), *beside)
    calendars = "\n".join(days_kept())
    return _read(source, file, others, calendars)


@lru_cache(maxsize=32)
def _read(
    source: bytes | str,
    file: str,
    others: tuple[str, ...],
    _calendars: str,
) -> tuple[LawEdition | None, list[Problem]]:
    """Read a text once while nothing around it changes: the steps of an adoption ask for it again and again."""
    return read_one(source, file, others)


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
    return [Touch(rule, open_.get(rule.id, 0), reach(rule, at)) for rule in article.rules]
