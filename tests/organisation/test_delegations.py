"""People let others act for them while they are away."""

from datetime import timedelta

import pytest

from xunzhang.lib.errors import Conflict, Invalid
from xunzhang.organisation import actions, queries


@pytest.fixture
def week(company, noon):
    return actions.delegate(
        from_person=company.boss.pk,
        to_person=company.zhou.pk,
        starts_at=noon,
        ends_at=noon + timedelta(days=7),
        reason="出差",
        by=company.boss.pk,
        at=noon,
    )


def test_the_delegate_acts_from_the_first_moment_until_before_the_last(week, company, noon):
    assert queries.delegate_of(company.boss.pk, noon - timedelta(seconds=1)) is None
    assert queries.delegate_of(company.boss.pk, noon) == company.zhou
    assert queries.delegate_of(company.boss.pk, noon + timedelta(days=7)) is None
    assert queries.acts_for(company.zhou.pk, noon) == [company.boss]


def test_who_comes_back_early_ends_it(week, company, noon):
    tomorrow = noon + timedelta(days=1)
    actions.end_delegation(delegation=week.pk, by=company.boss.pk, at=tomorrow)
    assert queries.delegate_of(company.boss.pk, tomorrow) is None
    with pytest.raises(Conflict):
        actions.end_delegation(delegation=week.pk, by=company.boss.pk, at=tomorrow)


def test_what_is_called_off_before_it_begins_never_begins(week, company, noon):
    actions.end_delegation(delegation=week.pk, by=company.boss.pk, at=noon - timedelta(days=1))
    assert queries.delegate_of(company.boss.pk, noon) is None


def test_nobody_delegates_to_himself_or_backwards(company, noon):
    with pytest.raises(Invalid):
        actions.delegate(
            from_person=company.li.pk,
            to_person=company.li.pk,
            starts_at=noon,
            ends_at=noon + timedelta(days=1),
            by=None,
            at=noon,
        )
    with pytest.raises(Invalid):
        actions.delegate(
            from_person=company.li.pk,
            to_person=company.zhou.pk,
            starts_at=noon,
            ends_at=noon - timedelta(days=1),
            by=None,
            at=noon,
        )
