"""Signatures and copies of a filed form."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.cases import law
from xunzhang.cases.access import filing_to_see
from xunzhang.cases.actions.keeping import cite, reached, tell
from xunzhang.cases.models import FormFiling
from xunzhang.cases.standing import Signature, signatures_of
from xunzhang.law.engine.forms import SUBJECT
from xunzhang.law.engine.run import Run
from xunzhang.law.facts import Event
from xunzhang.law.outcome import Because
from xunzhang.law.text import Form
from xunzhang.lib.errors import Conflict, Invalid, Refused
from xunzhang.organisation.models import Person
from xunzhang.policy import actions as policy


@transaction.atomic
def sign_form(*, filing: str, by: int, at: datetime) -> FormFiling:
    """The person has signed the filed form; `form.signed`. Signing twice changes nothing."""
    row = filing_to_see(Person.objects.select_related("account").get(pk=by), filing)
    if row.case is not None:
        reached(row.case.number, by)
    form, event = _latest(row, at)
    places = signatures_of(law.reading(at), form, event)
    if any(one.signed_by == str(by) for one in places):
        return row
    if not any(str(by) in one.who for one in places if one.signed_by is None):
        raise _not_asked(form, places)
    _tell(row, form, "form.signed", by=by, at=at)
    return row


@transaction.atomic
def deliver_copy(*, filing: str, to: str, by: int, at: datetime) -> FormFiling:
    """A copy of the filed form was handed over; `form.delivered`."""
    row = filing_to_see(Person.objects.select_related("account").get(pk=by), filing)
    form, _event = _latest(row, at)
    if isinstance(form.copies, tuple) and to not in form.copies:
        choices = "、".join(form.copies)
        raise Invalid({"to": [_("Choose one of: %(choices)s.") % {"choices": choices}]})
    _tell(row, form, "form.delivered", by=by, at=at, to=to)
    return row


def filing_event(run: Run, form: Form, row: FormFiling) -> Event | None:
    """Return the latest filing of a form about the same thing."""
    key, value = subject_of(form, row)
    name = "by" if form.about == "none" and key == "staff" else key
    return next(
        iter(run.history.earlier(form.event, ("form", name), (form.code, value), None)), None
    )


def subject_of(form: Form, row: FormFiling) -> tuple[str, str]:
    """Return the key by which signatures and copies find a filing, and its value."""
    if row.case is not None:
        return "case", row.case.number
    found = {
        "customer": row.customer_id,
        "staff": row.staff_id if form.about != "none" else row.filed_by_id,
        "department": row.department.name if row.department is not None else None,
    }
    key = SUBJECT[form.about]
    return key, str(found[key])


def _latest(row: FormFiling, at: datetime) -> tuple[Form, Event]:
    form = law.form_of_edition(row.edition, row.form)
    event = filing_event(law.reading(at), form, row) if form is not None else None
    if form is None or event is None or event.seq != row.event_seq:
        raise Conflict(
            "form-filed-again",
            _("This form was filed again since; open the latest one."),
            values={"filing": row.number},
        )
    return form, event


def _tell(
    row: FormFiling, form: Form, type: str, *, by: int, at: datetime, to: str | None = None
) -> None:
    extra = {"to": to} if to is not None else {}
    if row.case is not None:
        case = reached(row.case.number, by)
        tell(case, type, by=by, at=at, form=form.code, **extra)
        return
    key, value = subject_of(form, row)
    policy.record(type=type, by=by, at=at, keys={"form": form.code, key: value, **extra})


def _not_asked(form: Form, places: tuple[Signature, ...]) -> Refused:
    because = Because(form.policy, form.version, form.article, form.code)
    open_ = [list(one.who) for one in places if one.signed_by is None]
    return Refused(
        "not-yours-to-sign",
        _("Nobody asks for your signature on this form."),
        citations=[cite(because)] if form.article else [],
        values={"waits_for": open_},
    )
