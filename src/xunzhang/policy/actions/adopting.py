"""Policies come into force and go out of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
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
def keep_draft(
    *,
    source: str,
    file: str,
    by: int | None,  # noqa: ARG001 (a draft tells nobody)
    at: datetime,  # noqa: ARG001
    beside: Iterable[str] = (),
) -> Edition:
    """A sound text is kept as the draft of its policy, which governs nothing; the draft before is replaced.

    `beside` are texts that are to be adopted with it, whose events it may speak of. Raises Invalid with every
    problem, and Conflict when that version was adopted before.
    """
    edition = _sound(source, file, beside)
    _refuse_taken(edition)
    row = _row(edition, source)
    row.pk = _replaced(edition)
    row.save()
    return row


@transaction.atomic
def drop_draft(*, policy: str, by: int | None, at: datetime) -> None:  # noqa: ARG001 (a draft tells nobody)
    """The policy has no draft any more."""
    Edition.objects.filter(policy=policy, status=EditionState.DRAFT).delete()


def adopt_edition(*, source: str, file: str, by: int | None, at: datetime) -> Edition:
    """The policy governs from its effective day on, as in `adopt_together`."""
    return adopt_together(texts=[(source, file)], by=by, at=at)[0]


@transaction.atomic
def adopt_together(
    *, texts: Sequence[tuple[str, str]], by: int | None, at: datetime
) -> list[Edition]:
    """Policies, as (text, file), govern from their effective days on, all or none; `policy.adopted` for each.

    Duties that are open stay as they are. Raises Invalid with every problem of the texts, and Conflict when one of
    the versions was adopted before.
    """
    catch_up(at)
    with working(at) as unit:
        rows = [_adopted(text, [one for one in texts if one is not text], by, at) for text in texts]
        _refuse_discord()
        _renew(unit)
        for row in rows:
            kept = unit.law.edition(row.policy, row.version)
            if kept is not None:
                unit.add(unit.engine.adopted(kept, at))
        for row in rows:
            _tell(unit, "policy.adopted", row, by)
    return rows


def _adopted(
    text: tuple[str, str], beside: Iterable[tuple[str, str]], by: int | None, at: datetime
) -> Edition:
    """Keep a text as adopted; of a draft of its policy it takes the place."""
    source, file = text
    edition = _sound(source, file, [other for other, _file in beside])
    _refuse_taken(edition)
    _refuse_backward(edition, company_time(at).date())
    row = _row(edition, source)
    row.pk = _replaced(edition)
    row.status, row.adopted_at, row.adopted_by = EditionState.ADOPTED, at, person_id(by)
    row.save()
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


def _sound(source: str, file: str, beside: Iterable[str]) -> text.Edition:
    around = [*(row.source for row in editions_kept()), *beside]
    edition, problems = read_one(source, file, around)
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


def _refuse_taken(edition: text.Edition) -> None:
    known = Edition.objects.filter(policy=edition.policy, version=edition.version)
    if known.exclude(status=EditionState.DRAFT).exists():
        raise Conflict(
            "edition-known",
            _(
                "Version %(version)s of %(policy)s was adopted before; give the new text a new version."
            )
            % {"version": edition.version, "policy": edition.policy},
        )


def _refuse_backward(edition: text.Edition, today: date) -> None:
    """A later edition rules from today at the earliest, and from another day than any before it."""
    adopted = Edition.objects.filter(policy=edition.policy, status=EditionState.ADOPTED)
    begun = adopted.filter(effective__lte=today).exclude(until__lte=today).exists()
    if begun and edition.effective < today:
        line = _("An edition that follows another one takes effect today at the earliest.")
        raise Invalid({"effective": [line]}, code="effective-too-early")
    if adopted.filter(effective=edition.effective).exists():
        line = _("Another edition takes effect on that day; choose a later one.")
        raise Invalid({"effective": [line]}, code="effective-too-early")


def _replaced(edition: text.Edition) -> int | None:
    """The draft whose place the edition takes; other drafts of its policy are dropped."""
    drafts = Edition.objects.filter(policy=edition.policy, status=EditionState.DRAFT)
    same = drafts.filter(version=edition.version).first() or drafts.first()
    if same is None:
        return None
    drafts.exclude(pk=same.pk).delete()
    return same.pk


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
