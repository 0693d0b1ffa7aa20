"""The company's own calendar is made, looked at before it is kept, and leaves what is due as it was."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from tests.web.html import faults

from xunzhang.law.calendar import Calendar
from xunzhang.organisation.models import WorkCalendar
from xunzhang.policy import actions as policy
from xunzhang.policy.models import DutyRow, Event

ADDRESS = "/organisation/calendars/"
OFFICE = "09:00-12:00 13:00-18:00"


POLICY = """
policy: answers
title: 拜访期限
version: 1
effective: 2026-01-01
calendar: 门店日历
articles:
  - no: "1"
    text: 联系过的客户应在三个工作日内拜访。
    rules:
      - {id: answer, kind: duty, when: customer.contacted, who: by, do: customer.visited, within: 3 workdays}
"""


def entry(**more: str) -> dict[str, Any]:
    """Office hours from Monday to Friday, one day off, one half day."""
    week = {f"hours.{day}": OFFICE for day in ("mon", "tue", "wed", "thu", "fri")}
    rows = {
        "special-0-first": "2026-05-06", "special-0-last": "2026-05-08", "special-0-kind": "holidays",
        "special-1-first": "2026-05-09", "special-1-kind": "half_days", "special-1-hours": "09:00-12:00",
    }  # fmt: skip
    return {"name": "门店日历", "base": "china", **week, **rows, **more}


@pytest.fixture
def shop_calendar(as_boss: Client, walked: Any) -> WorkCalendar:
    """A calendar that was entered on its page."""
    assert as_boss.post(f"{ADDRESS}new/", entry()).status_code == 302
    return WorkCalendar.objects.get()


def test_a_calendar_is_kept_as_the_law_reads_it(as_boss: Client, shop_calendar: WorkCalendar):
    assert shop_calendar.data["holidays"] == ["2026-05-06", "2026-05-07", "2026-05-08"]
    assert shop_calendar.data["half_days"] == {"2026-05-09": ["09:00-12:00"]}
    calendar, faults_found = Calendar.from_mapping("门店日历", shop_calendar.data)
    assert calendar is not None
    assert faults_found == []
    assert Event.objects.get(type="calendar.changed").keys["calendar"] == "门店日历"
    page = as_boss.get(ADDRESS).content.decode()
    assert faults(page) == []
    assert "门店日历" in page


def test_a_change_is_looked_at_before_it_is_kept(as_boss: Client, shop_calendar: WorkCalendar):
    address = f"{ADDRESS}门店日历/edit/"
    page = as_boss.get(address).content.decode()
    assert 'value="2026-05-06"' in page
    changed = entry(revision="0", preview="1", **{"hours.sat": "10:00-16:00"})
    shown = as_boss.post(address, changed).content.decode()
    assert faults(shown) == []
    assert "天有变化" in shown
    assert "hours" in shop_calendar.data
    shop_calendar.refresh_from_db()
    assert "sat" not in shop_calendar.data["hours"]
    changed.pop("preview")
    assert as_boss.post(address, changed).status_code == 302
    assert as_boss.post(address, changed).status_code == 409
    shop_calendar.refresh_from_db()
    assert shop_calendar.data["hours"]["sat"] == ["10:00-16:00"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"hours.mon": "9-12"}, "应如 09:00-12:00"),
        ({"hours.mon": "09:00-12:00 11:00-13:00"}, "重叠"),
        ({"name": "china"}, "内置日历"),
        ({"special-0-last": "2026-05-01"}, "不能早于第一天"),
        ({"special-0-kind": ""}, "请选择放假、上班还是半天"),
        ({"special-1-hours": "noon"}, "应如 09:00-12:00"),
    ],
)
def test_what_the_law_would_not_read_is_told(
    as_boss: Client, db: None, wrong: dict[str, str], words: str
):
    answer = as_boss.post(f"{ADDRESS}new/", entry(**wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not WorkCalendar.objects.exists()


def test_rows_are_added_without_scripts(as_boss: Client, db: None):
    page = as_boss.post(f"{ADDRESS}new/", entry(rows="add-row:special")).content.decode()
    assert "special-2-first" in page
    assert 'value="2026-05-06"' in page


def test_calendars_are_changed_by_administrators(as_colleague: Client):
    assert as_colleague.get(ADDRESS).status_code == 200
    assert as_colleague.post(f"{ADDRESS}new/", entry()).status_code == 403


def test_open_duties_keep_their_due_day_and_new_ones_count_anew(
    as_boss: Client, boss: Any, noon: datetime, shop_calendar: WorkCalendar
):
    policy.adopt_edition(source=POLICY, file="answers.yaml", by=boss.pk, at=noon)
    ask = {"type": "customer.contacted", "by": boss.pk, "at": noon}
    policy.record(**ask, keys={"customer": 1})
    before = DutyRow.objects.get(customer="1").due_on
    assert before is not None
    rows = {"special-2-first": before.isoformat(), "special-2-kind": "holidays"}
    changed = entry(revision="0", **rows)
    assert as_boss.post(f"{ADDRESS}门店日历/edit/", changed).status_code == 302
    policy.record(**ask, keys={"customer": 2})
    assert DutyRow.objects.get(customer="1").due_on == before
    after = DutyRow.objects.get(customer="2").due_on
    assert after is not None
    assert after > before
