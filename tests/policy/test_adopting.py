"""A policy is adopted, replaced by a new version, and withdrawn."""

from datetime import date, timedelta

import pytest
from tests.policy.conftest import MEASURES

from xunzhang.lib.errors import Conflict, Invalid
from xunzhang.policy import actions as policy
from xunzhang.policy.book import current_book, current_law
from xunzhang.policy.models import DutyRow, Edition, Event, TimerRow
from xunzhang.policy.queries.editions import edition_in_force, touched
from xunzhang.policy.queries.reach import Reach

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


REACHING = """
policy: reaching
title: 触及
version: 1
effective: 2026-01-01
articles:
  - no: "1"
    text: 拜访
    rules:
      - {id: by-query, kind: cadence, for: {happened: {event: lead.met}},
         do: customer.contacted, every: month, who: owner}
      - {id: one-by-one, kind: cadence, for: {happened: {event: lead.met, within: 3 days}},
         do: customer.contacted, every: month, who: owner}
      - {id: mixed, kind: reclaim, without: customer.contacted, within: 1 month,
         if: {all: [{filed: true}, {not: {happened: {event: lead.met, within: 3 days}}}]}}
      - {id: of-events, kind: breach, when: lead.met, if: {happened: {event: customer.filed}}, who: by, breach: late}
      - {id: plain, kind: breach, when: lead.met, who: by, breach: late}
"""


def test_a_reader_sees_how_many_customers_the_past_picks(
    measures, customer, cast, noon, monkeypatch
) -> None:
    keys = {"customer": customer.pk}
    policy.record(type="lead.met", by=cast.owner.pk, at=noon, keys=keys)
    customer.filed_at = noon - timedelta(days=1)
    customer.save()
    policy.adopt_edition(source=REACHING, file="", by=None, at=noon)
    edition = edition_in_force("reaching", noon.date())
    assert edition is not None

    def seen(at):
        found = {one.rule.id: one.customers for one in touched(edition, edition.articles[0], at)}
        assert found["plain"] is None
        assert found["of-events"] == Reach(known=False)
        return [found[name] for name in ("by-query", "one-by-one", "mixed")]

    assert seen(noon) == [Reach(1), Reach(1), Reach(0)]
    assert seen(noon + timedelta(days=9)) == [Reach(1), Reach(0), Reach(1)]
    monkeypatch.setattr("xunzhang.policy.queries.reach.MOST_ONE_BY_ONE", 0)
    assert seen(noon)[1] == Reach(0, more=True)


def test_policies_are_adopted_together_or_not_at_all(cast, noon) -> None:
    speaks = MONTHLY.replace("monthly", "speaks").replace("customer.contacted", "talk.held")
    declares = MONTHLY.replace(
        "policy: monthly", "policy: declares\nevents: [{type: talk.held, name: 谈, keys: {}}]"
    )
    with pytest.raises(Invalid):
        policy.adopt_edition(source=speaks, file="", by=None, at=noon)
    with pytest.raises(Invalid):
        policy.adopt_together(texts=[(declares, ""), (speaks + "x: 1\n", "")], by=None, at=noon)
    assert not Edition.objects.exists()
    policy.keep_draft(source=speaks, file="", by=None, at=noon, beside=[declares])
    rows = policy.adopt_together(texts=[(declares, ""), (speaks, "")], by=None, at=noon)
    assert [row.policy for row in rows] == ["declares", "speaks"]
    assert Edition.objects.filter(status="adopted").count() == 2


def test_a_later_edition_begins_today_at_the_earliest_and_on_a_day_of_its_own(
    measures, cast, noon
) -> None:
    newer = MEASURES.replace("version: 1", "version: 2")
    for day in ("2026-02-01", "2026-01-01"):
        later = newer.replace("2026-01-01", day, 1)
        with pytest.raises(Invalid) as no:
            policy.adopt_edition(source=later, file="", by=None, at=noon)
        assert no.value.code == "effective-too-early"
    policy.keep_draft(source=newer, file="", by=None, at=noon)
    policy.drop_draft(policy="small-measures", by=None, at=noon)
    assert Edition.objects.count() == 1
