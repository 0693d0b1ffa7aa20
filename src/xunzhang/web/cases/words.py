"""The law's things in the words of a page: titles, people, articles, reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from xunzhang.cases import law
from xunzhang.cases.choices import Kind, kind_name
from xunzhang.cases.models import Case
from xunzhang.cases.standing import Standing
from xunzhang.cases.values import language
from xunzhang.law.facts import Directory
from xunzhang.law.outcome import Because, Reason
from xunzhang.law.text import say
from xunzhang.organisation.queries import directory
from xunzhang.policy.book import current_law
from xunzhang.policy.refusing import citation
from xunzhang.web.words import listed


class Names:
    """Names of people by the law's ids, looked up once for a page."""

    def __init__(self, at: datetime) -> None:
        self.directory: Directory = directory(at)

    def of(self, id: str | None) -> str:
        """Return the name of one person."""
        found = self.directory.staff.get(id) if id is not None else None
        return found.name if found is not None else str(id or "")

    def all(self, ids: Iterable[str]) -> str:
        """Return the names of several who share something."""
        return listed(self.of(one) for one in ids)


def said(words: Mapping[str, str]) -> str:
    """Return words of a policy in the reader's language."""
    return say(words, language()) if words else ""


def chip(because: Because) -> dict[str, Any]:
    """Return an article as the red chip shows it: its number and title."""
    found = citation(current_law(), because)
    return {**found, "words": ""}


def kind_said(kind: str) -> str:
    """Return what kind of case it is; a policy's own kind by the titles of its processes."""
    if kind in Kind.values:
        return kind_name(kind)
    titles = {
        said(process.title): None
        for edition in law.book().editions
        for process in edition.processes.values()
        if process.case == kind
    }
    return " / ".join(titles) or kind


def stage_title(case: Case) -> str:
    """Return the title of the stage that a case is in."""
    process = law.book().process(case.process) if case.process else None
    stage = process.stage(case.stage) if process is not None else None
    return said(stage.title) if stage is not None else case.stage


def process_title(case: Case) -> str:
    """Return the title of the process that a case follows."""
    process = law.book().process(case.process) if case.process else None
    return said(process.title) if process is not None else case.process_code


def reason_words(reason: Reason, standing: Standing, names: Names) -> str:
    """Return one reason of a refusal as a sentence; "" where another one says the same."""
    place = f"{standing.process.code}/{standing.stage.code}: "
    if not reason.text.startswith(place):
        return said(reason.say)
    kind, _space, name = reason.text.removeprefix(place).partition(" ")
    match kind:
        case "form":
            return _("“%(form)s” is not filed yet.") % {"form": _form_title(standing, name)}
        case "signature":
            code = name.partition("#")[0]
            return _("“%(form)s” lacks a signature.") % {"form": _form_title(standing, code)}
        case "item":
            return _("“%(item)s” is missing.") % {"item": _item_label(standing, name)}
        case "approval":
            return _("The approval of %(names)s is missing.") % {
                "names": names.all(name.split("、"))
            }
        case _:
            return said(reason.say)


def _form_title(standing: Standing, code: str) -> str:
    return next((said(one.form.title) for one in standing.forms if one.form.code == code), code)


def _item_label(standing: Standing, key: str) -> str:
    items = standing.items.items if standing.items is not None else ()
    return next((said(one.label) for one in items if one.key == key), key)
