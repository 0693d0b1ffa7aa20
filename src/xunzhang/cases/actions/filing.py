"""Filing a form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.cases import law, numbering
from xunzhang.cases.actions.keeping import present, reached, tell
from xunzhang.cases.choices import FORM_PREFIX
from xunzhang.cases.models import Attachment, Case, FormFiling
from xunzhang.cases.values import Values, cleaned, refuse_incomplete
from xunzhang.law.engine.forms import SUBJECT
from xunzhang.law.text import Field, Form
from xunzhang.lib.errors import Invalid, Refused
from xunzhang.organisation.models import Department
from xunzhang.policy import actions as policy


@transaction.atomic
def file_form(
    *,
    form: str,
    values: Values,
    by: int | None,
    at: datetime,
    case: str | None = None,
    revision: int | None = None,
    customer: int | None = None,
    staff: int | None = None,
    department: str | None = None,
    token: str | None = None,
) -> FormFiling:
    """The form is filed and its event recorded; who files it has signed it.

    With a `case` it belongs to that case and its customer; without one it is about the customer, the person or the
    department that the form asks for. A second call with the same `token` returns the filing of the first.
    """
    if case is not None:
        return _file_on_case(form, values, by, at, case, revision, token)
    found = _form(form, at)
    about = _about(found, {"customer": customer, "staff": staff, "department": department})
    number = numbering.draw(FORM_PREFIX, at=at)
    if (before := filed_before(token, by)) is not None:
        return before
    kept = cleaned(found, values, at=at)
    keys = {"form": found.code, **about, **kept}
    refuse_incomplete(found, {**keys, "by": _id(by)}, at=at)
    policy.require(action="form.file", by=by, at=at, keys=keys)
    outcome = policy.record(type=found.event, by=by, at=at, keys=keys)
    filing = FormFiling(number=number, customer_id=customer, staff_id=staff, token=token or None)
    if department is not None:
        filing.department = Department.objects.get(name=department)
    return _keep(filing, found, kept, by=by, at=at, seq=outcome.events[0].seq)


def _file_on_case(
    form: str,
    values: Values,
    by: int | None,
    at: datetime,
    number: str,
    revision: int | None,
    token: str | None,
) -> FormFiling:
    case = reached(number, by)
    if (before := filed_before(token, by)) is not None:
        return before
    case = reached(number, by, revision=revision)
    found = _form(form, at, case=number)
    return put_form(case, found, cleaned(found, values, at=at), by=by, at=at, token=token)


def put_form(
    case: Case,
    form: Form,
    kept: Mapping[str, Any],
    *,
    by: int | None,
    at: datetime,
    token: str | None,
    first: bool = False,
) -> FormFiling:
    """File a form whose values are cleaned on a case that is locked.

    The `first` form is what makes the case: whether it may be filed is asked without naming the case, whose number
    is another one when it is tried again.
    """
    customer = {"customer": str(case.customer_id)} if case.customer_id is not None else {}
    keys = {"form": form.code, "case": case.number, **customer, **kept}
    refuse_incomplete(form, {**keys, "by": _id(by)}, at=at)
    asked = {name: value for name, value in keys.items() if name != "case" or not first}
    policy.require(action="form.file", by=by, at=at, keys=asked)
    outcome = tell(case, form.event, by=by, at=at, form=form.code, **kept)
    place = case.filings.count() + 1
    filing = FormFiling(
        number=f"{case.number}-{place:02d}",
        case=case,
        customer_id=case.customer_id,
        token=token or None,
    )
    return _keep(filing, form, kept, by=by, at=at, seq=outcome.events[0].seq)


def _keep(
    filing: FormFiling,
    form: Form,
    kept: Mapping[str, Any],
    *,
    by: int | None,
    at: datetime,
    seq: int,
) -> FormFiling:
    filing.form = form.code
    filing.edition = f"{form.policy}@{form.version}"
    filing.values = dict(kept)
    filing.filed_at = at
    filing.filed_by_id = by
    filing.event_seq = seq
    filing.save(force_insert=True)
    files = list(_files(form.fields, kept))
    Attachment.objects.filter(key__in=files, added_by=by).update(case=filing.case)
    return filing


def _files(fields: Iterable[Field], values: Mapping[str, Any]) -> Iterator[str]:
    """The keys of the files that were filed, those in rows of tables among them."""
    for one in fields:
        if one.key.type == "file" and values.get(one.name):
            yield str(values[one.name])
        for row in values.get(one.name) or () if one.columns else ():
            yield from _files(one.columns, row)


def filed_before(token: str | None, by: int | None) -> FormFiling | None:
    """Return what the same click has filed already."""
    return FormFiling.objects.filter(token=token, filed_by=by).first() if token else None


def _form(code: str, at: datetime, *, case: str | None = None) -> Form:
    found = law.form_named(code, at=at, case=case)
    if found is None:
        raise Refused(
            "no-such-form",
            _("No policy in force has a form “%(code)s”.") % {"code": code},
            values={"form": code},
        )
    return found


def _about(form: Form, given: Mapping[str, Any]) -> dict[str, str]:
    """Return the key that says what a form without a case is about; Invalid when it is not said."""
    if form.about == "case":
        raise Invalid({"case": [_("This form belongs to a case; file it there.")]})
    if form.about == "none":
        return {}
    key = SUBJECT[form.about]
    if given.get(key) is None:
        raise Invalid({key: [_("Say what this form is about.")]})
    return {key: str(value) for key, value in present({key: given[key]}).items()}


def _id(by: int | None) -> str | None:
    return None if by is None else str(by)
