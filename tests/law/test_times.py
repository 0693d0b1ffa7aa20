"""When things are due: the rules of section “Times”."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xunzhang.law.calendar import CHINA, COMPANY_ZONE, EVERYDAY, Calendar, UnknownYear
from xunzhang.law.malformed import Malformed
from xunzhang.law.times import (
    Due,
    Duration,
    Unit,
    before,
    due,
    due_back,
    explain_due,
    further,
    further_on,
    parse_before,
    parse_by,
    parse_duration,
    parse_within,
    passed,
    say_due,
    say_within,
    shift_for_pause,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COMPANY_ZONE)


def when(text: str) -> Due:
    """A due date or, with a time, a due instant."""
    return Due.at(at(text) if "T" in text else date.fromisoformat(text))


@pytest.mark.parametrize(
    ("within", "start", "expected"),
    [
        ("3 workdays", "2026-03-02T10:00", "2026-03-05"),
        ("1 workday", "2026-03-06T23:59", "2026-03-09"),
        ("1 workday", "2026-03-07T00:00", "2026-03-09"),
        ("2 workdays", "2026-02-13T10:00", "2026-02-24"),
        ("1 day", "2026-03-02T00:00", "2026-03-03"),
        ("2 weeks", "2026-03-02T10:00", "2026-03-16"),
        ("3 months", "2026-01-31T10:00", "2026-04-30"),
        ("1 month", "2028-01-31T10:00", "2028-02-29"),
        ("1 quarter", "2026-11-30T10:00", "2027-02-28"),
        ("1 year", "2028-02-29T10:00", "2029-02-28"),
        ("30 minutes", "2026-03-02T23:45", "2026-03-03T00:15"),
        ("24 hours", "2026-03-06T10:00", "2026-03-07T10:00"),
        ("2 work hours", "2026-03-02T17:00", "2026-03-03T10:00"),
        ("1 work hour", "2026-03-02T17:00", "2026-03-02T18:00"),
        ("same day", "2026-03-07T10:00", "2026-03-07"),
        ("same workday", "2026-03-06T10:00", "2026-03-06"),
        ("same workday", "2026-03-07T10:00", "2026-03-09"),
        ("end of week", "2026-03-02T00:00", "2026-03-08"),
        ("end of month", "2026-02-10T10:00", "2026-02-28"),
        ("end of quarter", "2026-02-10T10:00", "2026-03-31"),
        ("end of year", "2026-02-10T10:00", "2026-12-31"),
    ],
)
def test_a_time_is_due(within, start, expected):
    assert due(parse_within(within), at(start), CHINA) == when(expected)


def test_an_instant_in_another_zone_belongs_to_the_company_day():
    start = datetime(2026, 3, 2, 17, tzinfo=UTC)
    assert due(parse_within("same day"), start, CHINA) == when("2026-03-03")
    assert due(parse_within("1 hour"), start, CHINA).iso == "2026-03-03T02:00:00+08:00"


def test_a_date_is_in_time_until_its_midnight_and_an_instant_at_itself():
    by_date, by_hour = when("2026-03-05"), when("2026-03-05T10:00")
    assert by_date.in_time(at("2026-03-05T23:59:59.999999"))
    assert not by_date.in_time(at("2026-03-06T00:00"))
    assert by_date.lapses_at == by_date.breach_at == at("2026-03-06T00:00")
    assert by_hour.in_time(at("2026-03-05T10:00"))
    assert not by_hour.in_time(by_hour.lapses_at)
    assert by_hour.breach_at == at("2026-03-05T10:00")
    assert sorted([when("2026-03-06T00:00"), by_date]) == [by_date, when("2026-03-06T00:00")]


@pytest.mark.parametrize(
    "wrong",
    [
        "0 days",
        "-1 day",
        "1.5 days",
        "3",
        "days",
        "3 dayz",
        "a day",
        "3 work days",
        "end of day",
        "same week",
        "9999 years",
        "",
    ],
)
def test_a_malformed_time_says_what_is_right(wrong):
    with pytest.raises(Malformed) as raised:
        parse_within(wrong)
    assert raised.value.zh
    assert str(raised.value)


def test_the_nearest_unit_is_named():
    with pytest.raises(ValueError, match="did you mean “workdays”"):
        parse_within("3 workdais")
    assert parse_within("1 workdays") == parse_within("1 workday")


@pytest.mark.parametrize(
    ("remind", "base", "expected"),
    [
        ("1 workday before", "2026-03-09", "2026-03-06T09:00"),
        ("1 workday before", "2026-03-09T15:00", "2026-03-06T09:00"),
        ("1 day before", "2026-03-09", "2026-03-08T09:00"),
        ("1 month before", "2026-03-31", "2026-02-28T09:00"),
        ("2 hours before", "2026-03-09", "2026-03-09T22:00"),
        ("30 minutes before", "2026-03-09T15:00", "2026-03-09T14:30"),
        ("5 work hours before", "2026-03-09", "2026-03-09T13:00"),
    ],
)
def test_a_reminder_is_sent(remind, base, expected):
    assert due_back(parse_before(remind), when(base), CHINA) == at(expected)


def test_a_reminder_comes_at_the_first_opening_of_its_day():
    hours = {"mon-fri": ["07:30-12:00"]}
    shop, _ = Calendar.from_mapping("shop", {"base": "china", "hours": hours})
    assert shop is not None
    assert due_back(parse_before("1 workday before"), when("2026-03-09"), shop) == at(
        "2026-03-06T07:30"
    )
    assert due_back(parse_before("1 day before"), when("2026-03-09"), shop) == at(
        "2026-03-08T09:00"
    )


def test_a_reminder_needs_an_unknown_year_only_where_its_opening_is_in_doubt():
    hours = {"mon-fri": ["07:30-12:00"]}
    shop, _ = Calendar.from_mapping("shop", {"base": "china", "hours": hours})
    assert shop is not None
    day_before = parse_before("1 day before")
    assert due_back(day_before, when("2027-03-09"), CHINA) == at("2027-03-08T09:00")
    with pytest.raises(UnknownYear):
        due_back(day_before, when("2027-03-09"), shop)


@pytest.mark.parametrize(
    ("again", "k", "base", "moment", "belongs"),
    [
        ("1 workday", 1, "2026-03-05", "2026-03-07T00:00", "2026-03-06"),
        ("1 workday", 2, "2026-03-05", "2026-03-10T00:00", "2026-03-09"),
        ("1 workday", 1, "2026-03-05T10:00", "2026-03-07T00:00", "2026-03-06"),
        ("2 hours", 3, "2026-03-05", "2026-03-06T06:00", "2026-03-06"),
        ("30 minutes", 1, "2026-03-05T10:00", "2026-03-05T10:30", "2026-03-05"),
        ("1 month", 2, "2026-01-31", "2026-04-01T00:00", "2026-03-31"),
        ("1 day", 1, "2026-03-05T10:00", "2026-03-07T00:00", "2026-03-06"),
        ("4 work hours", 2, "2026-03-05", "2026-03-06T18:00", "2026-03-06"),
    ],
)
def test_a_further_breach_begins(again, k, base, moment, belongs):
    duration = parse_duration(again)
    assert further(k, duration, when(base), CHINA) == at(moment)
    assert further_on(k, duration, when(base), CHINA) == date.fromisoformat(belongs)


@pytest.mark.parametrize(
    ("unit", "base", "stopped", "resumed", "expected"),
    [
        (
            Unit.HOURS,
            "2026-03-05T10:00",
            "2026-03-04T10:00",
            "2026-03-04T13:20",
            "2026-03-05T13:20",
        ),
        (
            Unit.WORK_HOURS,
            "2026-03-05T18:00",
            "2026-03-05T11:00",
            "2026-03-05T20:00",
            "2026-03-06T16:00",
        ),
        (
            Unit.WORK_HOURS,
            "2026-03-05T18:00",
            "2026-03-05T12:00",
            "2026-03-05T13:00",
            "2026-03-05T18:00",
        ),
        (Unit.WORKDAYS, "2026-03-05", "2026-03-03T17:00", "2026-03-04T08:00", "2026-03-06"),
        (Unit.WORKDAYS, "2026-03-05", "2026-03-03T08:00", "2026-03-03T18:00", "2026-03-05"),
        (Unit.WORKDAYS, "2026-03-06", "2026-03-06T08:00", "2026-03-09T08:00", "2026-03-09"),
        (Unit.MONTHS, "2026-03-06", "2026-03-06T08:00", "2026-03-09T08:00", "2026-03-09"),
        (None, "2026-03-06T10:00", "2026-03-05T08:00", "2026-03-07T00:00", "2026-03-08T10:00"),
        (Unit.WORKDAYS, "2026-03-05", "2026-03-06T00:00", "2026-03-09T00:00", "2026-03-05"),
        (
            Unit.HOURS,
            "2026-03-05T10:00",
            "2026-03-05T10:00",
            "2026-03-05T11:00",
            "2026-03-05T11:00",
        ),
    ],
)
def test_a_pause_moves_the_due_time(unit, base, stopped, resumed, expected):
    assert shift_for_pause(unit, when(base), at(stopped), at(resumed), CHINA) == when(expected)


def test_what_happened_within_a_time_counts_exactly_until_it_is_over():
    week = parse_duration("1 week")
    assert not passed(week, at("2026-03-02T10:00"), at("2026-03-09T23:59"), CHINA)
    assert passed(week, at("2026-03-02T10:00"), at("2026-03-10T00:00"), CHINA)
    hour = parse_duration("1 hour")
    assert not passed(hour, at("2026-03-02T10:00"), at("2026-03-02T11:00"), CHINA)


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("key(promised_on)", "2026-03-05", "2026-03-05"),
        ("key(promised_at)", "2026-03-05T14:00", "2026-03-05T14:00"),
        ("10:00 on key(held_on)", "2026-03-05", "2026-03-05T10:00"),
        ("10:00 on key(held_on)", "2026-03-05T15:00", "2026-03-05T10:00"),
        ("2 workdays before key(held_on)", "2026-03-09", "2026-03-05"),
        ("3 days after key(x)", "2026-03-05T14:00", "2026-03-08"),
        ("2 hours before key(x)", "2026-03-05T14:00", "2026-03-05T12:00"),
        ("10:00 on 1 workday before key(x)", "2026-03-09", "2026-03-06T10:00"),
    ],
)
def test_a_key_names_the_due_time(text, value, expected):
    reference = parse_by(text)
    given_value = at(value) if "T" in value else date.fromisoformat(value)
    assert reference.resolve(given_value, CHINA) == when(expected)
    assert reference.key in text


@pytest.mark.parametrize(
    "wrong", ["promised_on", "key()", "25:00 on key(x)", "soon before key(x)", "10:00 key(x)"]
)
def test_a_malformed_reference_says_what_is_right(wrong):
    with pytest.raises(Malformed, match="write"):
        parse_by(wrong)


def test_a_reference_is_said():
    assert parse_by("2 workdays before key(held_on)").say() == "held_on 前 2 个工作日"
    assert parse_by("10:00 on key(held_on)").say() == "held_on 10:00"
    assert parse_by("10:00 on 3 days after key(x)").say("en") == "10:00 on 3 days after x"


def test_the_way_to_a_due_day_is_told():
    reasons = explain_due(parse_within("2 workdays"), at("2026-02-13T10:00"), CHINA)
    assert reasons[0].counted
    assert reasons[0].on == date(2026, 2, 14)
    assert reasons[1].say() == "春节放假"
    assert reasons[-1].on == date(2026, 2, 24)
    assert sum(reason.counted for reason in reasons) == 2
    assert explain_due(parse_within("3 days"), at("2026-02-13T10:00"), CHINA) == []


def test_times_are_said_in_both_languages():
    assert say_within(parse_within("3 workdays")) == "3 个工作日内"
    assert say_within(parse_within("1 work hour"), "en") == "within 1 work hour"
    assert say_within(parse_within("end of month"), "en") == "by the end of the month"
    assert say_due(when("2026-03-05")) == "2026-03-05（周四）"
    assert say_due(when("2026-03-05T14:05"), "en") == "2026-03-05 (Thu) 14:05"


def test_a_time_that_needs_an_unknown_year_is_an_error():
    with pytest.raises(UnknownYear):
        due(parse_within("3 workdays"), at("2026-12-30T10:00"), CHINA)
    assert due(parse_within("3 days"), at("2026-12-30T10:00"), CHINA) == when("2027-01-02")


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2024, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=COMPANY_ZONE)
)
DURATIONS = st.builds(Duration, st.integers(1, 20), st.sampled_from(Unit))


@given(MOMENTS, DURATIONS)
def test_a_due_time_lies_ahead_and_reads_back(start, duration):
    found = due(duration, start, CHINA)
    assert found.in_time(start)
    assert found.instant > start
    assert parse_within(str(duration)) == duration
    if duration.unit is not Unit.WORK_HOURS and not duration.unit.exact:
        assert found.on > start.date()


@given(MOMENTS, st.integers(1, 30), st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.WORKDAYS]))
def test_before_undoes_after_every_day(start, amount, unit):
    duration = Duration(amount, unit)
    assert before(duration, due(duration, start, EVERYDAY), EVERYDAY).on == start.date()


@given(MOMENTS, st.integers(1, 40), st.integers(0, 60 * 24 * 20), st.integers(1, 60 * 24 * 20))
def test_a_pause_keeps_the_business_time_that_was_left(start, hours, until_stop, length):
    base = due(Duration(hours, Unit.WORK_HOURS), start, CHINA)
    stopped = start + timedelta(minutes=until_stop)
    resumed = stopped + timedelta(minutes=length)
    moved = shift_for_pause(Unit.WORK_HOURS, base, stopped, resumed, CHINA)
    if base.in_time(stopped):
        left = CHINA.work_time_between(stopped, base.instant)
        assert CHINA.work_time_between(resumed, moved.instant) == left
    else:
        assert moved == base
