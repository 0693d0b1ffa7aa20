"""A policy is adopted, replaced by a new version, and withdrawn."""

from datetime import date, timedelta

import pytest
from tests.policy.conftest import MEASURES

from xunzhang.lib.errors import Conflict, Invalid
from xunzhang.policy import actions as policy
from xunzhang.policy.book import current_book, current_law
from xunzhang.policy.models import DutyRow, Edition, Event, TimerRow
from xunzhang.policy.queries.editions import edition_in_force, touched

MONTHLY = """
policy: monthly
title: {zh: 月报, en: Monthly}
version: 1
effective: 2026-03-01
calendar: china
roles: [客服]
articles:
  - no: "1"
    text: {zh: 每日一报, en: A report a day}
    rules:
      - {id: report, kind: recurring, every: day, who: each role:客服, do: customer.contacted, breach: no-report}
"""


def test_a_policy_with_an_error_never_takes_effect(cast, noon) -> None:
    wrong = MEASURES.replace("within: 1 workday", "within: soon")
    with pytest.raises(Invalid) as no:
        policy.adopt_edition(source=wrong, file="wrong.yaml", by=None, at=noon)
    assert any("wrong.yaml:" in line for line in no.value.fields["source"])
    assert not Edition.objects.exists()
    assert not current_book().editions


def test_a_version_is_adopted_once(measures, cast, noon) -> None:
    with pytest.raises(Conflict):
        policy.adopt_edition(source=MEASURES, file="", by=None, at=noon)


def test_a_draft_governs_nothing_until_it_is_adopted(cast, noon) -> None:
    policy.keep_draft(source=MEASURES, file="", by=None, at=noon)
    assert not current_book().editions
    row = policy.adopt_edition(source=MEASURES, file="", by=cast.general.pk, at=noon)
    assert Edition.objects.get() == row
    assert (row.status, row.adopted_by) == ("adopted", str(cast.general.pk))
    assert Event.objects.filter(type="policy.adopted").count() == 1


def test_the_book_is_parsed_once_until_something_is_adopted(
    measures, cast, noon, django_assert_num_queries
) -> None:
    before = current_law()
    with django_assert_num_queries(1):
        assert current_law() is before
    policy.adopt_edition(source=MONTHLY, file="", by=None, at=noon)
    assert current_law() is not before


def test_a_new_version_leaves_open_duties_as_they_are(measures, customer, cast, noon) -> None:
    keys = {"customer": customer.pk}
    policy.record(type="lead.met", by=cast.owner.pk, at=noon, keys=keys)
    old = DutyRow.objects.get(rule="file-in-time")
    newer = (
        MEASURES.replace("version: 1", "version: 2")
        .replace("effective: 2026-01-01", "effective: 2026-03-11")
        .replace("within: 1 workday", "within: 5 workdays")
    )
    policy.adopt_edition(source=newer, file="", by=None, at=noon)
    policy.record(type="lead.met", by=cast.owner.pk, at=noon, keys=keys)
    assert DutyRow.objects.get(pk=old.pk).due_on == old.due_on
    fresh = DutyRow.objects.filter(rule="file-in-time").exclude(pk=old.pk).get()
    assert fresh.version == "2"
    assert (old.due_on, fresh.due_on) == (date(2026, 3, 12), date(2026, 3, 18))
    policy.record(type="customer.filed", by=cast.owner.pk, at=noon, keys=keys)
    assert not DutyRow.objects.filter(rule="file-in-time", live=True).exists()


def test_a_withdrawn_policy_asks_nothing_new_and_what_is_open_stays(
    measures, customer, cast, noon
) -> None:
    keys = {"customer": customer.pk}
    policy.record(type="lead.met", by=cast.owner.pk, at=noon, keys=keys)
    policy.withdraw_edition(edition=measures.pk, by=None, at=noon, reason="重写")
    policy.record(type="lead.met", by=cast.owner.pk, at=noon, keys=keys)
    assert DutyRow.objects.filter(rule="file-in-time").count() == 1
    policy.record(type="customer.filed", by=cast.owner.pk, at=noon, keys=keys)
    assert DutyRow.objects.get(rule="file-in-time").state == "done"
    with pytest.raises(Conflict):
        policy.withdraw_edition(edition=measures.pk, by=None, at=noon, reason="重写")


def test_rules_of_the_calendar_start_with_the_next_day(cast, noon) -> None:
    policy.adopt_edition(source=MONTHLY, file="", by=None, at=noon)
    policy.adopt_edition(source=MEASURES, file="", by=None, at=noon)
    policy.tick(at=noon + timedelta(days=1))
    people = sorted((str(cast.chen.pk), str(cast.zhou.pk)))
    opened = DutyRow.objects.filter(rule="report")
    assert sorted(row.who[0] for row in opened.filter(state="open")) == people
    policy.tick(at=noon + timedelta(days=5))
    assert opened.filter(live=True, state="open").count() == 2
    assert TimerRow.objects.filter(kind="period").count() == 1


def test_a_reader_sees_what_a_rule_touches(measures, customer, cast, noon) -> None:
    policy.record(type="lead.met", by=cast.owner.pk, at=noon, keys={"customer": customer.pk})
    edition = edition_in_force("small-measures", noon.date())
    assert edition is not None
    found = {one.rule.id: one.open_duties for one in touched(edition, edition.articles[0], noon)}
    assert found == {"file-in-time": 1, "greet": 1}
