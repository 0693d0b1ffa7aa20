"""The policies that somebody is about to adopt: their texts as they stand now, each read among the others."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from xunzhang.law import shelf
from xunzhang.law.amend.revise import revised
from xunzhang.law.calendar import company_time
from xunzhang.law.facts import Value
from xunzhang.law.loader import pack_file
from xunzhang.law.problems import Problem
from xunzhang.law.text import Edition, say
from xunzhang.policy.queries.editions import (
    draft_of,
    edition_to_read,
    latest_of,
    next_version,
    read_beside,
)
from xunzhang.web.policies import said
from xunzhang.web.request import Request

ASKED = "policy"
MOST = 60


@dataclass(frozen=True)
class Chosen:
    """One policy on its way: its text now, and the edition that it follows (None for the first)."""

    code: str
    title: str
    source: str
    follows: Edition | None
    draft: bool
    edition: Edition | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def shipped(self) -> Edition | None:
        """The shipped policy of that code."""
        return shelf.pack(self.code)


def address(step: str, codes: Iterable[str]) -> str:
    """The address of a step for these policies."""
    return f"{reverse(f'policies:{step}')}?{urlencode([(ASKED, code) for code in codes])}"


def codes_of(request: Request) -> list[str]:
    """The codes that the address names; 404 where it names none."""
    codes = list(dict.fromkeys(code for code in request.GET.getlist(ASKED) if code))[:MOST]
    if not codes:
        raise Http404
    return codes


def chosen(request: Request) -> list[Chosen]:
    """The policies that the address names, each read among the others; 404 where there is one unknown."""
    today = company_time(request.at).date()
    return read_together([_found(code, today) for code in codes_of(request)])


def read_together(found: list[Chosen]) -> list[Chosen]:
    """The same policies, each read among the others."""
    read = []
    for one in found:
        beside = [other.source for other in found if other is not one]
        edition, problems = read_beside(one.source, beside)
        wrong = tuple(problem for problem in problems if not problem.warning)
        read.append(replace(one, edition=edition, problems=wrong))
    return read


def read_as_shipped(one: Chosen, found: Iterable[Chosen]) -> Edition | None:
    """The shipped policy of that code, read among the same policies as the company's own text is."""
    path = pack_file(one.code)
    beside = [other.source for other in found if other.code != one.code]
    return read_beside(path.read_bytes(), beside)[0] if path is not None else None


def with_values(one: Chosen, values: dict[tuple[str, ...], Value]) -> Chosen:
    """The policy with other values in its text."""
    return replace(one, source=revised(one.source, values)) if values else one


def _found(code: str, today: date) -> Chosen:
    draft, latest = draft_of(code), latest_of(code)
    follows = edition_to_read(code, latest.version) if latest is not None else None
    if draft is not None:
        return Chosen(code, say(draft.title, said.language()), draft.source, follows, draft=True)
    if latest is not None:
        values: dict[tuple[str, ...], Value] = {
            ("version",): _version(code, latest.version),
            ("effective",): (max(today, latest.effective) + timedelta(days=1)).isoformat(),
        }
        title = say(latest.title, said.language())
        return Chosen(code, title, revised(latest.source, values), follows, draft=False)
    return _shipped(code, today)


def _shipped(code: str, today: date) -> Chosen:
    path, head = pack_file(code), next((one for one in shelf.heads() if one.code == code), None)
    if path is None or head is None:
        raise Http404
    values: dict[tuple[str, ...], Value] = {
        ("version",): _version(code, head.version),
        ("effective",): today.isoformat(),
    }
    title = say(head.title, said.language())
    return Chosen(code, title, revised(path.read_text(encoding="utf-8"), values), None, draft=False)


def _version(code: str, version: str) -> Value:
    """The next version that is free, as it is written: a figure as a figure."""
    return written_version(next_version(code, version))


def written_version(version: str) -> Value:
    """A version as it is written: a figure as a figure."""
    return (
        int(version) if version.isascii() and version.isdigit() and version[0] != "0" else version
    )
