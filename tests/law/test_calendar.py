"""Working days and business hours, as people count them."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xunzhang.law.calendar import (
    CHINA,
    COMPANY_ZONE,
    EVERYDAY,
    WEEKDAYS,
    Calendar,
    UnknownYear,
    calendar_named,
    company_time,
    load_workday_data,
)
from xunzhang.law.loader import load
from xunzhang.law.malformed import Malformed


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COMPANY_ZONE)


def day(text: str) -> date:
    return date.fromisoformat(text)


def made(**parts) -> Calendar:
    calendar, faults = Calendar.from_mapping("shop", parts)
    assert calendar is not None, faults
    return calendar


def faults_of(mapping) -> list[tuple[str | int, ...]]:
    calendar, faults = Calendar.from_mapping("shop", mapping)
    assert calendar is None
    assert all(fault.message.zh and fault.message.en for fault in faults)
    return [fault.path for fault in faults]


def test_spring_festival_is_skipped_and_its_make_up_saturday_counts():
    assert CHINA.add_workdays(day("2026-02-13"), 1) == day("2026-02-14")
    assert CHINA.add_workdays(day("2026-02-13"), 2) == day("2026-02-24")
    assert CHINA.add_workdays(day("2026-02-24"), -2) == day("2026-02-13")
    assert WEEKDAYS.add_workdays(day("2026-02-13"), 2) == day("2026-02-17")
    assert EVERYDAY.add_workdays(day("2026-02-13"), 2) == day("2026-02-15")


def test_a_day_is_explained_by_its_festival():
    assert CHINA.why_day(day("2026-02-17")).say() == "春节放假"
    assert CHINA.why_day(day("2026-02-14")).say("en") == "make-up working day: Spring Festival"
    assert CHINA.why_day(day("2026-03-07")).kind == "weekend"
    shop = made(
        base="china",
        holidays=["2026-08-14"],
        workdays=["2026-08-16"],
        half_days={"2026-02-13": ["09:00-12:00"]},
    )
    kinds = [shop.why_day(day(one)).kind for one in ("2026-08-14", "2026-08-16", "2026-02-13")]
    assert kinds == ["company holiday", "company workday", "half day"]


def test_the_data_agrees_with_the_package_it_was_filled_from():
    package = pytest.importorskip("chinese_calendar")
    one = day("2004-01-01")
    while one.year < 2027:
        assert CHINA.is_workday(one) == package.is_workday(one), one
        one += timedelta(days=1)


def test_an_unknown_year_is_an_error_only_where_it_is_needed():
    assert CHINA.add_workdays(day("2026-12-30"), 1) == day("2026-12-31")
    assert CHINA.workdays_between(day("2026-12-30"), day("2027-01-01")) == 2
    assert CHINA.work_time_between(at("2026-12-31T17:00"), at("2027-01-01T00:00")) == timedelta(
        hours=1
    )
    with pytest.raises(UnknownYear, match="2027") as raised:
        CHINA.add_workdays(day("2026-12-30"), 2)
    assert raised.value.year == 2027
    assert WEEKDAYS.add_workdays(day("2026-12-31"), 1) == day("2027-01-01")


def test_a_company_adds_a_year_to_the_data(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text(
        "years:\n  2027:\n    元旦: {off: [01-01..01-03], work: [2026-12-26]}\n", encoding="utf-8"
    )
    china = calendar_named("china", table=load_workday_data(file))
    assert china.add_workdays(day("2026-12-31"), 1) == day("2027-01-04")
    assert china.is_workday(day("2026-12-26"))
    assert china.why_day(day("2027-01-01")).en == "holiday: New Year's Day"
    assert not china.is_workday(day("2026-02-17"))


@pytest.mark.parametrize(
    "text",
    ["years: 3", "years: {2027: {元旦: {off: [13-01]}}}", "years: {2027: {元旦: {of: [01-01]}}}"],
)
def test_a_malformed_data_file_says_what_is_right(tmp_path, text):
    file = tmp_path / "own.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Malformed, match="write"):
        load_workday_data(file)


def test_hours_make_a_saturday_a_workday_unless_it_is_a_holiday():
    shop = made(base="china", hours={"mon-fri": ["09:00-18:00"], "sat": ["10:00-12:00"]})
    assert shop.hours_on(day("2026-03-07")) == ((600, 720),)
    assert not shop.is_workday(day("2026-02-21"))
    assert not shop.is_workday(day("2026-03-08"))


def test_a_weekend_made_a_workday_has_the_hours_of_monday():
    shop = made(
        base="china",
        hours={"mon-fri": ["09:00-18:00"], "sat": ["10:00-12:00"]},
        workdays=["2026-03-07", "2026-03-08"],
    )
    for made_workday in ("2026-02-14", "2026-03-07", "2026-03-08"):
        assert shop.hours_on(day(made_workday)) == ((540, 1080),)


def test_half_days_prevail_over_workdays_and_these_over_holidays():
    shop = made(
        base="weekdays",
        holidays=["2026-03-02", "2026-03-03", "2026-03-04"],
        workdays=["2026-03-03", "2026-03-04"],
        half_days={"2026-03-04": ["09:00-12:00"], "2026-03-05": []},
    )
    worked = [shop.hours_on(day(f"2026-03-0{n}")) for n in range(2, 6)]
    assert worked == [(), ((540, 720), (780, 1080)), ((540, 720),), ()]


def test_a_weekday_without_hours_is_no_workday():
    shop = made(base="everyday", hours={"tue-sun": ["10:00-24:00"]})
    assert not shop.is_workday(day("2026-03-02"))
    assert shop.windows(day("2026-03-03"))[0][1] == at("2026-03-04T00:00")


def test_a_range_may_run_over_sunday_and_a_day_alone_prevails():
    shop = made(base="weekdays", hours={"sat": ["10:00-11:00"], "fri-mon": ["09:00-10:00"]})
    assert [bool(hours) for hours in shop.hours] == [True, False, False, False, True, True, True]
    assert shop.hours[5] == ((600, 660),)


def test_everything_wrong_in_a_calendar_is_told_at_once():
    assert faults_of(
        {
            "base": "chine",
            "hour": {},
            "hours": {
                "mon-fry": [],
                "tue": ["9-12", "09:00-25:00"],
                "wed": ["09:00-12:00", "11:00-13:00"],
            },
            "holidays": "2026-01-01",
            "workdays": ["2026-02-30"],
            "half_days": {"soon": ["12:00-09:00"]},
        }
    ) == [
        ("hour",),
        ("base",),
        ("hours", "mon-fry"),
        ("hours", "tue", 0),
        ("hours", "tue", 1),
        ("hours", "wed", 1),
        ("holidays",),
        ("workdays", 0),
        ("half_days", "soon"),
        ("half_days", "soon", 0),
    ]
    assert faults_of({"hours": {}}) == [("hours",)]
    assert faults_of({"hours": {"mon-tue": ["09:00-10:00"], "tue-wed": []}}) == [
        ("hours", "tue-wed")
    ]
    assert faults_of("china") == [()]


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-03-02T10:00", 60, "2026-03-02T11:00"),
        ("2026-03-02T10:00", 120, "2026-03-02T12:00"),
        ("2026-03-02T10:00", 121, "2026-03-02T13:01"),
        ("2026-03-02T12:00", 60, "2026-03-02T14:00"),
        ("2026-03-02T17:00", 60, "2026-03-02T18:00"),
        ("2026-03-02T18:00", 60, "2026-03-03T10:00"),
        ("2026-03-06T20:00", 480, "2026-03-09T18:00"),
        ("2026-02-13T17:00", 120, "2026-02-14T10:00"),
    ],
)
def test_work_time_runs_only_in_business_hours(start, minutes, end):
    assert CHINA.add_work_time(at(start), minutes) == at(end)
    assert CHINA.work_time_between(at(start), at(end)) == timedelta(minutes=minutes)


def test_work_time_counted_back_begins_at_an_opening():
    assert CHINA.subtract_work_time(at("2026-03-02T18:00"), 300) == at("2026-03-02T13:00")
    assert CHINA.subtract_work_time(at("2026-03-02T10:00"), 120) == at("2026-02-28T17:00")


def test_hours_until_midnight_end_with_the_day():
    shop = made(base="everyday", hours={"mon-sun": ["00:00-24:00"]})
    assert shop.add_work_time(at("2026-03-02T10:00"), 14 * 60) == at("2026-03-03T00:00")
    assert shop.subtract_work_time(at("2026-03-03T00:00"), 60) == at("2026-03-02T23:00")


def test_a_calendar_that_is_not_known_is_named_with_the_nearest():
    assert calendar_named("weekdays") is WEEKDAYS
    with pytest.raises(Malformed, match="did you mean “china”"):
        calendar_named("chine")


def test_a_time_without_zone_is_refused_and_utc_is_told_in_company_time():
    with pytest.raises(ValueError, match="no time zone"):
        company_time(datetime(2026, 3, 2, 10))
    assert company_time(datetime.fromisoformat("2026-03-01T16:00Z")) == at("2026-03-02T00:00")


DAYS = st.dates(day("2005-01-01"), day("2025-12-31"))


@given(DAYS, st.integers(1, 200))
def test_counting_forward_equals_counting_one_by_one(start, count):
    reached = CHINA.add_workdays(start, count) if start.year < 2025 else start
    if reached > start:
        assert CHINA.workdays_between(start + timedelta(days=1), reached) == count - 1
        assert CHINA.is_workday(reached)
        assert CHINA.add_workdays(reached, -count) == CHINA.workday_until(start)


@given(DAYS, st.lists(st.integers(0, 300), min_size=3, max_size=3).map(sorted))
def test_workdays_of_adjoining_spans_add_up(start, steps):
    if start.year == 2025:
        start = start.replace(year=2024, day=1)
    points = [start + timedelta(days=step) for step in steps]
    parts = sum(CHINA.workdays_between(one, two) for one, two in pairwise(points))
    assert parts == CHINA.workdays_between(points[0], points[-1])


@given(st.integers(0, 60 * 24 * 300), st.integers(1, 60 * 100))
def test_work_time_forth_and_back(offset, minutes):
    start = at("2025-01-01T00:00") + timedelta(minutes=offset)
    end = CHINA.add_work_time(start, minutes)
    assert CHINA.work_time_between(start, end) == timedelta(minutes=minutes)
    assert CHINA.subtract_work_time(end, minutes) >= start


def test_the_file_that_the_environment_names_serves_policies_and_rehearsals(tmp_path, monkeypatch):
    file = tmp_path / "own.yaml"
    file.write_text("years:\n  2027:\n    元旦: {off: [01-01..01-03]}\n", encoding="utf-8")
    monkeypatch.setenv("XUNZHANG_WORKDAYS", str(file))
    text = "policy: p\ntitle: 制\nversion: 1\neffective: 2026-01-01\narticles: []\n"
    edition, _ = load(text, "p.yaml")
    assert edition is not None
    assert edition.calendar.add_workdays(day("2026-12-31"), 1) == day("2027-01-04")
    monkeypatch.delenv("XUNZHANG_WORKDAYS")
    edition, _ = load(text, "p.yaml")
    assert edition is not None
    with pytest.raises(UnknownYear):
        edition.calendar.add_workdays(day("2026-12-31"), 1)
