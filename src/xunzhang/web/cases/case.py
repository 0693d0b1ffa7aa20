"""One case: where it stands, what the present stage asks, and what happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xunzhang.cases.actions.advancing import about, others
from xunzhang.cases.actions.approving import seat_of
from xunzhang.cases.actions.items import held_items
from xunzhang.cases.actions.reporting import reportable
from xunzhang.cases.models import Case
from xunzhang.cases.queries.duties import open_duties
from xunzhang.cases.queries.filings import filed_forms
from xunzhang.cases.queries.stages import steps_of
from xunzhang.cases.queries.timeline import Moment, because_of, timeline, title_of_duty
from xunzhang.cases.standing import Standing, standing_of
from xunzhang.law.outcome import Ruling
from xunzhang.law.rules.checklist import as_held
from xunzhang.law.text import Stage
from xunzhang.lib.errors import Refusal
from xunzhang.organisation.queries import people_present
from xunzhang.policy import actions as policy
from xunzhang.policy.choices import DutyState, RequestState
from xunzhang.policy.models import DutyRow
from xunzhang.policy.requests import request_of
from xunzhang.web import refusals
from xunzhang.web.cases.reaching import case_or_404, somebody
from xunzhang.web.cases.words import Names, chip, kind_said, reason_words, said
from xunzhang.web.request import Request
from xunzhang.web.views import reads
from xunzhang.web.words import listed, say_moment
from xunzhang.web.work.asking import need_of


@dataclass(frozen=True, slots=True)
class Way:
    """A stage that may come next; `lacks` says why it may not yet, each with its article.

    Where only an approval is missing, `need` asks for it, or `request` is the number of the one that waits.
    """

    to: str
    title: str
    back: bool
    allowed: bool
    lacks: tuple[tuple[str, dict[str, Any] | None], ...]
    need: str = ""
    request: int | None = None


@reads()
def case(request: Request, number: str) -> HttpResponse:
    """Show one case."""
    return show(request, case_or_404(request, number))


def show(request: Request, row: Case, *, refusal: Refusal | None = None) -> HttpResponse:
    """Return the page of a case, with a refusal on top where something was just refused."""
    names = Names(request.at)
    standing = standing_of(row.number, at=request.at)
    duties = open_duties(row.number)
    context: dict[str, Any] = {
        "case": row,
        "kind": kind_said(row.kind),
        "late": any(one.state == DutyState.OVERDUE for one in duties),
        "duties": [_duty(one, names) for one in duties],
        "filed": [_filed(one, names, request) for one in filed_forms(row, at=request.at)],
        "files": row.attachments.select_related("added_by").order_by("-pk"),
        "timeline": [
            _moment(one) for one in timeline(somebody(request), row.number, at=request.at)
        ],
        "refused": refusals.on_page(request, refusal) if refusal is not None else None,
    }
    if standing is not None:
        context |= _standing(request, row, standing, names)
    status = refusals.status_of(refusal) if refusal is not None else 200
    return render(request, "cases/case.html", context, status=status)


def _standing(request: Request, row: Case, standing: Standing, names: Names) -> dict[str, Any]:
    return {
        "standing": standing,
        "process": said(standing.process.title),
        "stage": said(standing.stage.title),
        "because": chip(standing.because) if standing.because.article else None,
        "who": names.all(standing.who),
        "steps": list(_steps(standing)),
        "asked_forms": [_asked(one, names, request) for one in standing.forms],
        "approval": _approval(standing, names, request),
        "items": _items(row, standing, request),
        "guides": [said(one.text) for one in standing.guides],
        "ways": _ways(request, row, standing, names),
        "others": {
            code: said(one.title) for code, one in others(standing.process, at=request.at).items()
        },
        "reports": {
            type_: said(one.name) or type_
            for type_, one in reportable(row.number, at=request.at).items()
        },
        "people": people_present(outside=False),
    }


def _steps(standing: Standing) -> Iterator[dict[str, str]]:
    for one in steps_of(standing):
        note = say_moment(one.entered_at)[5:] if one.entered_at is not None else ""
        again = f" ×{one.times}" if one.times > 1 else ""
        yield {"name": said(one.stage.title), "state": one.state, "note": note + again}


def _asked(asked: Any, names: Names, request: Request) -> dict[str, Any]:
    signatures = [_signature(one, names, request) for one in asked.signatures]
    filed = asked.filing
    return {
        "code": asked.form.code,
        "title": said(asked.form.title),
        "because": chip(asked.because) if asked.because.article else None,
        "done": asked.done,
        "filed_at": filed.at if filed is not None else None,
        "filed_by": names.of(filed.by) if filed is not None else "",
        "signatures": signatures,
    }


def _signature(signature: Any, names: Names, request: Request) -> dict[str, Any]:
    mine = signature.signed_by is None and str(request.by) in signature.who
    return {
        "who": names.of(signature.signed_by) if signature.signed_by else names.all(signature.who),
        "signed": signature.signed_by is not None,
        "mine": mine,
    }


def _approval(standing: Standing, names: Names, request: Request) -> dict[str, Any] | None:
    approval = standing.approval
    if approval is None:
        return None
    given = len(approval.steps) - len(approval.open)
    whom = seat_of(approval.waits_for, request.by, request.at) if request.by is not None else None
    steps = [
        {"who": names.all(step), "given": place < given, "now": place == given}
        for place, step in enumerate(approval.steps)
    ]
    return {
        "steps": steps,
        "refused": said(approval.refused) if approval.refused is not None else "",
        "mine": whom is not None,
        "stands_for": names.of(str(whom)) if whom not in (None, request.by) else "",
        "given": not approval.open and approval.refused is None,
        "because": chip(approval.because) if approval.because.article else None,
    }


def _items(row: Case, standing: Standing, request: Request) -> list[dict[str, Any]]:
    if standing.items is None:
        return []
    missing = {one.key for one in standing.items.missing}
    held = as_held(held_items(standing.items.rule, row.number, at=request.at))
    return [
        {
            "key": one.key,
            "label": said(one.label),
            "copies": one.copies,
            "signed": one.signed,
            "there": one.key not in missing,
            "held": held.get(one.key) is not None,
        }
        for one in standing.items.items
    ]


def _ways(request: Request, row: Case, standing: Standing, names: Names) -> list[Way]:
    """Return where the case may go next, each judged by the policy as if it were asked now."""
    return [_way(request, row, standing, stage, names) for stage in standing.following]


def _way(request: Request, row: Case, standing: Standing, stage: Stage, names: Names) -> Way:
    keys = {**about(row), "to": stage.code}
    ruling = policy.may(action="case.advance", by=request.by, at=request.at, keys=keys)
    way = Way(
        stage.code,
        said(stage.title),
        standing.state.lies_behind(stage.code),
        ruling.ruling == "allowed",
        tuple(_lacks(ruling, standing, names)),
    )
    if ruling.ruling != "needs_approval" or request.by is None:
        return way
    waiting = request_of("case.advance", {**keys, "by": str(request.by)}, (RequestState.OPEN,))
    if waiting is not None:
        return replace(way, request=waiting.pk)
    path = reverse("cases:advance", args=[row.number])
    sent = {"path": path, "fields": [["to", stage.code]]}
    return replace(way, need=need_of("case.advance", keys, sent))


def _lacks(
    ruling: Ruling, standing: Standing, names: Names
) -> Iterator[tuple[str, dict[str, Any] | None]]:
    for step in ruling.steps[:1]:
        words = _("This needs the approval of %(names)s.") % {"names": names.all(step.who)}
        yield words, chip(step.because) if step.because.article else None
    for reason in ruling.reasons:
        words = reason_words(reason, standing, names)
        if words:
            yield words, chip(reason.because) if reason.because.article else None


def _duty(row: DutyRow, names: Names) -> dict[str, Any]:
    return {
        "pk": row.pk,
        "who": names.all(row.who),
        "due": row.due_moment or row.due_on,
        "state": row.get_state_display(),
        "overdue": row.state == DutyState.OVERDUE,
        "because": chip(because_of(row)),
        "title": title_of_duty(row),
    }


def _moment(moment: Moment) -> dict[str, Any]:
    words = {"duty": _("Duty opened: %(title)s"), "breach": _("A breach was found")}
    title = words.get(moment.kind, "%(title)s") % {"title": moment.title}
    return {
        "title": title,
        "at": moment.at,
        "tone": moment.tone,
        "facts": [listed(moment.who)] if moment.who else [],
        "quote": moment.quote,
        "because": chip(moment.because) if moment.because is not None else None,
    }


def _filed(one: Any, names: Names, request: Request) -> dict[str, Any]:
    return {
        "row": one.row,
        "title": one.title,
        "lines": one.lines,
        "signatures": [_signature(place, names, request) for place in one.signatures],
        "mine": any(
            place.signed_by is None and str(request.by) in place.who for place in one.signatures
        ),
    }
