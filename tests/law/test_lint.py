"""`xunzhang check` doubts what a policy officer would want to look at again."""

from decimal import Decimal

import pytest

from xunzhang.law.lint import lint, lint_source
from xunzhang.law.lint.numerals import number
from xunzhang.law.lint.phrases import phrases
from xunzhang.law.loader import draft_node, load
from xunzhang.law.problems import Problem, Problems
from xunzhang.law.source import parse

HEAD = """
policy: draft
title: 草案
version: 1
effective: 2026-01-01
roles: [总经理, 销售经理]
approver: role:总经理
"""
USED = "      - {id: role-used, kind: approval, action: file.read, by: [role:销售经理]}\n"


def doubts(articles: str, more: str = "") -> list[Problem]:
    text = HEAD + more + "articles:\n" + articles
    edition, problems = load(text, "draft.yaml")
    assert edition is not None, [problem.say("en") for problem in problems]
    return lint_source(edition, text, "draft.yaml")


def codes(articles: str, more: str = "") -> set[str]:
    return {one.code for one in doubts(articles, more)}


def article(text: str, *rules: str, extra: str = "") -> str:
    listed = "".join(f"      - {rule}\n" for rule in rules)
    return f'  - no: "1"\n    text: {text}\n{extra}    rules:\n{USED}{listed}'


DUTY = "{{id: {0}, kind: duty, when: customer.contacted, who: by, do: customer.visited, within: {1}{2}}}"
GATE = "{{id: {0}, kind: gate, action: order.place, {1}}}"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("三", 3),
        ("十五", 15),
        ("二十", 20),
        ("一千二百", 1200),
        ("3万", 30_000),
        ("两", 2),
        ("1,000", 1000),
        ("一百零五", 105),
    ],
)
def test_numbers_are_read_as_people_write_them(words, value):
    assert number(words) == value


def test_deadlines_limits_and_vague_times_are_found():
    text = "三个工作日内上报，招待费不得超过500元，每月及时总结。"
    found = [(one.kind, one.words, one.amount) for one in phrases(text)]
    assert found == [
        ("deadline", "三个工作日内", Decimal(3)),
        ("limit", "不得超过500", Decimal(500)),
        ("period", "每月", None),
        ("vague", "及时", None),
    ]


def test_a_deadline_that_no_rule_carries_is_doubted():
    found = doubts(article("五个工作日内拜访客户。", DUTY.format("visit", "3 workdays", "")))
    assert [one.code for one in found] == ["unheard-limit"]
    assert (found[0].file, found[0].line, found[0].column) == ("draft.yaml", 9, 5)
    assert "五个工作日内" in found[0].zh
    assert "write a rule" in found[0].en
    assert found[0].warning


@pytest.mark.parametrize("within", ["5 workdays"])
def test_a_deadline_that_a_rule_carries_is_not_doubted(within):
    assert codes(article("五个工作日内拜访客户。", DUTY.format("visit", within, ""))) == set()


def test_a_vague_time_needs_a_rule_with_a_time_or_a_note():
    assert codes(article("应及时拜访客户。")) == {"vague-time"}
    assert codes(article("应及时拜访客户。", DUTY.format("visit", "2 days", ""))) == set()
    assert codes(article("应及时拜访客户。", extra="    note: 由经理掌握\n")) == set()
    assert codes(article("未及时拜访的，予以批评。")) == set()


def test_two_due_times_for_one_thing_contradict_each_other():
    found = doubts(
        article("拜访客户。", DUTY.format("one", "3 days", ""), DUTY.format("two", "5 days", ""))
    )
    assert [one.code for one in found] == ["contradiction"]
    assert "“two”" in found[0].zh
    assert found[0].line == 14


@pytest.mark.parametrize(
    "conditions",
    [
        ("{customer.grade: A}", "{customer.grade: B}"),
        ('{customer.grade: "!= A"}', "{customer.grade: A}"),
        ("{customer: absent}", "{customer: present}"),
    ],
)
def test_rules_for_different_cases_do_not_contradict(conditions):
    one, two = (
        DUTY.format(name, days, f", if: {condition}")
        for name, days, condition in zip(
            ("one", "two"), ("3 days", "5 days"), conditions, strict=True
        )
    )
    assert codes(article("拜访客户。", one, two)) == set()


def test_what_one_gate_lets_pass_and_another_refuses_is_a_contradiction():
    both = (
        GATE.format("one", "only_if: {customer.grade: A}"),
        GATE.format("two", "refuse_if: {customer.grade: [A, B]}"),
    )
    assert codes(article("下单。", *both)) == {"contradiction"}
    never = (
        GATE.format("one", "only_if: {customer.grade: A}"),
        GATE.format("two", "only_if: {customer.grade: B}"),
    )
    assert codes(article("下单。", *never)) == {"contradiction"}
    fine = (
        GATE.format("one", "only_if: {customer.grade: A}"),
        GATE.format("two", "refuse_if: {customer.grade: B}"),
    )
    assert codes(article("下单。", *fine)) == set()


def grade(classes: str) -> str:
    return (
        "{id: class, kind: grade, of: customer, name: 评级, classes: "
        + classes
        + ", indicators: [{key: visits, weight: 1, bands: [[5, 100], [1, 60]]}]}"
    )


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        ('{A: ">= 85", B: "60..85", C: "< 60"}', set()),
        ('{A: ">= 85", B: ">= 60", C: "< 60"}', set()),
        ('{A: ">= 85", B: "60..80", C: "< 60"}', {"gap"}),
        ('{A: ">= 85", B: "60..90", C: "< 60"}', {"overlap"}),
        ('{A: "> 85", B: "60..85", C: "< 60"}', {"gap"}),
        ('{A: ">= 60", B: ">= 85", C: "< 60"}', {"never-reached"}),
        ('{A: ">= 85", B: "60..85"}', {"gap"}),
    ],
)
def test_the_classes_of_a_grade_must_meet(classes, expected):
    assert codes(article("客户评级。", grade(classes))) == expected


def test_an_approval_table_with_a_hole_is_doubted():
    def table(*bounds: str) -> str:
        rows = ", ".join(f'{{if: {{amount: "{bound}"}}, by: [role:总经理]}}' for bound in bounds)
        return f"{{id: table, kind: approval, action: expense.claim, table: [{rows}]}}"

    found = doubts(article("审批。", table("1000..5000", "> 5000")))
    assert [one.code for one in found] == ["gap"]
    assert "5000" in found[0].en
    assert codes(article("审批。", table("1000..5000", ">= 5000"))) == set()


def test_a_breach_that_nothing_follows_is_doubted():
    duty = DUTY.format("visit", "2 days", ", breach: visit-late")
    assert codes(article("拜访。", duty)) == {"unanswered-breach"}
    assert (
        codes(article("拜访。", duty, "{id: fine, kind: sanction, breach: visit-late, fine: 50}"))
        == set()
    )
    notice = "{id: tell, kind: notice, when: breach.raised, if: {code: visit-late}, to: [role:总经理], text: 迟了}"
    assert codes(article("拜访。", duty, notice)) == set()


def test_a_role_that_nothing_names_is_doubted_where_it_stands():
    found = doubts('  - {no: "1", text: 总则。}\n')
    assert [(one.code, one.line, one.column) for one in found] == [("idle-role", 6, 14)]


def test_open_idle_and_empty_settings_are_listed():
    settings = """settings:
  days: {value: 3 days, stated: false, why: 原文未写}
  never: {value: 5}
  later: {value: null}
"""
    text = article("拜访。", DUTY.format("visit", "$days", ""), DUTY.format("again", "$later", ""))
    found = {one.code: one for one in doubts(text, settings)}
    assert set(found) == {"open-decision", "idle-setting", "at-rest"}
    assert found["open-decision"].line == 9
    assert "again" in found["at-rest"].en


@pytest.mark.parametrize(
    ("words", "kind", "amount"),
    [
        ("招待费上限为500元", "limit", 500),
        ("费用最高300元", "limit", 300),
        ("5000元以上的须审批", "limit", 5000),
        ("500元以内由经理审批", "limit", 500),
        ("半年一次走访", "period", None),
        ("一年两次走访", "period", None),
        ("投诉当日回复客户", "deadline", None),
        ("次日上报", "deadline", None),
        ("月底前报送", "deadline", None),
        ("半年内回访", "deadline", 6),
        ("限三天整改", "deadline", 3),
        ("半小时内到场", "deadline", 30),
    ],
)
def test_limits_and_deadlines_are_found_in_the_words_that_people_use(words, kind, amount):
    assert (kind, amount) in [(one.kind, one.amount) for one in phrases(words)]


@pytest.mark.parametrize("words", ["当日值班人员名单", "以上人员", "客户等级在A级以上", "共100%"])
def test_words_that_set_nothing_are_left_alone(words):
    assert phrases(words) == []


def test_whos_by_amount_and_classes_of_events_must_meet_too():
    whos = (
        "{id: who, kind: duty, when: expense.claimed, do: customer.visited, who: "
        "[{if: {amount: '< 100'}, is: role:销售经理}, {if: {amount: '200..500'}, is: role:总经理}]}"
    )
    assert codes(article("走访。", whos)) == {"gap"}
    classes = (
        "{id: size, kind: grade, of: expense.claimed, key: size, "
        "classes: {大: {amount: '>= 50'}, 小: {amount: '10..60'}}}"
    )
    assert codes(article("分级。", classes)) == {"overlap"}
    twice = (
        "{id: twice, kind: grade, of: customer, name: 评级, classes: {A: '> 1', B: '<= 1'}, "
        "indicators: [{key: visits, weight: 1, bands: [[60, 1], [60, 2]]}]}"
    )
    assert codes(article("评级。", twice)) == {"overlap"}


def test_what_stands_in_a_file_with_errors_is_doubted_as_far_as_it_can_be_read():
    text = HEAD + (
        "articles:\n"
        '  - no: "1"\n    text: 三日内拜访。\n    rules:\n'
        "      - {id: a, kind: dutty, when: customer.contacted, who: role:销售经理, breach: late}\n"
        "      - {id: b, kind: sanction, breach: late, fine: 5}\n"
        '  - no: "2"\n    text: 五日内拜访。\n    rules:\n'
        "      - {id: c, kind: duty, when: customer.contacted, who: by, do: customer.visited, "
        "within: 4 days, breach: never}\n"
    )
    problems = Problems("draft.yaml")
    root = parse(text, problems)
    assert root is not None
    draft = draft_node(root, problems)
    assert draft is not None
    found = lint(draft, "draft.yaml", root, problems.found)
    assert [one.code for one in problems.found] == ["unknown-kind"]
    assert [(one.code, one.line) for one in found] == [
        ("unheard-limit", 14),
        ("unanswered-breach", 17),
    ]
