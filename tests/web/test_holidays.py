"""At the turn of the year: the next year's holidays are entered, and what waited for them goes on."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from tests.web.html import faults

from xunzhang.lib.errors import Refused
from xunzhang.organisation.models import HolidayYear
from xunzhang.policy import actions as policy
from xunzhang.policy.models import DutyRow, Event, TimerRow

ADDRESS = "/organisation/calendars/"
POLICY = """
policy: answers
title: 拜访期限
version: 1
effective: 2026-01-01
articles:
  - no: "1"
    text: 联系过的客户应在三个工作日内拜访。
    rules:
      - {id: answer, kind: duty, when: customer.contacted, who: by, do: customer.visited, within: 3 workdays}
"""


def entry(**more: str) -> dict[str, Any]:
    """The first rows of the announcement; the others are left empty."""
    rows = {
        "days-0-festival": "元旦", "days-0-kind": "off", "days-0-first": "2027-01-01", "days-0-last": "2027-01-03",
        "days-1-festival": "元旦", "days-1-kind": "work", "days-1-first": "2026-12-26",
        "days-2-festival": "春节", "days-2-kind": "off",
    }  # fmt: skip
    return {"year": "2027", **rows, **more}


@pytest.fixture
def in_december(walked: Any, as_boss: Client, boss: Any) -> datetime:
    """A policy that counts working days, and the last days of a year whose next is not known."""
    now = datetime.fromisoformat("2026-12-30T10:00+08:00")
    walked.walk_to(now)
    policy.adopt_edition(source=POLICY, file="answers.yaml", by=boss.pk, at=now)
    return now


def told(boss: Any, at: datetime) -> None:
    policy.record(type="customer.contacted", by=boss.pk, at=at, keys={"customer": 1})


def test_what_cannot_be_counted_is_refused_and_can_be_told_once_the_year_is_entered(
    in_december: datetime, as_boss: Client, boss: Any
):
    with pytest.raises(Refused) as refused, transaction.atomic():
        told(boss, in_december)
    assert refused.value.code == "year-unknown"
    assert "2027" in str(refused.value)
    assert not Event.objects.filter(type="customer.contacted").exists()
    page = as_boss.get(ADDRESS).content.decode()
    assert faults(page) == []
    assert "录入 2027 年放假安排" in page
    assert as_boss.post(f"{ADDRESS}holidays/new/", entry()).status_code == 302
    told(boss, in_december)
    assert str(DutyRow.objects.get().due_on) == "2027-01-05"


def test_the_days_are_kept_as_the_law_reads_them_and_can_be_corrected(
    in_december: datetime, as_boss: Client
):
    blank = as_boss.get(f"{ADDRESS}holidays/new/").content.decode()
    assert faults(blank) == []
    assert 'value="春节"' in blank
    as_boss.post(f"{ADDRESS}holidays/new/", entry())
    kept = HolidayYear.objects.get()
    assert kept.days == {"元旦": {"off": ["2027-01-01..2027-01-03"], "work": ["2026-12-26"]}}
    change = f"{ADDRESS}holidays/2027/"
    assert 'value="2026-12-26"' in as_boss.get(change).content.decode()
    as_boss.post(change, entry(**{"days-1-first": "2026-12-27", "revision": "0"}))
    kept.refresh_from_db()
    assert kept.days["元旦"]["work"] == ["2026-12-27"]
    late = as_boss.post(change, entry(revision="0"))
    assert late.status_code in (409, 422)
    kept.refresh_from_db()
    assert kept.revision == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"days-0-last": "2026-12-31"}, "止日不能早于起始日"),
        ({"days-0-festival": ""}, "请写节日名称"),
        ({"days-0-first": "2026-05-01", "days-0-last": "2026-05-02"}, "没有任何放假的日子"),
        ({"days-1-first": "2023-12-26"}, "别的年份"),
    ],
)
def test_days_that_cannot_be_meant_are_told(
    in_december: datetime, as_boss: Client, more: dict[str, str], said: str
):
    answer = as_boss.post(f"{ADDRESS}holidays/new/", entry(**more))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not HolidayYear.objects.exists()


def test_what_failed_for_want_of_the_year_goes_off_at_once(
    in_december: datetime, as_boss: Client, boss: Any
):
    TimerRow.objects.create(
        at=in_december, run_at=in_december + timedelta(hours=9), phase=0, uid="answers@1/answer",
        kind="lapse", subject="1", plan=1, nth=0, failures=4,
    )  # fmt: skip
    as_boss.post(f"{ADDRESS}holidays/new/", entry())
    waiting = TimerRow.objects.get(uid="answers@1/answer")
    assert waiting.failures == 0
    assert waiting.run_at < in_december + timedelta(hours=9)


def test_only_administrators_enter_holidays(as_colleague: Client):
    assert as_colleague.post(f"{ADDRESS}holidays/new/", entry()).status_code == 403
    assert not HolidayYear.objects.exists()
