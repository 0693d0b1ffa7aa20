"""What people decide about proposed sanctions. Nothing happens to anybody by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.lib.errors import Conflict, Refused
from xunzhang.policy.actions.recording import record
from xunzhang.policy.choices import SanctionState
from xunzhang.policy.models import SanctionRow


@transaction.atomic
def confirm(*, sanction: int, by: int, at: datetime, chosen: str = "") -> SanctionRow:
    """The proposal stands as it was made; of several measures, `chosen` is the one. `sanction.confirmed`."""
    row = _to_decide(sanction, by)
    if row.choose and chosen not in row.choose:
        raise Refused("choice-missing", _("Choose one of the measures that the article names."))
    row.chosen = chosen
    if isinstance(row.fine, Decimal):
        row.amount = row.fine
    return _decided(row, SanctionState.CONFIRMED, "sanction.confirmed", by, at, "")


@transaction.atomic
def lower(*, sanction: int, amount: Decimal, by: int, at: datetime, reason: str) -> SanctionRow:
    """The fine is this much, and no more than was proposed. `sanction.lowered`."""
    row = _to_decide(sanction, by)
    _need_words(reason)
    if row.fine is None:
        raise Refused("no-fine", _("No fine is proposed that could be lowered."))
    if amount < 0 or (isinstance(row.fine, Decimal) and amount > row.fine):
        raise Refused("amount-too-high", _("The amount lies between nothing and what is proposed."))
    row.amount = amount
    return _decided(row, SanctionState.LOWERED, "sanction.lowered", by, at, reason)


@transaction.atomic
def waive(*, sanction: int, by: int, at: datetime, reason: str) -> SanctionRow:
    """Nothing is done, and the breach no longer counts for this rule. `sanction.waived`, for each person."""
    row = _to_decide(sanction, by)
    _need_words(reason)
    row.state, row.reason = SanctionState.WAIVED, reason
    row.decided_at, row.decided_by = at, str(by)
    row.save()
    for person in row.who:
        keys = {"rule": row.rule, "staff": person, "sanction": row.pk, "reason": reason}
        record(type="sanction.waived", by=by, at=at, keys=keys)
    return row


@transaction.atomic
def appeal(*, sanction: int, by: int, at: datetime, text: str) -> SanctionRow:
    """One for whom it was decided objects, once. `sanction.appealed`."""
    row = SanctionRow.objects.select_for_update().get(pk=sanction)
    _need_words(text)
    if str(by) not in row.who:
        raise Refused("not-your-sanction", _("Only who is concerned may appeal."))
    if row.decided_at is None or row.state == SanctionState.WAIVED:
        raise Conflict(
            "nothing-to-appeal", _("Nothing has been decided yet that could be appealed.")
        )
    if row.appealed_at is not None:
        raise Conflict("appealed-already", _("This was appealed already."))
    row.appeal, row.appealed_at, row.appealed_by = text, at, str(by)
    row.save(update_fields=["appeal", "appealed_at", "appealed_by"])
    _record(row, "sanction.appealed", by, at, {"reason": text})
    return row


@transaction.atomic
def answer_appeal(
    *, sanction: int, by: int, at: datetime, text: str, amount: Decimal | None = None
) -> SanctionRow:
    """The appeal is answered; `amount` is the fine from now on, if it changes. `sanction.appeal_answered`."""
    row = SanctionRow.objects.select_for_update().get(pk=sanction)
    _need_words(text)
    _refuse_stranger(row, by)
    if row.appealed_at is None or row.answered_at is not None:
        raise Conflict("no-appeal-open", _("No appeal waits for an answer."))
    row.answer, row.answered_at, row.answered_by = text, at, str(by)
    if amount is not None:
        if row.amount is None or not 0 <= amount <= row.amount:
            raise Refused(
                "amount-too-high", _("The amount lies between nothing and what was decided.")
            )
        row.amount, row.state = amount, SanctionState.LOWERED
    row.save()
    _record(row, "sanction.appeal_answered", by, at, {"reason": text})
    return row


# -- parts -------------------------------------------------------------------------------------------------


def _to_decide(sanction: int, by: int) -> SanctionRow:
    row = SanctionRow.objects.select_for_update().get(pk=sanction)
    _refuse_stranger(row, by)
    if row.state != SanctionState.PROPOSED:
        raise Conflict("decided-already", _("Somebody has decided about this already."))
    return row


def _refuse_stranger(row: SanctionRow, by: int) -> None:
    if str(by) not in row.confirm or str(by) in row.who:
        raise Refused(
            "not-yours-to-decide", _("The article names somebody else to decide about this.")
        )


def _decided(
    row: SanctionRow, state: SanctionState, type: str, by: int, at: datetime, reason: str
) -> SanctionRow:
    row.state, row.reason, row.decided_at, row.decided_by = state, reason, at, str(by)
    row.save()
    _record(row, type, by, at, {"reason": reason, "amount": row.amount, "chosen": row.chosen})
    return row


def _record(row: SanctionRow, type: str, by: int, at: datetime, more: Mapping[str, Any]) -> None:
    keys = {
        "sanction": row.pk,
        "rule": row.rule,
        "staffs": row.who,
        "customer": row.customer,
        **more,
    }
    given = {name: value for name, value in keys.items() if value not in (None, "")}
    record(type=type, by=by, at=at, keys=given)


def _need_words(text: str) -> None:
    if not text.strip():
        raise Refused("reason-missing", _("Give the reason; it is kept with the decision."))
