"""A new case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.cases import numbering
from xunzhang.cases.actions.filing import put_form
from xunzhang.cases.actions.keeping import present, stands, tell
from xunzhang.cases.choices import prefix_of
from xunzhang.cases.intake import Intake, intake_named
from xunzhang.cases.models import Case
from xunzhang.cases.standing import standing_of
from xunzhang.cases.typed import form_of
from xunzhang.cases.values import Values, cleaned, language
from xunzhang.law.text import Form, say
from xunzhang.lib.errors import Refused
from xunzhang.lib.text import tidy
from xunzhang.policy import actions as policy
from xunzhang.policy.queries.doing import OCCURRED_AT

_TITLE_KEYS = ("title", "subject", "content", "summary", "reason")
_LONGEST_TITLE = 60


@transaction.atomic
def take_in(
    *,
    form: str,
    values: Values,
    by: int | None,
    at: datetime,
    customer: int | None = None,
    title: str = "",
    token: str | None = None,
) -> Case:
    """A case exists, its first form is filed, and what was entered has decided which process it follows.

    A second call with the same `token` (a double click) returns the case of the first.
    """
    intake = _intake(form, at)
    if intake.form is None:
        raise _no_way(form)
    number = numbering.draw(prefix_of(intake.kind), at=at)
    if (before := _taken_in(token, by)) is not None:
        return before
    kept = cleaned(intake.form, values, at=at)
    case = _open(number, intake, title or title_of(intake.form, kept), customer, by, at, token)
    put_form(case, intake.form, kept, by=by, at=at, token=None, first=True)
    stands(case, at=at)
    return case


@transaction.atomic
def take_in_by_event(
    *,
    type: str,
    values: Values,
    by: int,
    at: datetime,
    customer: int | None = None,
    title: str = "",
    occurred_at: datetime | None = None,
    token: str | None = None,
) -> Case:
    """A case exists, the event that begins it has happened in it, and what was said has decided its process.

    Refused where no process begins with what was said.
    """
    intake = _intake(type, at)
    if intake.event is None:
        raise _no_way(type)
    number = numbering.draw(prefix_of(intake.kind), at=at)
    if (before := _taken_in(token, by)) is not None:
        return before
    form = form_of(intake.event, intake.event.keys.values())
    kept = cleaned(form, {**intake.starting(), **values}, at=at)
    if occurred_at is not None:
        kept[OCCURRED_AT.name] = occurred_at
    policy.may_tell(type=type, by=by, at=at, keys={**present({"customer": customer}), **kept})
    case = _open(number, intake, title or title_of(form, kept, intake), customer, by, at, token)
    tell(case, type, by=by, at=at, **kept)
    if standing_of(case.number, at=at) is None:
        raise _not_begun(intake)
    return case


@transaction.atomic
def begin(
    *,
    process: str,
    title: str,
    by: int | None,
    at: datetime,
    customer: int | None = None,
    token: str | None = None,
) -> Case:
    """A case of a process that no form starts has entered its first stage; `case.entered`."""
    intake = _intake(process, at)
    if intake.form is not None:
        raise _no_way(process)
    number = numbering.draw(prefix_of(intake.kind), at=at)
    if (before := _taken_in(token, by)) is not None:
        return before
    chosen = intake.processes[0]
    stage = chosen.stages[0].code
    policy.require(
        action="case.advance",
        by=by,
        at=at,
        keys={"process": chosen.code, "to": stage, "customer": customer},
    )
    case = _open(number, intake, tidy(title) or say(chosen.title), customer, by, at, token)
    tell(case, "case.entered", by=by, at=at, process=chosen.code, stage=stage)
    stands(case, at=at)
    return case


def title_of(form: Form, values: Values, intake: Intake | None = None) -> str:
    """Return the line by which people will know the case: what its content says, cut short."""
    texts = [
        one.name for one in form.fields if one.key.type in ("text", "long") and not one.key.choices
    ]
    named = [name for name in _TITLE_KEYS if name in texts]
    line = next((str(values[name]) for name in [*named, *texts] if values.get(name)), "")
    line = tidy(line)
    if intake is not None:
        line = f"{say(intake.title)} {line}".strip()
    line = line or say(form.title)
    return line if len(line) <= _LONGEST_TITLE else f"{line[: _LONGEST_TITLE - 1]}…"


def _open(
    number: str,
    intake: Intake,
    title: str,
    customer: int | None,
    by: int | None,
    at: datetime,
    token: str | None,
) -> Case:
    return Case.objects.create(
        number=number,
        kind=intake.kind,
        title=title[:200],
        customer_id=customer,
        opened_at=at,
        opened_by_id=by,
        token=token or None,
    )


def _taken_in(token: str | None, by: int | None) -> Case | None:
    return Case.objects.filter(token=token, opened_by=by).first() if token else None


def _intake(code: str, at: datetime) -> Intake:
    found = intake_named(code, at)
    if found is None:
        raise _no_way(code)
    return found


def _not_begun(intake: Intake) -> Refused:
    titles = "、".join(say(one.title, language()) for one in intake.processes)
    return Refused(
        "no-process-begun",
        _(
            "With what was entered no case of “%(titles)s” begins; look at what the article asks for."
        )
        % {"titles": titles},
        citations=[
            {"policy": one.policy, "version": one.version, "article": one.article, "rule": one.code}
            for one in intake.processes
            if one.article
        ],
    )


def _no_way(code: str) -> Refused:
    values: dict[str, Any] = {"code": code}
    return Refused(
        "no-such-process",
        _("No policy in force begins a case with “%(code)s”.") % {"code": code},
        values=values,
    )
