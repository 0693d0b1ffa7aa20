"""What is wrong with a policy is said all at once, each thing with its line, its column and what would be right."""

from __future__ import annotations

import pytest

from xunzhang.law.loader import load
from xunzhang.law.problems import Problem

HEAD = """\
policy: writing
title: 试写的制度
version: 1
effective: 2026-01-01
roles: [销售经理, 档案员]
settings:
  gap: {value: 3 workdays, stated: false, why: 公司定}
  unset: {value: null, stated: false, why: 未定}
articles:
  - no: "1"
    text: 一条规定。
    rules:
"""
DUTY = "kind: duty, when: customer.visited, who: by, do: customer.contacted"
RECURRING = "kind: recurring, who: role:档案员, do: customer.visited"
PROMOTION = (
    "kind: promotion, from: 档案员, to: 销售经理, metric: count customer.visited, at_least: 1"
)
CADENCE = "kind: cadence, for: {grade: A}, do: customer.visited, who: owner, breach: x"


def problems_of(text: str) -> list[Problem]:
    """Everything that is an error in a policy."""
    return [one for one in load(text, "policy.yaml")[1] if not one.warning]


def rule(parts: str, id_: str = "one") -> str:
    """A policy of one rule on one line."""
    return f"{HEAD}      - {{id: {id_}, {parts}}}\n"


def place(text: str, needle: str) -> tuple[int, int]:
    """Line and column of a word, the last where it stands more than once."""
    before = text[: text.rindex(needle)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


@pytest.mark.parametrize(
    ("parts", "needle", "hint"),
    [
        (f"{DUTY}, within: 3 workdas", "3 workdas", "workdays"),
        (f"{DUTY}, within: 0 days", "0 days", "1 day"),
        (f"{DUTY}, within: 1.5 hours", "1.5 hours", ""),
        (f"{DUTY}, within: end of fortnight", "end of fortnight", "end of month"),
        (f"{DUTY}, within: $gpa", "$gpa", "gap"),
        (f"{DUTY}, within: 1 day, opens: later", "later", "3 workdays"),
        (f"{DUTY}, within: 1 day, again: twice", "twice", "3 workdays"),
        (f"{DUTY}, within: 1 day, remind: [1 day before, 2 days]", "2 days]", "1 workday before"),
        (f"{DUTY}, within: 1 day, escalate: {{after: soon, to: by}}", "soon", "3 workdays"),
        (f"{DUTY}, by: 32nd", "32nd", "25th"),
        (f"{DUTY}, by: 25th, of: next fortnight", "next fortnight", "month"),
        (f"{DUTY}, by: key(promissed)", "key(promissed)", ""),
        (f"{DUTY}, within: 1 day, from: key(vist)", "key(vist)", "visit"),
        (f"{DUTY}, within: 1 day, match: [custmer]", "custmer", "customer"),
        (f"{DUTY}, within: 1 day, evidence: [sumary]", "sumary", "summary"),
        (f"{DUTY}, within: 1 day, count: vist", "vist}", "visit"),
        (f"{DUTY}, within: 1 day, cancelled_by: customer.lst", "customer.lst", "customer.lost"),
        (f"{DUTY}, wihtin: 1 day", "wihtin", "within"),
        (
            f"{DUTY.replace('who: by', 'who: role:销售经里')}, within: 1 day",
            "role:销售经里",
            "销售经理",
        ),
        (
            f"{DUTY.replace('who: by', 'who: event.vistors')}, within: 1 day",
            "event.vistors",
            "visitors",
        ),
        (
            f"{DUTY.replace('who: by', 'who: 销售经理')}, within: 1 day",
            "销售经理,",
            "role:销售经理",
        ),
        (
            f"{DUTY.replace('who: by', 'who: [by, manager of bosses]')}, within: 1 day",
            "manager of bosses",
            "everyone",
        ),
        (
            f"{DUTY.replace('contacted', 'contactd')}, within: 1 day",
            "customer.contactd",
            "customer.contacted",
        ),
        (f"{CADENCE}, every: fortnight", "fortnight", "week"),
        (f"{CADENCE}, every: month, by: lastday", "lastday", "last workday"),
        (f"{CADENCE.replace('grade', 'grde')}, every: month", "grde", "grade"),
        (f"{CADENCE}, every: 30 days, at_least: 2", "at_least", "at_least 1"),
        (f"{RECURRING}, every: [03-32]", "[03-32]", "03-15"),
        (f"{RECURRING}, every: moth", "moth", "month"),
        (f"{RECURRING}, every: month, by: 20th..", "20th..", "20th..25th"),
        (f"{RECURRING}, every: month, shift: later", "later", "after"),
        (f"{RECURRING}, every: month, done_by: event.vistors", "event.vistors", "visitors"),
        (
            "kind: quota, of: customer.visited, every: month, share: 120%, do: customer.contacted, who: by",
            "120%",
            "80%",
        ),
        (
            "kind: quota, of: customer.vistd, every: month, share: 80%, do: customer.contacted, who: by",
            "customer.vistd",
            "customer.visited",
        ),
        ("kind: post, role: 档案圆, who: by, breach: x", "档案圆", "档案员"),
        (
            f"{PROMOTION.replace('to: 销售经理', 'to: 销售经里')}, consecutive: 3 months",
            "销售经里",
            "销售经理",
        ),
        (f"{PROMOTION}, consecutive: 3 moths", "3 moths", "month"),
        (
            "kind: target, metric: count customer.vistd, every: month, at_least: 1, breach: x",
            "count customer.vistd",
            "customer.visited",
        ),
        (
            "kind: reclaim, without: [customer.contactd], within: 30 days, to: pool",
            "customer.contactd",
            "customer.contacted",
        ),
        (
            "kind: allocation, when: customer.filed, among: role:档案员, method: equall",
            "equall",
            "equal",
        ),
        (
            "kind: notice, when: customer.filed, to: [role:档案圆], text: 请阅",
            "role:档案圆",
            "档案员",
        ),
        ("kind: set, when: customer.filed, customer: {grde: A}", "grde", "grade"),
        ("kind: duti, when: customer.filed", "duti", "duty"),
        (f"{DUTY}, within: 1 day, instead_of: [tow]", "tow", "one"),
    ],
)
def test_a_slip_is_found_where_it_stands(parts: str, needle: str, hint: str) -> None:
    text = rule(parts)
    found = problems_of(text)
    assert [(one.line, one.column) for one in found] == [place(text, needle)], [
        one.say("en") for one in found
    ]
    assert hint in found[0].say("en")


def test_a_rule_id_used_twice_is_an_error_at_the_second_place() -> None:
    text = f"{rule(DUTY)}      - {{id: one, {RECURRING}, every: month}}\n"
    (found,) = problems_of(text)
    assert (found.code, found.line) == ("duplicate-id", text.count("\n"))


def test_a_key_used_twice_is_an_error_at_the_second_place() -> None:
    text = rule(f"{DUTY}, within: 1 day, within: 2 days")
    assert (problems_of(text)[0].line, problems_of(text)[0].column) == place(text, "within")


def test_a_setting_left_open_is_no_error() -> None:
    edition, found = load(rule(f"{DUTY}, within: $unset"), "policy.yaml")
    assert edition is not None
    assert not [one for one in found if not one.warning]


def test_all_problems_are_said_at_once_in_the_order_of_the_file() -> None:
    text = HEAD + "".join(
        f"      - {{id: r{n}, {parts}}}\n"
        for n, parts in enumerate(
            [
                f"{DUTY}, within: 3 workdas",
                f"{RECURRING}, every: moth",
                f"{CADENCE}, every: month, by: lastday",
                DUTY.replace("who: by", "who: role:销售经里"),
                "kind: duti",
            ]
        )
    )
    first = HEAD.count("\n") + 1
    assert [one.line for one in problems_of(text)] == [
        first,
        first + 1,
        first + 2,
        first + 3,
        first + 4,
    ]


def test_wrong_dates_of_the_policy_and_its_articles_are_named() -> None:
    text = rule(f"{DUTY}, within: 1 day").replace("2026-01-01", "2026-13-01")
    text = text.replace('  - no: "1"\n', '  - no: "1"\n    effective: soon\n')
    assert [one.line for one in problems_of(text)] == [
        place(text, "2026-13-01")[0],
        place(text, "soon")[0],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "just words",
        "- a\n- list",
        "policy: [",
        "policy: x\npolicy: y",
        "a: &x {b: 1}\nc: *x",
    ],
)
def test_what_is_no_policy_is_refused_without_a_crash(text: str) -> None:
    edition, found = load(text, "policy.yaml")
    assert edition is None
    assert found
