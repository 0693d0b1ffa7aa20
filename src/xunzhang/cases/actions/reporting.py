"""Something that happened in a case and that no form records."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.cases import law
from xunzhang.cases.actions.keeping import reached, tell
from xunzhang.cases.models import Case
from xunzhang.cases.typed import form_of
from xunzhang.cases.values import Values, cleaned
from xunzhang.law.engine.run import Run
from xunzhang.law.rules.duty import DutyRule
from xunzhang.law.text import Process
from xunzhang.law.vocabulary import EVERYWHERE, Key, Kind
from xunzhang.lib.errors import Refused
from xunzhang.policy import actions as policy
from xunzhang.policy.models import Event
from xunzhang.policy.queries.doing import OCCURRED_AT


@transaction.atomic
def report(
    *,
    case: str,
    type: str,
    values: Values,
    by: int | None,
    at: datetime,
    occurred_at: datetime | None = None,
    token: str = "",
) -> Case:
    """An event of the case that its policy declares has happened; it is recorded once for each token."""
    row = reached(case, by)
    if token and Event.objects.filter(token=token).exists():
        return row
    kind = reportable(case, at=at).get(type)
    if kind is None:
        raise Refused(
            "not-to-report",
            _("Nothing of the kind “%(type)s” is reported on this case.") % {"type": type},
            values={"type": type},
        )
    keys = cleaned(form_of(kind, keys_of(kind).values()), values, at=at)
    if occurred_at is not None:
        keys[OCCURRED_AT.name] = occurred_at
    about = {"case": case, "customer": row.customer_id}
    policy.may_tell(type=type, by=by, at=at, keys={**about, **keys})
    tell(row, type, by=by, at=at, token=token, **keys)
    return row


def reportable(case: str, *, at: datetime) -> dict[str, Kind]:
    """Return the events that the case's policy declares or its open duties ask for, and that no form files."""
    run = law.reading(at)
    state = run.history.case(case)
    process = run.cases.process_of(state) if state is not None else None
    if process is None:
        return {}
    asked = _asked_by_duties(run, case)
    known = run.book.vocabulary.events
    wanted = {*_declared(process), *(name for name in known if name in asked)}
    return {
        name: kind
        for name, kind in known.items()
        if name in wanted and not run.book.forms_of_event.get(name)
    }


def _asked_by_duties(run: Run, case: str) -> set[str]:
    """Return the types of the events that open duties of the case wait for."""
    rules = (run.book.rule(duty.uid) for duty in run.history.live_of_case(case, ""))
    return {type_ for rule in rules if isinstance(rule, DutyRule) for type_ in rule.do}


def keys_of(kind: Kind) -> dict[str, Key]:
    """Return the keys that are asked when an event is reported."""
    return {name: key for name, key in kind.keys.items() if name not in EVERYWHERE}


def _declared(process: Process) -> set[str]:
    """Return the types of the events that the policy of a process declares, those of its tables' rows apart."""
    editions = law.book().editions
    edition = next(
        one for one in editions if (one.policy, one.version) == (process.policy, process.version)
    )
    rows = {field.rows for form in edition.forms.values() for field in form.fields}
    return {name for name in edition.declared.events if name not in rows}
