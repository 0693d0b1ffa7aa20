"""Which article, rule, form or process of a policy carries which clause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xunzhang.law.text import Article, Edition


@dataclass(frozen=True, slots=True)
class Wait:
    """A clause that an article names but that needs a screen or record rather than a rule."""

    id: str
    policy: str
    article: str
    needs: str


@dataclass(slots=True)
class Carriers:
    """By clause: the places that carry it; and what waits."""

    by_clause: Mapping[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    waits: list[Wait] = field(default_factory=list)
    bare: set[str] = field(default_factory=set)


def carriers_of(editions: Iterable[Edition]) -> Carriers:
    """Gather the clauses of all articles; `bare` are those that an article's words alone carry."""
    found = Carriers()
    bare: dict[str, bool] = {}
    for edition in editions:
        for article in edition.articles:
            places = [f"{edition.policy} {article.label}", *_within(edition, article)]
            for id_ in article.clause:
                if id_ in article.waits:
                    continue
                found.by_clause[id_].extend(places)
                bare[id_] = bare.get(id_, True) and len(places) == 1
            for id_, needs in article.waits.items():
                found.waits.append(Wait(id_, edition.policy, article.label, needs))
    found.bare = {id_ for id_, alone in bare.items() if alone}
    return found


def _within(edition: Edition, article: Article) -> list[str]:
    """The rules, forms and processes of an article."""
    labels = (article.label, article.no)
    places = [f"{edition.policy} rule:{rule.id}" for rule in article.rules]
    places += [
        f"{edition.policy} form:{form.code}"
        for form in edition.forms.values()
        if form.article in labels
    ]
    for process in edition.processes.values():
        if process.article in labels:
            places.append(f"{edition.policy} process:{process.code}")
        places += [
            f"{edition.policy} process:{process.code}/{stage.code}"
            for stage in process.stages
            if stage.article in labels and process.article not in labels
        ]
    return places
