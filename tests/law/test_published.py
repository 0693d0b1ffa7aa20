"""A policy as paper, in ten lines, by whom it is needed, and with other values in its text."""

from datetime import date
from decimal import Decimal

import pytest

from xunzhang.law.amend.revise import NoSuchPlace, read_value, revised, setting, written_as
from xunzhang.law.facts import Department, Directory, Staff
from xunzhang.law.loader import PACKS, load, load_file
from xunzhang.law.needs import departments, missing_departments, vacant_roles
from xunzhang.law.problems import Problems
from xunzhang.law.published import document, empty_form, page
from xunzhang.law.read.uses import Use, uses
from xunzhang.law.shelf import heads, pack, pack_read
from xunzhang.law.source import parse, plain
from xunzhang.law.text import Edition
from xunzhang.law.words import speaker, speaker_of
from xunzhang.law.words.digest import MOST, digest
from xunzhang.law.words.values import say_value, shape_of

TEXT = """\
policy: small
title: {zh: "小<制度>", en: Small}
issuer: 客服部
approver: role:经理
version: 1 # as printed
effective: 2026-01-01
roles: [经理, 客服]
settings:
  soon: {value: 3 workdays, stated: false, why: 原文只写及时}
  often: month
  open: {value: null, stated: false, why: 未写}
  bands:
    value:
      - 1
      - 2
    stated: false
    why: |
      两档
  empty:
    value:
    why: 空
forms:
  - code: sheet
    title: 登记表
    about: customer
    event: sheet.filed
    sign: [by, role:经理]
    copies: [客户, 存档]
    article: "1"
    fields:
      - {key: day, label: 日期, type: date, required: true}
      - {key: sum, label: 金额, type: money}
      - {key: agreed, label: 同意, type: boolean}
      - {key: way, label: 方式, type: choice, choices: [上门, 电话]}
      - {key: note, type: long}
      - {key: people, label: 人员, type: table, columns: [{key: name, label: 姓名, type: text}]}
  - {code: slip, title: 便条, about: none, event: slip.filed, copies: 2, fields: [{key: a, label: 甲, type: text}]}
processes:
  - code: flow
    title: 办理
    case: enquiry
    stages:
      - {code: a, title: 受理, who: role:客服, within: $soon, forms: [sheet], article: 第二条}
      - {code: b, title: 办结}
chapters:
  - title: 总则
    articles:
      - {no: "1", title: 目的, text: "为了客户。\\n并且为了公司。"}
      - no: 第二条
        text: 拜访后联系。
        rules:
          - {id: call, kind: duty, when: customer.visited, if: {by.department: 销售部}, who: head of 客服部,
             do: customer.contacted, within: $soon, breach: late}
          - {id: rest, kind: duty, when: customer.visited, who: by, do: customer.filed, within: $open}
          - {id: told, kind: notice, when: customer.visited, to: in 售后部, text: 看}
"""


@pytest.fixture(scope="module")
def small() -> Edition:
    edition, problems = load(TEXT, "small.yaml")
    assert edition is not None, [one.en for one in problems]
    return edition


def test_other_values_leave_every_other_letter_alone():
    new = {
        ("version",): "1.10",
        ("effective",): "2026-12-01",
        setting("soon"): "no: x",
        setting("often"): "quarter",
        setting("open"): True,
        setting("bands"): [Decimal("1.5"), {"a": "b, c"}],
        setting("empty"): 7,
    }
    text = revised(TEXT, new)
    root = plain(parse(text, Problems("")))
    assert root["version"] == "1.10"
    assert [root["settings"][one]["value"] for one in ("soon", "open", "bands", "empty")] == [
        "no: x",
        True,
        [Decimal("1.5"), {"a": "b, c"}],
        7,
    ]
    assert root["settings"]["often"] == "quarter"
    assert root["settings"]["bands"]["why"] == "两档\n"
    assert "# as printed" in text
    assert text.split("forms:")[1] == TEXT.split("forms:")[1]


def test_a_value_in_a_block_of_text_is_replaced():
    text = "settings:\n  a:\n    value: |\n      long\n      text\n    why: x\n"
    assert revised(text, {setting("a"): "short"}) == (
        "settings:\n  a:\n    value: short\n    why: x\n"
    )


def test_there_must_be_a_place_and_a_text():
    with pytest.raises(NoSuchPlace):
        revised(TEXT, {setting("none"): 1})
    with pytest.raises(ValueError, match="flow"):
        revised("a: [1", {("a",): 1})
    assert revised("? [a, b]\n: c\nx: *y\n".replace("*y", "z"), {("x",): 1}).endswith("x: 1\n")


@pytest.mark.parametrize(
    "value",
    [None, True, 3, Decimal("2.50"), "3 workdays", "1", "null", 'a "b"\n', "role:经理", "80%"],
)
def test_what_is_written_is_read_back(value: object):
    assert read_value(written_as(value)) == value


def test_what_is_no_value_is_refused():
    with pytest.raises(ValueError, match=r"\["):
        read_value("[1")


def test_where_settings_are_used():
    found = uses(parse(TEXT, Problems("")))
    assert found["soon"] == [Use("within", "第二条", True)]
    assert uses(None) == {}


def test_whom_a_policy_needs(small: Edition):
    assert departments(small) == {"销售部", "客服部", "售后部"}
    company = Directory.of([Staff("a", "安", roles=("客服",))], [Department("客服部")])
    assert vacant_roles(small, company) == ["经理"]
    assert missing_departments(small, company) == ["售后部", "销售部"]


def test_ten_lines_say_what_it_does(small: Edition):
    lines = [one.text("zh") for one in digest(small)]
    assert lines == [
        "限时事项 1 项：“拜访客户”后，客服部负责人须在 3 个工作日内完成“联系客户”。",
        "限时环节 1 项：“办理”的“受理”由客服负责，3 个工作日内完成。",
        "通知 1 项：“拜访客户”时通知售后部人员。",
        "表单 2 项：登记表、便条。",
        "流程 1 项：办理。",
    ]
    assert digest(small, "en")[1].text("en") == (
        "1 stage with a deadline: “受理” of “办理” is done by the 客服 within 3 workdays."
    )
    for head in heads()[:6]:
        edition = pack(head.code)
        assert edition is not None
        assert 4 <= len(digest(edition)) <= MOST


def test_the_document_is_published_with_rules_and_annexes(small: Edition):
    zh, en = document(small, until=date(2027, 1, 1)), page(small, "en", style="p {}")
    for words in (
        "小&lt;制度&gt;",
        "第1条",
        "<p>并且为了公司。</p>",
        "附件一",
        "办理",
        "未定",
        "2027-01-01",
    ):
        assert words in zh
    assert '<span class="rule"></span>' in zh
    assert "一式 2 份：客户、存档" in zh
    assert "□ 上门" in zh
    assert "填表人" in zh
    assert zh.count("<tr><td></td></tr>") == 4
    for words in ("In force from", "Annex 3", "In 2 copies", "<style>p {}</style>", "not decided"):
        assert words in en


def test_one_form_can_be_printed_alone(small: Edition):
    by = speaker_of(small, "en")
    assert empty_form(small.forms["slip"], by, level=1).startswith('<section class="form"><h1>便条')


@pytest.mark.parametrize(
    ("value", "shape", "zh"),
    [
        (True, "yes", "是"),
        (3, "number", "3"),
        ("3 workdays", "time", "3 个工作日"),
        ("end of month", "time", "本月结束前"),
        ("quarter", "period", "每季度"),
        ("manager of owner", "who", "客户负责人的上级"),
        ("each role:客服", "who", "每位客服"),
        ("event.consultant", "who", "event.consultant"),
        ("2026-03-01", "date", "2026-03-01"),
        (date(2026, 3, 1), "date", "2026-03-01"),
        ("贵宾", "words", "贵宾"),
        (None, "words", "未定"),
        ([1, "month"], "list", "1、每月"),
        ({"a": 1}, "list", "a：1"),
    ],
)
def test_values_of_settings_in_words(value: object, shape: str, zh: str, small: Edition):
    assert shape_of(value) == shape
    assert say_value(value, speaker(small.vocabulary)) == zh


def test_the_shelf_is_looked_through_by_words():
    found = [one.code for one in heads("投诉")]
    assert found[0].endswith("complaints")
    assert heads("qwertzuiop") == []
    assert pack("no-such-pack") is None


def test_a_pack_that_speaks_of_anothers_events_is_read_among_the_others(tmp_path, monkeypatch):
    for code, more in (
        ("one", "events: [{type: talk.held, name: 谈, keys: {a: text}}]\n"),
        ("two", ""),
    ):
        (tmp_path / code).mkdir()
        rule = "{id: x, kind: breach, when: talk.held, who: by, breach: late}"
        (tmp_path / code / "policy.yaml").write_text(
            f"policy: {code}\ntitle: {code}\nversion: 1\neffective: 2026-01-01\n{more}"
            f"articles: [{{no: '1', text: 文, rules: [{rule}]}}]\n",
            "utf-8",
        )
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "policy.yaml").write_text("- 1\n", "utf-8")
    monkeypatch.setattr("xunzhang.law.loader.PACKS", tmp_path)
    assert load_file(tmp_path / "two" / "policy.yaml")[0] is None
    assert pack("two") is not None
    assert [one.code for one in heads()] == ["bad", "one", "two"]
    assert pack_read("bad")[1][0].code == "policy"
    assert tmp_path != PACKS
