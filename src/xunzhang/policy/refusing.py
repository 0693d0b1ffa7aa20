"""A no of the law in the words of a refusal: its articles, what was counted, and the way out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xunzhang.law.facts import jsonable
from xunzhang.law.outcome import Because, Reason, Ruling
from xunzhang.law.text import say
from xunzhang.law.workdays import UnknownYear
from xunzhang.lib.errors import NeedsApproval, Refused
from xunzhang.organisation import queries as people
from xunzhang.policy.book import Law

BY_POLICY = "refused-by-policy"
"""The code of every refusal that an article makes."""


class ApprovalNeeded(NeedsApproval):
    """An action that needs approval; `open_request` of the actions asks for it."""

    def __init__(
        self,
        message: str,
        *,
        action: str,
        by: str | None,
        keys: Mapping[str, Any],
        ruling: Ruling,
        citations: list[dict[str, Any]],
        values: Mapping[str, Any],
    ) -> None:
        super().__init__("needs-approval", message, citations=citations, values=values)
        self.action = action
        self.by = by
        self.keys = keys
        self.ruling = ruling


def language() -> str:
    """Return the language of the reader as the law's texts name it."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def year_unknown(error: UnknownYear) -> Refused:
    """Return the refusal where a time cannot be counted, since a year's holidays are not known."""
    return Refused(
        "year-unknown",
        _(
            "The holidays of %(year)d have not been entered, so the time cannot be counted. "
            "An administrator can enter them under Organisation, Calendars; nothing has been kept."
        )
        % {"year": error.year},
        values={"year": error.year},
    )


def refused(law: Law, ruling: Ruling, *, action: str, keys: Mapping[str, Any]) -> Refused:
    """Return the refusal for a ruling that refuses an action."""
    lines = _lines(ruling.reasons) or [_("The policy does not allow this.")]
    return Refused(
        BY_POLICY,
        _join(lines),
        citations=citations(law, (one.because for one in ruling.reasons)),
        values={
            "action": action,
            **{name: keys.get(name) for name in ("customer", "case", "form")},
            "facts": _facts(ruling.reasons),
            "missing": [one.key for one in ruling.missing],
        },
    )


def approval_needed(
    law: Law,
    ruling: Ruling,
    *,
    action: str,
    by: str | None,
    keys: Mapping[str, Any],
    request: int | None,
) -> ApprovalNeeded:
    """Return the refusal for a ruling that asks for approval; `request` is one that waits already."""
    first = ruling.steps[0]
    names = names_of(first.who)
    return ApprovalNeeded(
        _("This needs the approval of %(names)s.") % {"names": _("、").join(names)},
        action=action,
        by=by,
        keys=keys,
        ruling=ruling,
        citations=citations(law, (one.because for one in ruling.steps)),
        values={
            "action": action,
            "request": request,
            "steps": [list(one.who) for one in ruling.steps],
            "facts": _facts(ruling.reasons),
        },
    )


def citations(law: Law, found: Iterable[Because]) -> list[dict[str, Any]]:
    """Return the articles as citations, each once, in order."""
    listed: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    for one in found:
        if one.article:
            name = (one.policy, one.version, one.article, one.rule)
            listed.setdefault(name, citation(law, one))
    return list(listed.values())


def citation(law: Law, because: Because) -> dict[str, Any]:
    """Return an article as a citation: policy, its title, version, article, its words, rule, where it is read."""
    edition = law.edition(because.policy, because.version)
    article = edition.article(because.article) if edition is not None else None
    lang = language()
    return {
        "policy": because.policy,
        "title": say(edition.title, lang) if edition is not None else because.policy,
        "version": because.version,
        "article": article.no if article is not None else because.article,
        "words": say(article.text, lang) if article is not None else "",
        "rule": because.rule,
    }


def names_of(ids: Iterable[str]) -> list[str]:
    """Return the names of people by their ids."""
    staff = people.directory().staff
    return [staff[one].name if one in staff else one for one in ids]


def _lines(reasons: Iterable[Reason]) -> list[str]:
    lang = language()
    return list(dict.fromkeys(say(one.say, lang) for one in reasons if one.say))


def _join(lines: list[str]) -> str:
    return ("；" if language() == "zh" else "; ").join(lines)


def _facts(reasons: Iterable[Reason]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in reasons:
        found.update(jsonable(dict(one.because.facts)))
    return found
