"""Rules and conditions are said as people say them, in Chinese and in English."""

import re
from pathlib import Path

import pytest

from xunzhang.law.calendar import CHINA
from xunzhang.law.kinds import AnyRule
from xunzhang.law.loader import load, load_file, product_vocabulary
from xunzhang.law.problems import Problems
from xunzhang.law.read.conditions import ConditionReader
from xunzhang.law.read.context import Context
from xunzhang.law.source import parse
from xunzhang.law.text import Edition
from xunzhang.law.words import say_condition, say_process, say_rule, say_stage, speaker_of

EVERY_KIND = Path(__file__).parent / "policies" / "every-kind.yaml"


def edition(path: Path = EVERY_KIND) -> Edition:
    found, problems = load_file(path)
    assert found is not None, [problem.say("en") for problem in problems]
    return found


SAMPLE = edition()
RULES = {rule.id: rule for rule in SAMPLE.rules()}


def headline(rule: AnyRule, lang: str = "zh") -> str:
    return say_rule(rule, lang, SAMPLE)[0].text


def rows(id_: str, lang: str = "zh") -> dict[str, str]:
    return {one.key: one.text for one in say_rule(RULES[id_], lang, SAMPLE)}


def said(condition: str, lang: str) -> str:
    problems = Problems("")
    vocabulary = product_vocabulary()
    context = Context(problems, "p", vocabulary, CHINA)
    found = ConditionReader(context, context.event_book(("expense.claimed",))).read(
        parse(condition, problems)
    )
    assert problems.found == []
    return say_condition(found, lang, vocabulary)


@pytest.mark.parametrize(
    ("condition", "zh", "en"),
    [
        (
            '{customer.grade: A, amount: ">= 1000"}',
            "客户等级为 A，且金额不低于 1000 元",
            "the customer's grade is A and the amount is at least CNY 1000",
        ),
        ("{customer.grade: [A, B]}", "客户等级为 A 或 B", "the customer's grade is A or B"),
        (
            "{amount: 100..500}",
            "金额不低于 100 元且小于 500 元",
            "the amount is at least CNY 100 and less than CNY 500",
        ),
        ("{customer: absent}", "客户未填写", "the customer is not given"),
        ("{not: {customer.filed: true}}", "客户“已备案”为否", "the customer's “filed” is no"),
        (
            '{customer.filed_on: "<= 5 years ago"}',
            "客户备案日期不晚于 5 年前",
            "the customer's “filed on” is not after 5 years ago",
        ),
        (
            "{happened: {event: customer.visited, within: 3 months, at_least: 2}}",
            "同一客户最近 3 个月内发生过至少 2 次“拜访客户”",
            "“Customer visited” has happened at least 2 times for the same customer in the last 3 months",
        ),
        (
            "{not: {happened: {event: customer.visited}}}",
            "同一客户此前没有发生过“拜访客户”",
            "“Customer visited” has not happened for the same customer",
        ),
        (
            '{any: [{customer.grade: A}, {amount: "< 5", by.roles: 总经理}]}',
            "客户等级为 A，或（金额小于 5 元，且经办人的角色包含总经理）",
            (
                "the customer's grade is A or (the amount is less than CNY 5 and "
                "the person concerned's roles include 总经理)"
            ),
        ),
    ],
)
def test_a_condition_is_a_sentence(condition, zh, en):
    assert said(condition, "zh") == zh
    assert said(condition, "en") == en


def test_the_sample_holds_every_kind():
    assert len({type(rule) for rule in SAMPLE.rules()}) == 20


@pytest.mark.parametrize(
    ("id_", "zh", "en"),
    [
        (
            "report",
            "“研讨会举行”后，主办人须在 3 个工作日内完成“研讨会小结”。",
            "After “Seminar held”, the host must complete “Seminar reported” within 3 workdays.",
        ),
        (
            "prepare",
            "“研讨会举行”后，主办人所在部门的负责人须不晚于举行日期前 2 个工作日完成“研讨会小结”。",
            (
                "After “Seminar held”, the department head of the host must complete “Seminar reported” "
                "by 2 workdays before “held on”."
            ),
        ),
        (
            "monthly",
            "“研讨会举行”后，销售经理、总经理须不晚于下月 25 日完成“研讨会小结”。",
            (
                "After “Seminar held”, the 销售经理 and the 总经理 must complete “Seminar reported” "
                "by the 25th of the next month."
            ),
        ),
        (
            "visits",
            "每位符合条件的客户每季度至少 2 次“拜访客户”，由客户负责人负责。",
            (
                "Each customer concerned gets “Customer visited” at least 2 times every quarter; "
                "the customer's owner answers for it."
            ),
        ),
        (
            "yearly",
            "每位销售顾问每月须完成“研讨会小结”。",
            "Every month, each 销售顾问 must complete “Seminar reported”.",
        ),
        (
            "followed",
            "每月的“研讨会举行”中，至少 80% 须在 5 个工作日内完成“研讨会小结”。",
            "Of “Seminar held” every month, at least 80% must be followed by “Seminar reported” within 5 workdays.",
        ),
        (
            "waste",
            "“研讨会举行”属于违规，责任人为经办人。",
            "“Seminar held” is a breach by the person who recorded it.",
        ),
        (
            "not-idle",
            "“举办研讨会”须人数不低于 3，或申请人的角色包含总经理，否则不予办理。",
            "“Open a seminar” is refused unless the guests is at least 3 or the asker's roles include 总经理.",
        ),
        (
            "most",
            "“举办研讨会”的费用不超过 500 元 × 人数。",
            "“Open a seminar”: the fee is at most CNY 500 × the guests.",
        ),
        (
            "papers",
            "“研讨会举行”时，研讨会档案须备齐 1 项材料。",
            "At “Seminar held”, the seminar file must hold 1 item.",
        ),
        (
            "enough",
            "每月“研讨会举行”次数应不低于 2。",
            "Every month the number of “Seminar held” should be at least 2.",
        ),
        (
            "fines",
            "违反第1.1条的，拟罚款 50 元（按接待人计）。",
            "For a breach of article 1.1, a fine of CNY 50 for each host is proposed.",
        ),
        (
            "points",
            "“研讨会举行”，主办人得 100 分（费用每满 1000 元）。",
            "For “Seminar held”, the host gets 100 points for every whole CNY 1000 of the fee.",
        ),
        (
            "back",
            "客户连续 90 天没有“拜访客户”的，转给公海。",
            "A customer without “Customer visited” for 90 days goes to the pool.",
        ),
        ("manned", "销售经理不得空缺。", "The post of 销售经理 must be filled."),
    ],
)
def test_a_rule_begins_with_one_sentence(id_, zh, en):
    assert headline(RULES[id_]) == zh
    assert headline(RULES[id_], "en") == en


def test_a_duty_tells_its_due_time_reminder_and_escalation():
    card = rows("report")
    assert card["if"] == "费用不低于 1000 元"
    assert card["due"] == "3 个工作日内"
    assert card["remind"] == "到期前 1 个工作日"
    assert card["escalate"] == "逾期 1 个工作日后告知主办人的上级"
    assert (
        rows("report", "en")["escalate"]
        == "the manager of the host is told 1 workday after it was due"
    )


def test_an_approval_table_tells_each_row():
    card = [one.text for one in say_rule(RULES["consent"], "zh", SAMPLE) if one.key == "steps"]
    assert card == [
        "费用小于 1000 元：不须审批",
        "费用不低于 1000 元且小于 5000 元：申请人的上级",
        "销售经理或总经理（任一人）",
    ]


def test_a_term_is_told_by_its_name():
    assert rows("visits")["for"] == "客户属于“服务不到位”"
    assert rows("visits", "en")["for"] == "the customer counts as “poorly served”"


def test_a_ladder_of_sanctions_is_told_in_turn():
    assert rows("ladder")["sanction"] == "依次批评教育 → 书面警告 → 罚款 100 元"
    assert rows("ladder")["repeat"] == "同一年内累计"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_card_shows_the_language_of_the_engine(lang):
    cards_are_words(edition(EVERY_KIND), lang)


def cards_are_words(whole: Edition, lang: str) -> None:
    """Every card of a policy is made of words that people read."""
    by = speaker_of(whole, lang)
    texts = [one.text for rule in whole.rules() for one in say_rule(rule, lang, whole)]
    for process in whole.processes.values():
        texts += [one.text for one in say_process(process, by)]
        texts += [one.text for stage in process.stages for one in say_stage(stage, process, by)]
    assert texts
    for text in texts:
        assert not re.search(r"role:|key\(|event\.|>=|<=|!=", text), text
        assert "  " not in text


def test_every_chinese_policy_can_be_said_without_english_names():
    text = EVERY_KIND.read_text(encoding="utf-8").replace(", en: Host", "").replace(", en: Fee", "")
    found, _ = load(text, "x")
    assert found is not None
    assert headline(next(rule for rule in found.rules() if rule.id == "waste"), "en").startswith(
        "“Seminar held”"
    )
