"""What happened in a case, newest first: its events, the duties that opened and what was broken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import singledispatchmethod

from django.utils.translation import gettext as _

from xunzhang.cases import law
from xunzhang.cases.values import language
from xunzhang.law.outcome import Because
from xunzhang.law.text import say
from xunzhang.organisation.models import Person
from xunzhang.organisation.queries import directory
from xunzhang.policy.book import current_law
from xunzhang.policy.models import BreachRow, DutyRow, Event
from xunzhang.policy.queries import ledger

_TONES = {"case.rejected": "red", "case.approved": "green", "case.entered": "blue"}
_QUOTED = ("comment", "reason")


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened. `kind` is event, duty or breach; `title` says of an event what it was."""

    kind: str
    title: str
    at: datetime
    tone: str
    who: tuple[str, ...]
    quote: str
    because: Because | None


def timeline(viewer: Person, case: str, *, at: datetime, most: int = 100) -> list[Moment]:
    """Return what happened last in a case, as far as the viewer may know it."""
    teller = _Teller(at)
    found = ledger.timeline(viewer, case=case, size=most)
    return [teller.told(one.event or one.duty or one.breach) for one in found]


class _Teller:
    """Says rows in words; names and the law are looked up once."""

    def __init__(self, at: datetime) -> None:
        self.names: Mapping[str, str] = {one.id: one.name for one in directory(at).staff.values()}
        self.law = current_law()

    @singledispatchmethod
    def told(self, row: object) -> Moment:
        raise TypeError(row)

    @told.register
    def _(self, row: Event) -> Moment:
        who = self._doer(row)
        quote = next((str(row.keys[key]) for key in _QUOTED if row.keys.get(key)), "")
        return Moment("event", self._event(row), row.at, _TONES.get(row.type, ""), who, quote, None)

    @told.register
    def _(self, row: DutyRow) -> Moment:
        title = title_of_duty(row)
        return Moment(
            "duty", title, row.opened_at, "amber", self._all(row.who), "", because_of(row)
        )

    @told.register
    def _(self, row: BreachRow) -> Moment:
        return Moment("breach", "", row.at, "red", self._all(row.who), "", because_of(row))

    def _doer(self, row: Event) -> tuple[str, ...]:
        """Who did it; who stood in for somebody is named with him."""
        name = self.names.get(row.by or "")
        deputy = self.names.get(str(row.keys.get("decided_by")))
        if name is None:
            return ()
        return (
            (_("%(deputy)s for %(name)s") % {"deputy": deputy, "name": name},)
            if deputy
            else (name,)
        )

    def _all(self, ids: list[str]) -> tuple[str, ...]:
        return tuple(self.names.get(one, one) for one in ids)

    def _event(self, row: Event) -> str:
        kind = self.law.vocabulary.events.get(row.type)
        name = say(kind.name, language()) if kind is not None and kind.name else row.type
        if row.type == "case.entered":
            return f"{name}：{self._stage(row)}"
        if not row.keys.get("form"):
            return name
        form = law.form_named(str(row.keys["form"]), at=row.at, case=row.case)
        if form is None:
            return name
        title = say(form.title, language())
        return title if row.type == form.event else f"{name}：{title}"

    def _stage(self, row: Event) -> str:
        processes = self.law.book.at(row.at.date()).processes
        process = processes.get(str(row.keys.get("process")))
        stage = process.stage(str(row.keys.get("stage"))) if process is not None else None
        return say(stage.title, language()) if stage is not None else str(row.keys.get("stage"))


def because_of(row: DutyRow | BreachRow) -> Because:
    """Return the article that a duty or a breach rests on."""
    return Because(row.policy, row.version, row.article, row.rule)


def title_of_duty(row: DutyRow) -> str:
    """Return what a duty asks: its stage, or what its article is called."""
    book = law.book()
    found = book.stage(row.uid)
    if found is not None:
        return say(found[1].title, language())
    name = f"{row.policy}@{row.version}"
    edition = next((one for one in book.editions if one.name == name), None)
    article = edition.article(row.article) if edition is not None else None
    return say(article.title, language()) if article is not None else row.rule
