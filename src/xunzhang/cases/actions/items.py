"""Answering the checklist of a stage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.cases import law
from xunzhang.cases.actions.keeping import reached, stands, tell
from xunzhang.cases.models import Case
from xunzhang.law.rules.checklist import ChecklistRule, as_held
from xunzhang.lib.errors import Invalid, Refused


@transaction.atomic
def answer_items(
    *,
    case: str,
    items: Mapping[str, Any],
    by: int | None,
    at: datetime,
    revision: int | None = None,
) -> Case:
    """These items of the stage's checklist are there; each holds {copies, signed} or {waived: reason}.

    What was answered before stays, unless it is answered again; None takes an item away.
    """
    row = reached(case, by, revision=revision)
    asked = stands(row, at=at).items
    if asked is None:
        raise Refused("no-checklist", _("The present stage has no checklist."))
    unknown = set(items) - {one.key for one in asked.rule.items}
    if unknown:
        problem = _("The checklist has no such item.")
        raise Invalid({name: [problem] for name in sorted(unknown)})
    held = {**held_items(asked.rule, case, at=at), **items}
    kept = {name: value for name, value in held.items() if value is not None}
    tell(row, asked.rule.on[0], by=by, at=at, items=kept)
    return row


def held_items(rule: ChecklistRule, case: str, *, at: datetime) -> dict[str, Any]:
    """Return the items that the case's latest answer says are there."""
    history = law.reading(at).history
    found = [
        event
        for type_ in rule.on
        if (event := next(iter(history.earlier(type_, ("case",), (case,), None)), None)) is not None
    ]
    latest = max(found, key=lambda event: event.seq, default=None)
    return dict(as_held(latest.get("items"))) if latest is not None else {}
