"""A new case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.cases import numbering
from xunzhang.cases.actions.filing import put_form
from xunzhang.cases.actions.keeping import stands, tell
from xunzhang.cases.choices import prefix_of
from xunzhang.cases.intake import Intake, intake_named
from xunzhang.cases.models import Case
from xunzhang.cases.values import Values, cleaned
from xunzhang.law.text import Form, say
from xunzhang.lib.errors import Refused
from xunzhang.lib.text import tidy
from xunzhang.policy import actions as policy

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
    put_form(case, intake.form, kept, by=by, at=at, token=None)
    stands(case, at=at)
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
        keys={"case": number, "process": chosen.code, "to": stage, "customer": customer},
    )
    case = _open(number, intake, tidy(title) or say(chosen.title), customer, by, at, token)
    tell(case, "case.entered", by=by, at=at, process=chosen.code, stage=stage)
    stands(case, at=at)
    return case


def title_of(form: Form, values: Values) -> str:
    """Return the line by which people will know the case: what its content says, cut short."""
    texts = [
        one.name for one in form.fields if one.key.type in ("text", "long") and not one.key.choices
    ]
    named = [name for name in _TITLE_KEYS if name in texts]
    line = next((str(values[name]) for name in [*named, *texts] if values.get(name)), "")
    line = tidy(line) or say(form.title)
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


def _no_way(code: str) -> Refused:
    values: dict[str, Any] = {"code": code}
    return Refused(
        "no-such-process",
        _("No policy in force begins a case with “%(code)s”.") % {"code": code},
        values=values,
    )
