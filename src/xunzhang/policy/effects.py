"""Carries out what the law orders: rows for lists and desks, customers and people changed by the apps that own them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from xunzhang.law.outcome import Assignment, CustomerSet, Outcome, StaffSet
from xunzhang.organisation import actions as organisation
from xunzhang.organisation import queries as people
from xunzhang.policy import registry, telling
from xunzhang.policy.book import Law
from xunzhang.policy.history.breaches import because_values
from xunzhang.policy.models import AssignmentRow, AwardRow
from xunzhang.policy.world import Change


def carry_out(out: Outcome, *, law: Law, changes: Iterable[Change], at: datetime) -> None:
    """Carry out everything that has followed from one unit of work."""
    if out.awards:
        AwardRow.objects.bulk_create(
            AwardRow(to=one.to, points=one.points, because=because_values(one.because), at=at)
            for one in out.awards
        )
    if out.assignments:
        _assign(out.assignments, changes, at)
    _change_customers(out, changes, law)
    telling.tell(out, law=law, at=at)
    for order in out.orders:
        if isinstance(order, StaffSet):
            _change_person(order, at)


def _assign(assignments: Iterable[Assignment], changes: Iterable[Change], at: datetime) -> None:
    moments = {one.customer: one.at for one in changes if "owner" in one.values}
    AssignmentRow.objects.bulk_create(
        AssignmentRow(
            customer=one.customer,
            case=one.case,
            to=one.to,
            because=because_values(one.because),
            at=moments.get(one.customer or "", at),
        )
        for one in assignments
    )


def _change_customers(out: Outcome, changes: Iterable[Change], law: Law) -> None:
    orders = [one for one in out.orders if isinstance(one, CustomerSet)]
    for change in changes:
        order = next(
            (
                one
                for one in orders
                if (one.customer, one.values) == (change.customer, change.values)
            ),
            None,
        )
        why = ""
        if order is not None:
            orders.remove(order)
            why = telling.cited(law, order.because)
        registry.customers().set_keys(change.customer, change.values, at=change.at, because=why)


def _change_person(order: StaffSet, at: datetime) -> None:
    if not order.staff.isdecimal():
        return
    person = people.people_present().filter(pk=int(order.staff)).first()
    if person is None:
        return
    values = dict(order.values)
    if "roles" in values:
        _change_roles(person.pk, values.pop("roles"), at)
    if values:
        organisation.change_person(
            person=person.pk,
            revision=person.revision,
            changes={"keys": {**person.keys, **_plain(values)}},
            by=None,
            at=at,
        )


def _change_roles(person: int, roles: Iterable[str], at: datetime) -> None:
    staff = people.directory(at).staff.get(str(person))
    held = set(staff.roles) if staff is not None else set()
    wanted = set(roles)
    for role in sorted(held - wanted):
        organisation.revoke_role(person=person, role=role, by=None, at=at)
    for role in sorted(wanted - held):
        organisation.grant_role(person=person, role=role, by=None, at=at)


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    simple = (str, int, bool, type(None), list)
    return {key: one if isinstance(one, simple) else str(one) for key, one in values.items()}
