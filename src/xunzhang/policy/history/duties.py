"""The part of the history that keeps duties. One duty is one object within a unit, however it was found."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime

from django.db.models import Q

from xunzhang.law.calendar import company_time
from xunzhang.law.facts import Value
from xunzhang.law.outcome import LIVE, Because, Duty
from xunzhang.law.times import Due
from xunzhang.policy.codec import digest
from xunzhang.policy.models import DutyPerson, DutyRow

SHOWN = ("open", "suspended", "overdue")
MOVING = (
    "state", "live", "who", "due_on", "due_moment", "due_at", "plan", "suspended_at",
    "closed_at", "closed_seq", "breaches", "done",
)  # fmt: skip


class Duties:
    """Duties of the database and those that this unit opens or moves."""

    def __init__(self) -> None:
        self._known: dict[int, Duty] = {}
        self._new: dict[int, Duty] = {}
        self._moved: dict[int, Duty] = {}
        self._dropped: set[int] = set()

    def add_duty(self, duty: Duty) -> None:
        self._known[duty.id] = self._new[duty.id] = duty

    def save_duty(self, duty: Duty) -> None:
        self._known[duty.id] = duty
        if duty.id not in self._new:
            self._moved[duty.id] = duty

    def drop_duty(self, duty: Duty) -> None:
        duty.state = "cancelled"
        self._dropped.add(duty.id)
        self._new.pop(duty.id, None)
        self._moved.pop(duty.id, None)

    def duty(self, id: int) -> Duty | None:
        if id in self._dropped:
            return None
        if id not in self._known:
            row = DutyRow.objects.filter(pk=id).first()
            if row is None:
                return None
            self._known[id] = law_duty(row)
        return self._known[id]

    def know_duties(self, ids: Iterable[str]) -> None:
        """Fetch many duties at once; what is not the number of a duty is passed over."""
        wanted = {int(id) for id in ids if id.isdecimal()} - self._known.keys()
        for row in DutyRow.objects.filter(pk__in=wanted) if wanted else ():
            if row.pk not in self._dropped:
                self._known[row.pk] = law_duty(row)

    # -- finding ---------------------------------------------------------------------------------------

    def live_duties(self, uid: str, key: tuple[Hashable, ...]) -> list[Duty]:
        policy, rule = rule_of(uid)
        where = Q(policy=policy, rule=rule, key_digest=digest(key), live=True, uid=uid)
        return self._found(
            where, lambda duty: duty.uid == uid and duty.key == key and duty.state in LIVE
        )

    def live_of_rule(self, policy: str, rule: str) -> Iterable[Duty]:
        where = Q(policy=policy, rule=rule, live=True)
        return self._found(where, lambda duty: _of(duty, policy, rule) and duty.state in SHOWN)

    def live_of_staff(self, staff: str) -> list[Duty]:
        where = Q(people__person=staff, people__live=True)
        return self._found(where, lambda duty: staff in duty.who and duty.state in LIVE)

    def live_of_owner_rule(self, uid: str, customer: str) -> list[Duty]:
        where = Q(customer=customer, live=True, uid=uid)
        return self._found(
            where,
            lambda duty: duty.uid == uid and duty.customer == customer and duty.state in LIVE,
        )

    def live_of_case(self, case: str, uid_prefix: str) -> list[Duty]:
        where = Q(case=case, live=True)
        return self._found(
            where,
            lambda duty: (
                duty.case == case and duty.uid.startswith(uid_prefix) and duty.state in LIVE
            ),
        )

    def duties_of_rule(self, policy: str, rule: str) -> Iterable[Duty]:
        where = Q(policy=policy, rule=rule)
        return self._found(where, lambda duty: _of(duty, policy, rule))

    def open_duties(self, staff: str) -> int:
        touched = {**self._new, **self._moved}
        stored = DutyPerson.objects.filter(person=staff, live=True, state__in=SHOWN)
        if touched or self._dropped:
            stored = stored.exclude(duty__in=[*touched, *self._dropped])
        own = sum(1 for duty in touched.values() if staff in duty.who and duty.state in SHOWN)
        return stored.count() + own

    def ever(
        self, policy: str, rule: str, key: tuple[Hashable, ...], who: tuple[str, ...],
        each: tuple[str, Value] | None,
    ) -> bool:  # fmt: skip
        where = Q(policy=policy, rule=rule, key_digest=digest(key)) & ~Q(state="cancelled")
        found = self._found(
            where,
            lambda duty: _of(duty, policy, rule) and duty.key == key and duty.each == each
            and duty.state != "cancelled" and set(who) in (set(duty.who), set(duty.first_who)),
        )  # fmt: skip
        return bool(found)

    def _found(self, where: Q, fits: Callable[[Duty], bool]) -> list[Duty]:
        """The duties that fit now: of the database, as this unit has changed them, and its own."""
        found: dict[int, Duty] = {}
        for row in DutyRow.objects.filter(where):
            if row.pk not in self._dropped:
                found[row.pk] = self._known.get(row.pk) or self._known.setdefault(
                    row.pk, law_duty(row)
                )
        found |= self._new
        found |= self._moved
        return sorted((one for one in found.values() if fits(one)), key=lambda one: one.id)

    # -- writing ---------------------------------------------------------------------------------------

    def flush_duties(self) -> None:
        """Write what this unit has opened and moved."""
        if self._dropped:
            DutyRow.objects.filter(pk__in=self._dropped).delete()
        added = [row_of(duty) for duty in self._new.values()]
        changed = [row_of(duty) for duty in self._moved.values()]
        DutyRow.objects.bulk_create(added, batch_size=500)
        if changed:
            DutyRow.objects.bulk_create(
                changed,
                update_conflicts=True,
                update_fields=MOVING,
                unique_fields=["id"],
                batch_size=500,
            )
            DutyPerson.objects.filter(duty__in=[row.pk for row in changed]).delete()
        people = [one for row in (*added, *changed) for one in people_of(row)]
        DutyPerson.objects.bulk_create(people, batch_size=1_000)
        self._new.clear()
        self._moved.clear()
        self._dropped.clear()


def rule_of(uid: str) -> tuple[str, str]:
    """Return the policy and the rule (or PROCESS/STAGE) of a uid such as policy@version/rule."""
    name, _, rule = uid.partition("/")
    return name.partition("@")[0], rule


def _of(duty: Duty, policy: str, rule: str) -> bool:
    return duty.because.policy == policy and duty.because.rule == rule


def people_of(row: DutyRow) -> list[DutyPerson]:
    """Return the rows by which people find their duty."""
    return [
        DutyPerson(
            duty=row,
            person=person,
            state=row.state,
            live=row.live,
            due_at=row.due_at,
            closed_at=row.closed_at,
        )
        for person in dict.fromkeys(row.who)
    ]


def row_of(duty: Duty) -> DutyRow:
    """Return a duty as a row."""
    because, due = duty.because, duty.due
    fixed = {
        "match": dict(duty.match), "key": duty.key, "facts": dict(because.facts),
        "opened": dict(duty.opened), "each": duty.each, "own": duty.own,
        "chain": sorted(duty.chain), "serves": duty.serves, "shifted": duty.shifted,
        "first_who": duty.first_who,
    }  # fmt: skip
    return DutyRow(
        id=duty.id,
        policy=because.policy,
        version=because.version,
        article=because.article,
        rule=because.rule,
        uid=duty.uid,
        key_digest=digest(duty.key),
        state=duty.state,
        live=duty.state in LIVE,
        who=list(duty.who),
        opened_at=duty.opened_at,
        opened_seq=duty.opened_seq,
        due_on=due.on if due is not None else None,
        due_moment=due.moment if due is not None else None,
        due_at=due.lapses_at if due is not None else None,
        customer=duty.customer,
        case=duty.case,
        fixed=fixed,
        plan=duty.plan,
        suspended_at=duty.suspended_at,
        closed_at=duty.closed_at,
        closed_seq=duty.closed_seq,
        breaches=duty.breaches,
        done=duty.done,
    )


def law_duty(row: DutyRow) -> Duty:
    """Return a row as the law sees it."""
    fixed = row.fixed
    because = Because(row.policy, row.version, row.article, row.rule, fixed["facts"])
    return Duty(
        id=row.pk,
        uid=row.uid,
        who=tuple(row.who),
        state=row.state,  # type: ignore[arg-type]
        opened_at=company_time(row.opened_at),
        due=due_of(row),
        match=fixed["match"],
        key=fixed["key"],
        because=because,
        opened=fixed["opened"],
        opened_seq=row.opened_seq,
        customer=row.customer,
        case=row.case,
        each=fixed["each"],
        own=fixed["own"],
        chain=frozenset(fixed["chain"]),
        plan=row.plan,
        suspended_at=_moment(row.suspended_at),
        closed_at=_moment(row.closed_at),
        closed_seq=row.closed_seq,
        breaches=row.breaches,
        done=row.done,
        serves=fixed["serves"],
        shifted=fixed["shifted"],
        first_who=fixed["first_who"],
    )


def due_of(row: DutyRow) -> Due | None:
    """Return when a duty is due."""
    return None if row.due_on is None else Due(row.due_on, _moment(row.due_moment))


def _moment(value: datetime | None) -> datetime | None:
    return None if value is None else company_time(value)
