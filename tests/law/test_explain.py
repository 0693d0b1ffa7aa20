"""Everybody who asks “why?” is answered with the rule, its article, and the values that decided."""

from datetime import datetime
from pathlib import Path

import pytest

from xunzhang.law.calendar import CHINA, COMPANY_ZONE
from xunzhang.law.engine.engine import Engine
from xunzhang.law.explain import (
    days_of,
    explain_breach,
    explain_duty,
    explain_ruling,
    explain_sanction,
    names_in,
    near_misses,
    rules_about,
)
from xunzhang.law.explain.due import counted
from xunzhang.law.loader import PACKS, load
from xunzhang.law.memory import MemoryHistory
from xunzhang.law.rehearsal import load_rehearsal, play
from xunzhang.law.scope import Scope
from xunzhang.law.times import parse_within
from xunzhang.law.words import speaker_of

STORY = PACKS / "dealer-customer-files" / "rehearsals" / "new-car-file-in-time-and-late.yaml"
READING = PACKS / "customer-filing" / "rehearsals" / "files-read-with-approval.yaml"


@pytest.fixture(scope="module")
def played():
    rehearsal, problems = load_rehearsal(STORY)
    assert rehearsal is not None, problems
    report = play(rehearsal)
    return rehearsal, report.book, report.history


def first(history, rule):
    return next(one for one in history.duties.values() if one.rule == rule)


def test_a_duty_names_its_person_rule_article_and_facts(played):
    _, book, history = played
    found = explain_duty(first(history, "new-car-file-handover"), book, "zh", names_in(history))
    assert found.headline == "李娜的任务，期限 2026-03-05（周四），按时完成。"
    assert found.rule == "“交付新车”后，顾问须在 3 个工作日内完成“档案移交”。"
    assert (found.place.article, found.place.title) == ("3.1", "客户档案管理制度")
    assert [(one.label, one.value) for one in found.facts] == [("车辆性质", "new")]


def test_the_days_of_a_due_time_are_counted_and_skipped_with_reasons(played):
    rehearsal, book, history = played
    english = speaker_of(rehearsal.editions[0], "en")
    told = [
        day.say(english) for day in days_of(first(history, "new-car-file-handover"), book, english)
    ]
    assert told[0] == "2026-03-03 (Tue): workday, day 1"
    assert len(told) == 3


def test_a_weekend_is_told_as_not_counted(played):
    rehearsal, _, _ = played
    by = speaker_of(rehearsal.editions[0], "zh")
    days = counted(
        parse_within("2 workdays"), datetime(2026, 3, 6, 10, tzinfo=COMPANY_ZONE), CHINA, by
    )
    assert [day.say(by) for day in days] == [
        "2026-03-07（周六）：周末，不计",
        "2026-03-08（周日）：周末，不计",
        "2026-03-09（周一）：工作日，第 1 天",
        "2026-03-10（周二）：工作日，第 2 天",
    ]


def test_a_breach_and_its_sanction_name_their_articles(played):
    _, book, history = played
    breach = next(one for one in history.breaches if one.code == "late-handover")
    names = names_in(history)
    assert explain_breach(breach, book, "zh", names).headline.startswith(
        "李娜违反第3.1条，计 1，属于 "
    )
    sanction = explain_sanction(history.sanctions[0], book, "en", names)
    assert "a fine of CNY 50 proposed for 李娜" in sanction.headline
    assert sanction.place.article == "4.1"


def test_a_rule_that_nearly_applied_says_what_was_missing(played):
    rehearsal, book, history = played
    event = next(
        one
        for one in history.events
        if one.type == "vehicle.delivered" and one.get("car") == "used"
    )
    rules = rules_about(rehearsal.editions[0].rules(), event.type)
    scope = Scope.of_event(history, event, CHINA)
    assert [
        (one.rule.id, one.failed) for one in near_misses(rules, scope, "zh", book.vocabulary)
    ] == [("new-car-file-handover", ("车辆性质为 used，不满足“为 new”",))]
    assert near_misses(rules, scope, "en", book.vocabulary)[0].failed == (
        "the kind of car is used; asked for: is new",
    )


def test_a_ruling_tells_who_must_approve():
    rehearsal, _ = load_rehearsal(READING)
    assert rehearsal is not None
    report = play(rehearsal)
    ask = next(
        step
        for step in rehearsal.steps
        if step.ask is not None and step.expect and step.expect.get("ruling") == "needs_approval"
    )
    assert ask.ask is not None
    keys = {key: value for key, value in ask.ask.keys.items() if key != "action"}
    assert report.book is not None
    assert report.history is not None
    ruling = Engine(report.book, report.history).judge("file.read", ask.at, keys)
    found = explain_ruling(ruling, report.book, "zh", names_in(report.history))
    assert found.headline in ("须经审批。", "可以办理。")
    for step in found.steps:
        assert step.headline.startswith("第 1 步由")
        assert step.place.article.startswith("1、5")


POLICY = """
policy: near
title: 近
version: 1
effective: 2026-01-01
roles: [总经理]
articles:
  - no: "1"
    text: 条文
    rules:
      - id: dear
        kind: notice
        when: expense.claimed
        if: {amount: ">= 1000", customer.grade: A}
        to: [everyone]
        text: 贵
      - id: seen
        kind: notice
        when: expense.claimed
        if: {happened: {event: customer.visited, at_least: 2}}
        to: [everyone]
        text: 访
      - id: other
        kind: notice
        when: expense.claimed
        if: {any: [{amount: "> 5000"}, {customer.grade: B}]}
        to: [everyone]
        text: 或
      - {id: plain, kind: notice, when: expense.claimed, instead_of: [silent], to: [everyone], text: 常}
      - {id: silent, kind: notice, when: expense.claimed, to: [everyone], text: 静}
  - no: "2"
    text: 以后
    effective: 2027-01-01
    rules:
      - {id: later, kind: notice, when: expense.claimed, to: [everyone], text: 后}
"""


@pytest.fixture(scope="module")
def near(tmp_path_factory) -> dict[str, tuple[str, ...]]:
    folder: Path = tmp_path_factory.mktemp("near")
    (folder / "near.yaml").write_text(POLICY, encoding="utf-8")
    (folder / "story.yaml").write_text(
        """
rehearsal: story
policies: [near.yaml]
staff: [{id: li, name: 李娜}]
customers: [{id: c1, name: 恒泰, grade: C, owner: li, filed: true}]
steps:
  - {at: 2026-03-02T10:00, event: {type: customer.visited, by: li, customer: c1}}
  - {at: 2026-03-02T11:00, event: {type: expense.claimed, by: li, customer: c1, amount: 800}}
""",
        encoding="utf-8",
    )
    rehearsal, problems = load_rehearsal(folder / "story.yaml")
    assert rehearsal is not None, problems
    history = play(rehearsal).history
    edition, _ = load(POLICY, "near.yaml")
    assert edition is not None
    assert isinstance(history, MemoryHistory)
    scope = Scope.of_event(history, history.events[-1], CHINA)
    assert scope.now == datetime(2026, 3, 2, 11, tzinfo=COMPANY_ZONE)
    return {
        one.rule.id: one.failed
        for one in near_misses(edition.rules(), scope, "zh", edition.vocabulary)
    }


def test_each_failed_test_is_told_with_its_value(near):
    assert near["dear"] == ("金额为 800 元，不满足“不低于 1000 元”", "客户等级为 C，不满足“为 A”")


def test_what_did_not_happen_often_enough(near):
    assert near["seen"] == ("此前只有 1 次，不满足“同一客户此前发生过至少 2 次“拜访客户””",)


def test_alternatives_are_told_together(near):
    assert near["other"] == (
        "几项都不满足：金额为 800 元，不满足“大于 5000 元”；客户等级为 C，不满足“为 B”",
    )


def test_a_silenced_rule_and_one_not_yet_in_force(near):
    assert near["silent"] == ("由第1条的规则代替",)
    assert near["later"] == ("该条自 2027-01-01 起才施行",)
    assert "plain" not in near
