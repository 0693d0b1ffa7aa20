"""Something that happened in a case and that no form records."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.cases import law
from xunzhang.cases.actions.keeping import reached, tell
from xunzhang.cases.models import Case
from xunzhang.cases.values import Values
from xunzhang.law.engine.run import Run
from xunzhang.law.rules.duty import DutyRule
from xunzhang.law.text import Process
from xunzhang.law.vocabulary import EVERYWHERE, BadValue, Key, Kind, coerce
from xunzhang.lib.errors import Invalid, Refused
from xunzhang.policy import actions as policy
from xunzhang.policy.queries.doing import ACTION_OF


@transaction.atomic
def report(*, case: str, type: str, values: Values, by: int | None, at: datetime) -> Case:
    """An event of the case that its policy declares has happened."""
    row = reached(case, by)
    kind = reportable(case, at=at).get(type)
    if kind is None:
        raise Refused(
            "not-to-report",
            _("Nothing of the kind “%(type)s” is reported on this case.") % {"type": type},
            values={"type": type},
        )
    keys = _typed(kind, values)
    if type in ACTION_OF:
        about = {"case": case, "customer": row.customer_id}
        policy.require(action=ACTION_OF[type], by=by, at=at, keys={**about, **keys})
    tell(row, type, by=by, at=at, **keys)
    return row


def reportable(case: str, *, at: datetime) -> dict[str, Kind]:
    """Return the events that the case's policy declares or its open duties ask for, and that no form files."""
    run = law.reading(at)
    state = run.history.case(case)
    process = run.cases.process_of(state) if state is not None else None
    if process is None:
        return {}
    asked = _asked_by_duties(run, case)
    wanted = {
        **_declared(process),
        **{name: one for name, one in run.book.vocabulary.events.items() if name in asked},
    }
    return {name: one for name, one in wanted.items() if not run.book.forms_of_event.get(name)}


def _asked_by_duties(run: Run, case: str) -> set[str]:
    """Return the types of the events that open duties of the case wait for."""
    rules = (run.book.rule(duty.uid) for duty in run.history.live_of_case(case, ""))
    return {type_ for rule in rules if isinstance(rule, DutyRule) for type_ in rule.do}


def keys_of(kind: Kind) -> dict[str, Key]:
    """Return the keys that are asked when an event is reported."""
    return {name: key for name, key in kind.keys.items() if name not in EVERYWHERE}


def _declared(process: Process) -> dict[str, Kind]:
    editions = law.book().editions
    edition = next(
        one for one in editions if (one.policy, one.version) == (process.policy, process.version)
    )
    rows = {field.rows for form in edition.forms.values() for field in form.fields}
    return {name: kind for name, kind in edition.declared.events.items() if name not in rows}


def _typed(kind: Kind, values: Values) -> dict[str, object]:
    found: dict[str, object] = {}
    problems: dict[str, list[str]] = {}
    for name, key in keys_of(kind).items():
        try:
            found[name] = coerce(key, values.get(name) or None)
        except BadValue as wrong:
            problems[name] = [wrong.zh]
    if problems:
        raise Invalid(problems)
    return found
