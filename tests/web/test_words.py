"""Moments, articles and amounts in the words of a page."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils.translation import override

from xunzhang.web.citations import chinese_number, chip_of, say_article
from xunzhang.web.words import say_due


@pytest.mark.parametrize(
    ("distance", "words", "urgency"),
    [
        (timedelta(days=-3), "逾期 3 天", "late"),
        (timedelta(hours=-2), "逾期 2 小时", "late"),
        (timedelta(seconds=-5), "逾期 1 分钟", "late"),
        (timedelta(minutes=30), "还有 30 分钟", "today"),
        (timedelta(hours=6), "还有 6 小时", "today"),
        (timedelta(hours=13), "明天", "soon"),
        (timedelta(days=2), "还有 2 天", "soon"),
        (timedelta(days=20), "还有 20 天", "later"),
    ],
)
def test_a_due_moment_is_told_by_its_distance(noon: datetime, distance, words, urgency):
    said = say_due(noon + distance, at=noon)
    assert (said.distance, said.urgency) == (words, urgency)


def test_a_due_moment_carries_its_weekday(noon: datetime):
    assert say_due(noon, at=noon).moment == "2026-03-11 12:00 周三"
    with override("en"):
        assert say_due(noon, at=noon).moment == "2026-03-11 12:00 Wed"


def test_a_day_is_due_until_it_has_passed(noon: datetime):
    assert say_due(date(2026, 3, 11), at=noon).urgency == "today"
    assert say_due(date(2026, 3, 10), at=noon).distance == "逾期 1 天"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1003, "一千零三"),
    ],
)
def test_numbers_in_chinese(number, said):
    assert chinese_number(number) == said


def test_an_article_is_told_as_the_document_writes_it():
    assert say_article("12") == "第十二条"
    assert say_article("3.2") == "第 3.2 条"
    assert say_article("附则") == "附则"
    with override("en"):
        assert say_article("12") == "Article 12"


def test_a_chip_is_made_of_an_object_or_a_mapping():
    because = {"article": "12", "policy": "B07", "rule": "visit"}
    assert chip_of(because) == chip_of(SimpleNamespace(**because))


def test_a_chip_hides_nothing_and_lets_nothing_through(noon: datetime):
    page = Template("{% load xz %}{% citation because words %}{% tag words %}{% person words %}")
    html = page.render(Context({"because": {"article": "<i>"}, "words": "<script>", "at": noon}))
    assert "<script>" not in html
    assert "<i>" not in html
