"""Approving a stage, and answering its checklist."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xunzhang.cases import actions
from xunzhang.cases.standing import AskedItems, standing_of
from xunzhang.lib.errors import Invalid, Refused
from xunzhang.web.cases.case import show
from xunzhang.web.cases.moving import revision_of, word
from xunzhang.web.cases.reaching import case_or_404, somebody
from xunzhang.web.request import Request
from xunzhang.web.views import writes

_LONGEST = 2_000


@writes()
def approve(request: Request, number: str) -> HttpResponse:
    """Give or refuse the next step of the stage's approval."""
    row = case_or_404(request, number)
    if request.method != "POST":
        return redirect("cases:case", number)
    person, stage = somebody(request), word(request, "stage")
    comment = request.POST.get("comment", "")[:_LONGEST]
    try:
        if request.POST.get("decision") == "reject":
            actions.reject_stage(
                case=number, stage=stage, reason=comment, by=person.pk, at=request.at
            )
            messages.success(request, _("Refused; what was missing has been said."))
        else:
            actions.approve_stage(
                case=number, stage=stage, comment=comment, by=person.pk, at=request.at
            )
            messages.success(request, _("Approved."))
    except (Refused, Invalid) as refusal:
        return show(request, row, refusal=refusal)
    return redirect("cases:case", number)


@writes()
def items(request: Request, number: str) -> HttpResponse:
    """Say which items of the checklist are there."""
    case_or_404(request, number)
    standing = standing_of(number, at=request.at)
    if request.method == "POST" and standing is not None and standing.items is not None:
        actions.answer_items(
            case=number,
            items=_answers(request, standing.items),
            revision=revision_of(request),
            by=request.by,
            at=request.at,
        )
        messages.success(request, _("The checklist has been answered."))
    return redirect("cases:case", number)


def _answers(request: Request, asked: AskedItems) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in asked.items:
        reason = request.POST.get(f"waived-{one.key}", "").replace("\0", "").strip()[:200]
        if reason:
            found[one.key] = {"waived": reason}
        elif request.POST.get(f"item-{one.key}"):
            found[one.key] = {"copies": one.copies, "signed": one.signed}
        else:
            found[one.key] = None
    return found
