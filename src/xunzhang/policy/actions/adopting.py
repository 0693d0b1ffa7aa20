"""Policies come into force and go out of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from xunzhang.law import text
from xunzhang.law.calendar import company_time
from xunzhang.law.engine.engine import Engine
from xunzhang.law.problems import Problem
from xunzhang.lib.errors import Conflict, Invalid, Refused
from xunzhang.policy.actions.recording import catch_up
from xunzhang.policy.book import current_law, editions_kept, mark_of, read_all, read_one
from xunzhang.policy.choices import EditionState
from xunzhang.policy.history.events import law_event, ref
from xunzhang.policy.models import Edition, Event, EventPattern, EventRef
from xunzhang.policy.patterns import Names
from xunzhang.policy.refusing import language
from xunzhang.policy.speaking import person_id, spoken
from xunzhang.policy.unit import Unit, working


@transaction.atomic
def keep_draft(*, source: str, file: str, by: int | None, at: datetime) -> Edition:  # noqa: ARG001
    """A sound text is kept as a draft, which governs nothing; the draft of that version before is replaced.

    Raises Invalid with every problem.
    """
    edition = _sound(source, file)
    before = Edition.objects.filter(policy=edition.policy, version=edition.version).first()
    if before is not None and before.status != EditionState.DRAFT:
        raise _taken(edition)
    row = _row(edition, source)
    row.pk = before.pk if before is not None else None
    row.save()
    return row


@transaction.atomic
def adopt_edition(*, source: str, file: str, by: int | None, at: datetime) -> Edition:
    """The policy governs from its effective day on; `policy.adopted`. Duties that are open stay as they are.

    Raises Invalid with every problem of the text, and Conflict when that version was adopted before.
    """
    catch_up(at)
    with working(at) as unit:
        edition = _sound(source, file)
        before = Edition.objects.filter(policy=edition.policy, version=edition.version).first()
        if before is not None and before.status != EditionState.DRAFT:
            raise _taken(edition)
        row = _row(edition, source)
        row.pk = before.pk if before is not None else None
        row.status, row.adopted_at, row.adopted_by = EditionState.ADOPTED, at, person_id(by)
        row.save()
        _refuse_discord()
        _renew(unit)
        kept = unit.law.edition(edition.policy, edition.version)
        if kept is not None:
            unit.add(unit.engine.adopted(kept, at))
        _tell(unit, "policy.adopted", row, by)
    return row


@transaction.atomic
def withdraw_edition(*, edition: int, by: int | None, at: datetime, reason: str) -> Edition:
    """The edition speaks no more from today on; its open duties live on. `policy.withdrawn`."""
    catch_up(at)
    with working(at) as unit:
        row = Edition.objects.select_for_update().get(pk=edition)
        if row.status != EditionState.ADOPTED:
            raise Conflict("not-in-force", _("This edition is not in force."))
        if not reason.strip():
            raise Refused("reason-missing", _("Give the reason for the withdrawal."))
        today = company_time(at).date()
        row.until = min(row.until or today, today)
        row.status, row.withdrawn_at, row.withdrawn_by = EditionState.WITHDRAWN, at, person_id(by)
        row.save()
        _renew(unit)
        _tell(unit, "policy.withdrawn", row, by, reason=reason)
    return row


# -- parts -------------------------------------------------------------------------------------------------


def _sound(source: str, file: str) -> text.Edition:
    edition, problems = read_one(source, file, editions_kept())
    errors = [problem for problem in problems if not problem.warning]
    if edition is None or errors:
        raise _invalid(errors)
    return edition


def _refuse_discord() -> None:
    """Refuse an edition in whose company another one can no longer be read."""
    _editions, errors = read_all([(one.source, str(one)) for one in editions_kept()])
    if errors:
        raise _invalid(errors)


def _invalid(errors: Iterable[Problem]) -> Invalid:
    lines = [problem.say(language()) for problem in errors]
    message = _("The policy has errors; nothing was adopted.")
    return Invalid({"source": lines}, code="policy-unsound", message=message)


def _taken(edition: text.Edition) -> Conflict:
    return Conflict(
        "edition-known",
        _("Version %(version)s of %(policy)s was adopted before; give the new text a new version.")
        % {"version": edition.version, "policy": edition.policy},
    )


def _row(edition: text.Edition, source: str) -> Edition:
    return Edition(
        policy=edition.policy,
        version=edition.version,
        title=dict(edition.title),
        effective=edition.effective,
        until=edition.until,
        source=source,
        digest=sha256(source.encode()).hexdigest(),
    )


def _renew(unit: Unit) -> None:
    """Let the unit go on under the law as it is now."""
    head = unit.history.head
    head.editions = mark_of(editions_kept())
    unit.law = current_law(head)
    unit.history.follow(unit.law.patterns)
    unit.engine = Engine(unit.law.book, unit.history)
    _find_again(unit.law.patterns)


def _find_again(patterns: Mapping[str, frozenset[Names]]) -> None:
    """Make past events found by the patterns that are new."""
    known = set(EventPattern.objects.values_list("type", "names"))
    for type_, names in sorted(
        (type_, names) for type_, every in patterns.items() for names in every
    ):
        if (type_, ",".join(names)) in known:
            continue
        EventPattern.objects.create(type=type_, names=",".join(names))
        events = Event.objects.filter(type=type_).iterator(chunk_size=2_000)
        EventRef.objects.bulk_create(
            (ref(law_event(row), names) for row in events), batch_size=1_000, ignore_conflicts=True
        )


def _tell(unit: Unit, type: str, row: Edition, by: int | None, **more: str) -> None:
    keys = {"policy": row.policy, "version": row.version, **more}
    said = spoken(unit.law.vocabulary, type, by, keys)
    unit.add(unit.engine.record(type, unit.at, said))
