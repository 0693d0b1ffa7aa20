"""Two policies in force together: what opens twice, what contradicts, and what settles it."""

from itertools import combinations

import pytest

from xunzhang.law.lint.together import discords
from xunzhang.law.loader import load, pack_codes
from xunzhang.law.rehearsal.play import play
from xunzhang.law.rehearsal.reading import load_rehearsal
from xunzhang.law.shelf import pack
from xunzhang.law.text import Edition

HEAD = """\
policy: {code}
title: {{zh: 制度{code}, en: Policy {code}}}
version: 1
effective: 2026-01-01
roles: [客服, 经理]
{more}
articles:
  - no: "3"
    text: 条文
    rules:
"""
VISIT = "{id: report, kind: duty, when: customer.visited, who: owner, do: customer.contacted, within: 2 workdays}"
EVENTS = "events: [{type: talk.held, name: 交谈, keys: {%s}}]"
FORM = "forms: [{code: sheet, title: 表, about: none, event: sheet.filed, fields: [{key: a, label: 甲, type: text}]}]"
PROCESS = (
    "processes: [{code: %s, title: 流程, case: enquiry, starts: {when: talk.held, if: {case: present}},"
    " stages: [{code: a, title: 甲}]}]"
)


def policy(code: str, *rules: str, more: str = "") -> Edition:
    text = HEAD.format(code=code, more=more) + "".join(f"      - {rule}\n" for rule in rules)
    edition, problems = load(text, code)
    assert edition is not None, [one.en for one in problems]
    return edition


def found(one: Edition, two: Edition) -> list[str]:
    return [each.code for each in discords([one, two])]


def test_one_duty_of_two_policies_is_told_with_its_way_out():
    (discord,) = discords([policy("a", VISIT), policy("b", VISIT)])
    assert discord.code == "double"
    assert discord.say() == (
        "《制度b》第3条（report）与《制度a》第3条（report）：同一件事由同一人做，却开出两次待办；应在“report”写 "
        "instead_of: [a/report]，或在 b 写 prevails_over: [a]，或用 replaces 取代另一份，或把 if 分开"
    )
    assert "the same duty opens twice for the same people" in discord.say("en")


@pytest.mark.parametrize(
    ("rule", "more"),
    [
        (VISIT.replace("owner", "by"), ""),
        (VISIT.replace("customer.contacted", "customer.filed"), ""),
        (VISIT.replace("within", "where: {purpose: 投诉}, within"), ""),
        (VISIT.replace("within", "instead_of: [a/report], within"), ""),
        (VISIT, "prevails_over: [a]"),
        (VISIT, "replaces: [a]"),
        (VISIT.replace("within", "if: {customer.grade: B}, within"), ""),
        (VISIT.replace("within", "for: {grade: B}, within"), ""),
    ],
)
def test_what_is_apart_or_settled_is_not_told(rule: str, more: str):
    first = VISIT.replace(
        "within", "where: {purpose: 拜访}, if: {customer.grade: A}, for: {grade: A}, within"
    )
    events = "events: [{type: customer.contacted, name: 联系, keys: {purpose: text}}]"
    one = policy("a", first if "purpose" in rule or "grade" in rule else VISIT, more=events)
    two = policy("b", rule, more=f"{events}\n{more}")
    assert found(one, two) == []


@pytest.mark.parametrize(
    ("one", "two", "code"),
    [
        (VISIT, VISIT.replace("2 workdays", "5 days"), "double"),
        (
            VISIT.replace("owner", "each role:客服"),
            VISIT.replace("owner", "[role:客服, by]"),
            "double",
        ),
        (VISIT.replace("owner", "everyone"), VISIT.replace("owner", "head of by"), "double"),
        (
            "{id: c, kind: cadence, for: {grade: A}, do: customer.visited, every: month, who: owner}",
            "{id: d, kind: cadence, for: {grade: [A, B]}, do: customer.visited, every: quarter, who: owner}",
            "double",
        ),
        (
            "{id: r, kind: recurring, who: manager of owner, do: customer.contacted, every: month}",
            "{id: s, kind: recurring, who: manager of owner, do: customer.contacted, every: month}",
            None,
        ),
        (
            "{id: r, kind: recurring, who: role:经理, do: customer.contacted, every: month}",
            "{id: s, kind: recurring, who: role:经理 except role:客服, do: customer.contacted, every: month}",
            "double",
        ),
        (
            "{id: b, kind: breach, when: customer.visited, who: by, breach: lied}",
            "{id: b2, kind: breach, when: customer.visited, who: by, breach: lied}",
            "double",
        ),
        (
            "{id: g, kind: gate, action: file.read, only_if: {customer.grade: A}}",
            "{id: h, kind: gate, action: file.read, only_if: {customer.grade: B}}",
            "contradiction",
        ),
        (
            "{id: k, kind: grade, of: customer.visited, key: level, name: 级, classes: {高: always}}",
            "{id: l, kind: grade, of: customer.visited, key: level, name: 级, classes: {高: always}}",
            "grade-twice",
        ),
    ],
)
def test_rules_that_do_one_thing_twice_or_differently(one: str, two: str, code: str | None):
    if code is None:
        one = two = one.replace("manager of owner", "[{if: always, is: in 销售部}]")
        code = "double"
    assert found(policy("a", one), policy("b", two)) == [code]


def test_names_given_to_different_things():
    one = policy("a", VISIT, more=EVENTS % "length: integer" + "\n" + FORM)
    two = policy(
        "b",
        "{id: x, kind: guide, at: file.read, text: 看}",
        more=EVENTS % "length: text" + "\n" + FORM,
    )
    assert sorted(found(one, two)) == ["same-code", "two-types"]
    assert all(each.say("en") and each.say() for each in discords([one, two]))


@pytest.mark.parametrize(("code", "told"), [("two", "contradiction"), ("one", "same-code")])
def test_one_event_that_starts_a_process_in_each(code: str, told: str):
    events = EVENTS % "x: text"
    one = policy("a", VISIT, more=f"{events}\n{PROCESS % 'one'}")
    two = policy("b", VISIT.replace("owner", "by"), more=f"{events}\n{PROCESS % code}")
    assert found(one, two) == [told]


def test_only_what_concerns_the_policies_asked_for():
    three = [policy(code, VISIT) for code in "abc"]
    assert len(discords(three)) == 3
    assert {each.two.edition.policy for each in discords(three, {"c"})} == {"c"}


def test_shipped_policies_compare_without_failing():
    editions = [one for code in pack_codes()[:8] if (one := pack(code)) is not None]
    for one, two in combinations(editions, 2):
        for discord in discords([one, two]):
            assert discord.say() != discord.say("en")


def test_a_policy_and_its_copy_open_each_duty_once():
    one, two = pack("base-reception"), pack("base-reception-copy")
    assert one is not None
    assert two is not None
    assert "base-reception" in (*two.prevails_over, *two.replaces)
    assert [each.say("en") for each in discords([one, two]) if each.code == "double"] == []


def test_of_two_that_prevail_over_one_another_each_duty_opens_once(tmp_path):
    (tmp_path / "a.yaml").write_text(HEAD.format(code="a", more="") + f"      - {VISIT}\n", "utf-8")
    (tmp_path / "b.yaml").write_text(
        HEAD.format(code="b", more="prevails_over: [a]") + f"      - {VISIT}\n", "utf-8"
    )
    story = tmp_path / "story.yaml"
    story.write_text(
        """\
rehearsal: 两份制度一起施行
policies: [a.yaml, b.yaml]
staff: [{id: li, name: 李娜, department: 销售部}]
customers: [{id: c1, name: 恒泰, owner: li, filed: true}]
steps:
  - at: 2026-03-02T10:00
    event: {type: customer.visited, by: li, customer: c1}
    expect: {duties: [{policy: b, rule: report, who: li}], only: [duties]}
""",
        "utf-8",
    )
    rehearsal, problems = load_rehearsal(story)
    assert rehearsal is not None, problems
    assert play(rehearsal).failures == []
