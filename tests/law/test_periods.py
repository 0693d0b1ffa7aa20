"""Periods, points in them, and lists of dates."""

from datetime import date
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xunzhang.law.calendar import CHINA, WEEKDAYS, Calendar
from xunzhang.law.malformed import Malformed
from xunzhang.law.periods import (
    PERIODS,
    DateList,
    Span,
    parse_of,
    parse_period,
    parse_point,
    period_at,
    say_period,
    say_point,
)


def day(text: str) -> date:
    return date.fromisoformat(text)


def place(point: str, kind, on: str, shift=None, calendar: Calendar = CHINA):
    """(opens, due) of a point in the period that holds a day."""
    window = parse_point(point).window(period_at(kind, day(on), calendar), calendar, shift)
    return window and (window.opens and window.opens.isoformat(), window.due.iso)


@pytest.mark.parametrize(
    ("kind", "starts", "ends"),
    [
        ("day", "2026-05-14", "2026-05-15"),
        ("workday", "2026-05-14", "2026-05-15"),
        ("week", "2026-05-11", "2026-05-18"),
        ("month", "2026-05-01", "2026-06-01"),
        ("quarter", "2026-04-01", "2026-07-01"),
        ("half-year", "2026-01-01", "2026-07-01"),
        ("year", "2026-01-01", "2027-01-01"),
    ],
)
def test_periods_are_aligned_and_half_open(kind, starts, ends):
    assert period_at(kind, day("2026-05-14"), CHINA) == Span(kind, day(starts), day(ends))


def test_a_day_off_is_in_no_workday():
    span = period_at("workday", day("2026-05-16"), CHINA)
    assert span.starts == day("2026-05-18")
    assert day("2026-05-16") not in span
    assert span.previous(CHINA).starts == day("2026-05-15")
    assert span.previous(CHINA).next(CHINA) == span


@pytest.mark.parametrize(
    ("point", "opens", "due"),
    [
        ("first day", None, "2026-02-01"),
        ("last day", None, "2026-02-28"),
        ("first workday", None, "2026-02-02"),
        ("last workday", None, "2026-02-28"),
        ("second day", None, "2026-02-02"),
        ("third workday", None, "2026-02-04"),
        ("first monday", None, "2026-02-02"),
        ("fourth friday", None, "2026-02-27"),
        ("last friday", None, "2026-02-27"),
        ("25th", None, "2026-02-25"),
        ("1st", None, "2026-02-01"),
        ("31st", None, "2026-02-28"),
        ("friday before 25th", None, "2026-02-20"),
        ("wednesday before 25th", None, "2026-02-18"),
        ("wednesday after 25th", None, "2026-03-04"),
        ("monday after 10th", None, "2026-02-16"),
        ("workday before 23rd", None, "2026-02-14"),
        ("20th..25th", "2026-02-20", "2026-02-25"),
        ("25th..5th", "2026-02-25", "2026-03-05"),
        ("workday 1..3", "2026-02-02", "2026-02-04"),
        ("workday 3", None, "2026-02-04"),
        ("first monday..last friday", "2026-02-02", "2026-02-27"),
        ("10:00 on 25th", None, "2026-02-25T10:00:00+08:00"),
        ("rrule:FREQ=MONTHLY;BYDAY=-1FR", None, "2026-02-27"),
        ("rrule:FREQ=MONTHLY;BYMONTHDAY=10;BYHOUR=9", None, "2026-02-10T09:00:00+08:00"),
        ("rrule:FREQ=DAILY;COUNT=1", None, "2026-02-01"),
    ],
)
def test_a_point_of_february(point, opens, due):
    assert place(point, "month", "2026-02-10") == (opens, due)


def test_a_period_without_the_point_has_none():
    assert place("fifth monday", "month", "2026-02-10") is None
    assert place("25th", "week", "2026-02-10") is None
    assert place("03-25", "month", "2026-02-10") is None
    assert place("first workday", "week", "2026-02-17") is None
    assert place("rrule:FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1", "month", "2026-02-10") is None
    assert place("rrule:FREQ=DAILY;UNTIL=20260131T160000Z", "month", "2026-03-10") is None


def test_points_of_other_periods():
    assert place("friday", "week", "2026-03-02") == (None, "2026-03-06")
    assert place("25th", "week", "2026-03-25") == (None, "2026-03-25")
    assert place("25th", "quarter", "2026-05-25") == (None, "2026-04-25")
    assert place("last workday", "quarter", "2026-05-25") == (None, "2026-06-30")
    assert place("03-25..03-30", "year", "2026-05-25") == ("2026-03-25", "2026-03-30")
    assert place("12-25..01-05", "year", "2026-05-25") == ("2026-12-25", "2027-01-05")
    assert place("02-29", "year", "2026-05-25") == (None, "2026-02-28")
    assert place("workday 1..5", "week", "2026-02-23") == ("2026-02-24", "2026-02-28")


def test_a_point_on_a_day_off_is_shifted_where_the_policy_says_so():
    assert place("1st", "month", "2026-08-10") == (None, "2026-08-01")
    assert place("1st", "month", "2026-08-10", "after") == (None, "2026-08-03")
    assert place("1st", "month", "2026-08-10", "before") == (None, "2026-07-31")
    assert place("10:00 on 1st", "month", "2026-08-10", "after") == (
        None,
        "2026-08-03T10:00:00+08:00",
    )
    assert place("31st", "month", "2026-10-10", "after") == (None, "2026-11-02")
    assert place("28th..29th", "month", "2026-03-10", "before") == ("2026-03-27", "2026-03-27")


@pytest.mark.parametrize(
    ("point", "period"),
    [
        ("25th", "month"),
        ("last day", "month"),
        ("friday", "week"),
        ("03-25..03-30", "year"),
        ("friday before 03-25", "year"),
        ("workday 1..3", "month"),
        ("rrule:FREQ=WEEKLY", "week"),
    ],
)
def test_a_point_knows_its_natural_period(point, period):
    assert parse_point(point).natural_period == period


@pytest.mark.parametrize(
    "wrong",
    [
        "25",
        "32nd",
        "0th",
        "21th",
        "fridays",
        "last",
        "friday before",
        "20th..",
        "workday 3..1",
        "workday 0",
        "13-01",
        "02-30",
        "25:00 on 25th",
        "rrule:BYDAY=FR",
        "rrule:FREQ=FOO",
        "rrule:FREQ=MONTHLY;BYDAY=XX",
        "rrule:FREQ=MONTHLY;NONSENSE=1",
        "rrule:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "",
    ],
)
def test_a_malformed_point_says_what_is_right(wrong):
    with pytest.raises(Malformed) as raised:
        parse_point(wrong)
    assert raised.value.zh
    assert str(raised.value)


def test_a_list_of_dates_makes_periods():
    dates = DateList.parse(["03-15", "2026-09-01"])
    assert list(islice(dates.spans(day("2026-03-16")), 3)) == [
        Span("dates", day("2026-03-16"), day("2026-09-02")),
        Span("dates", day("2026-09-02"), day("2027-03-16")),
        Span("dates", day("2027-03-16"), day("2028-03-16")),
    ]
    first, second = islice(dates.spans(day("2026-03-16")), 2)
    assert dates.span_at(day("2026-09-01"), day("2026-03-16")) == first
    assert dates.span_at(day("2026-09-02"), day("2026-03-16")) == second


def test_the_first_date_on_or_after_effective_counts_and_nothing_after_the_last():
    dates = DateList.parse(["2026-03-15", "2026-09-01"])
    effective = day("2026-03-15")
    assert [span.last for span in dates.spans(effective)] == [day("2026-03-15"), day("2026-09-01")]
    assert next(dates.spans(day("2026-01-01"))).starts == day("2026-01-01")
    assert dates.span_at(day("2026-02-01"), day("2026-01-01")) == Span(
        "dates", day("2026-01-01"), day("2026-03-16")
    )
    assert dates.span_at(day("2026-09-02"), effective) is None


@pytest.mark.parametrize("wrong", [["3-15"], ["2026-02-30"], ["13-01"], []])
def test_a_malformed_list_of_dates_says_what_is_right(wrong):
    with pytest.raises(Malformed, match="write"):
        DateList.parse(wrong)


def test_periods_and_points_are_read_and_said():
    assert parse_of("next month") == ("month", True)
    assert parse_of("quarter") == ("quarter", False)
    with pytest.raises(Malformed, match="did you mean “month”"):
        parse_period("monht")
    assert say_period("half-year") == "每半年"
    assert say_point(parse_point("friday before 25th")) == "25 日前最后一个周五"
    assert say_point(parse_point("20th..25th"), "en") == "from the 20th to the 25th"
    assert say_point(parse_point("last day")) == "最后一天"
    assert period_at("quarter", day("2026-05-14"), CHINA).say() == "2026 年第 2 季度"
    assert period_at("week", day("2026-05-14"), CHINA).say("en") == "2026-05-11 to 2026-05-17"


@given(st.dates(day("2005-01-01"), day("2026-06-30")), st.sampled_from(PERIODS))
def test_periods_follow_each_other_without_gap(on, kind):
    span = period_at(kind, on, WEEKDAYS)
    assert on in span or kind == "workday"
    after = span.next(WEEKDAYS)
    assert after.previous(WEEKDAYS) == span
    assert after.starts == span.ends or kind == "workday"


@given(
    st.dates(day("2005-01-01"), day("2026-06-30")),
    st.sampled_from(["last workday", "25th", "first monday", "friday", "31st"]),
)
def test_a_point_lies_in_its_month(on, text):
    span = period_at("month", on, CHINA)
    window = parse_point(text).window(span, CHINA)
    assert window is not None
    assert window.due.on in span
